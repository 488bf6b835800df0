import { z } from '../shared/zod.ts';
import { countSpikes, durationSeconds, metric } from './metric.ts';

export const isiViolation = metric({
  name: 'isi_violation',
  label: 'Refractory violations',
  help: 'A neuron cannot fire twice within about 1.5 ms. Spikes that follow so soon come from another neuron or from noise: the unit is contaminated.',
  params: z.object({
    isi_threshold_ms: z
      .number()
      .positive()
      .default(1.5)
      .describe('Two spikes nearer than this cannot be of one neuron; usual 1.5. A longer period counts more as wrong.')
      .meta({ unit: 'ms', title: 'Refractory period' }),
    min_isi_ms: z
      .number()
      .min(0)
      .default(0)
      .describe(
        'Spikes nearer than this were never kept by the sorter, so none can be counted; usual 0. It only changes the ratio.',
      )
      .meta({ unit: 'ms', title: 'Dead time of the sorter', advanced: true }),
  }),
  columns: [
    {
      name: 'isi_violations_ratio',
      label: 'ISI violations',
      unit: '',
      help: 'Estimated share of foreign spikes, from those too near to the one before. Under 0.1 is good, above 0.5 bad.',
    },
    {
      name: 'isi_violations_count',
      label: 'ISI violations (count)',
      unit: '',
      help: 'Number of spikes that follow another within the refractory period. 0 is good; -1: the unit has no spikes.',
      whole: true,
    },
  ],
  dependsOn: [],
  // Hill et al. 2011, as SpikeInterface's compute_isi_violations: the window is isi_threshold less the censored
  // min_isi. Intervals are of times in seconds, so that the last bit of the division decides as it does there.
  compute(unit, params) {
    const spikes = countSpikes(unit);
    if (spikes === 0) return { isi_violations_ratio: Number.NaN, isi_violations_count: -1 };
    const rate = unit.samplingFrequency;
    const threshold = params.isi_threshold_ms / 1000;
    let violations = 0;
    for (const train of unit.trains)
      for (let i = 1; i < train.length; i++) if (train[i]! / rate - train[i - 1]! / rate < threshold) violations++;
    const violationTime = 2 * spikes * (threshold - params.min_isi_ms / 1000);
    const totalRate = spikes / durationSeconds(unit);
    return { isi_violations_ratio: violations / violationTime / totalRate, isi_violations_count: violations };
  },
});
