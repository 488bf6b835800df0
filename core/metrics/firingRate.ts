import { z } from '../shared/zod.ts';
import { countSpikes, durationSeconds, metric } from './metric.ts';

export const firingRate = metric({
  name: 'firing_rate',
  label: 'Firing rate',
  help: 'Spikes a second over the whole recording. Most neurons fire between 0.1 and 50 Hz; a much higher rate is often several neurons, or noise.',
  params: z.object({}),
  columns: [
    {
      name: 'firing_rate',
      label: 'Rate',
      unit: 'Hz',
      help: 'Spikes a second over the whole recording. Usual: 0.1 to 50 Hz.',
    },
  ],
  dependsOn: [],
  compute: (unit) => ({ firing_rate: countSpikes(unit) / durationSeconds(unit) }),
});
