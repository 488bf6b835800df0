import { z } from '../../shared/zod.ts';
import { addCorrelograms, correlogramBins } from '../correlate.ts';
import { extension } from '../extension.ts';

export const correlograms = extension({
  name: 'correlograms',
  label: 'Correlograms',
  help: 'How often two units fire at each delay from one another; of a unit with itself, a gap at zero shows the refractory period of one clean neuron.',
  siClass: 'postprocessing.correlograms.ComputeCorrelograms',
  traces: 'none',
  params: z.object({
    window_ms: z
      .number()
      .positive()
      .default(50)
      .describe('Whole width, half on each side of zero; usual 50. A wider one shows rhythms, a narrower one the gap.')
      .meta({ unit: 'ms', title: 'Window' }),
    bin_ms: z
      .number()
      .positive()
      .default(1)
      .describe('Width of a bar; usual 1. Narrower bars need more spikes.')
      .meta({ unit: 'ms', title: 'Bin' }),
    method: z
      .enum(['auto', 'numpy', 'numba'])
      .default('auto')
      .describe('Kept for SpikeInterface; the counts are exact either way.')
      .meta({ advanced: true }),
    fast_mode: z
      .enum(['auto', 'on', 'off'])
      .default('auto')
      .describe('Kept for SpikeInterface; the counts are exact either way.')
      .meta({ advanced: true }),
  }),
  dependsOn: () => [],
  // 0.101 does not know fast_mode and hands on what it reads.
  settle: ({ fast_mode, ...others }) => (fast_mode === 'auto' ? others : { ...others, fast_mode }),
  async compute({ contents, params, breathe }) {
    const units = contents.sorting.unitIds.length;
    const bins = correlogramBins(contents.info.samplingFrequency, params.window_ms, params.bin_ms);
    const counts = new Int32Array(units * units * bins.bins);
    for (const spikes of contents.sorting.segments)
      for (let from = 0; from < spikes.sampleIndex.length; from += SPIKES_A_BREATH) {
        addCorrelograms(counts, spikes, units, bins, from, from + SPIKES_A_BREATH);
        await breathe();
      }
    return {
      arrays: {
        ccgs: { dtype: '<i8', shape: [units, units, bins.bins], data: counts },
        bins: { dtype: '<f8', shape: [bins.bins + 1], data: bins.edgesMs },
      },
    };
  },
});

/** A few milliseconds of counting. */
const SPIKES_A_BREATH = 20_000;
