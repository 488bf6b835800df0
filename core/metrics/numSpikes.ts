import { z } from '../shared/zod.ts';
import { countSpikes, metric } from './metric.ts';

export const numSpikes = metric({
  name: 'num_spikes',
  label: 'Number of spikes',
  help: 'How often the unit fired in the whole recording. With fewer than about 100 spikes the other numbers mean little.',
  params: z.object({}),
  columns: [
    {
      name: 'num_spikes',
      label: 'Spikes',
      unit: '',
      help: 'Number of spikes in the whole recording. Under about 100, other metrics are uncertain.',
      whole: true,
    },
  ],
  dependsOn: [],
  compute: (unit) => ({ num_spikes: countSpikes(unit) }),
});
