import { z } from '../shared/zod.ts';
import { metric } from './metric.ts';

export const snr = metric({
  name: 'snr',
  label: 'Signal to noise',
  help: 'How far the mean spike stands out of the noise on the main channel. The larger, the fewer spikes were missed or taken from neighbours.',
  params: z.object({
    method: z
      .enum(['extremum', 'at_index', 'peak_to_peak'])
      .default('extremum')
      .describe(
        'What counts as the size of the mean spike: its largest value (usual), its value at the time of the spike, or from trough to peak.',
      )
      .meta({ title: 'Size of the spike', advanced: true }),
  }),
  columns: [
    {
      name: 'snr',
      label: 'SNR',
      unit: '',
      help: 'Size of the mean spike on its main channel over the noise there. Above 5 is good, under 3 hard to tell from noise.',
    },
  ],
  dependsOn: ['noise_levels', 'templates'],
  compute({ template, noiseLevel, nbefore = 0, peakSign = 'both' }, { method }) {
    if (!template || noiseLevel === undefined) return { snr: Number.NaN };
    return { snr: Math.abs(amplitude(template, method, nbefore, peakSign)) / noiseLevel };
  },
});

function amplitude(
  template: Float32Array,
  method: 'extremum' | 'at_index' | 'peak_to_peak',
  nbefore: number,
  sign: 'both' | 'neg' | 'pos',
): number {
  if (method === 'at_index') return template[nbefore] ?? Number.NaN;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of template) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (method === 'peak_to_peak') return max - min;
  if (sign === 'neg') return min;
  return sign === 'pos' ? max : Math.max(max, -min);
}
