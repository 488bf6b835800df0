import { z } from '../shared/zod.ts';
import { metric } from './metric.ts';

export const amplitudeMedian = metric({
  name: 'amplitude_median',
  label: 'Median amplitude',
  help: 'The usual size of the spikes on the main channel; half are larger. Small units are easily confused with noise and neighbours.',
  params: z.object({}),
  columns: [
    {
      name: 'amplitude_median',
      label: 'Amplitude',
      unit: 'µV',
      help: 'Median of the spikes’ amplitudes on the main channel; negative for a trough. Usual: 30 to 300 µV in size.',
    },
  ],
  dependsOn: ['spike_amplitudes'],
  compute: ({ amplitudes }) => ({ amplitude_median: amplitudes ? median(amplitudes) : Number.NaN }),
});

/** The mean of the middle two for an even count, in float32 as numpy's median of such an array. */
function median(values: Float32Array): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : Math.fround(Math.fround(sorted[half - 1]! + sorted[half]!) / 2);
}
