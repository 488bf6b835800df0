import { noiseLevels as levelsOf } from '../../compute/noiseLevels.ts';
import { randomSlices } from '../../compute/randomSlices.ts';
import { z } from '../../shared/zod.ts';
import { extension } from '../extension.ts';

const slices = z.object({
  num_chunks_per_segment: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Number of random stretches in each segment; usual 20.')
    .meta({ title: 'Stretches a segment' }),
  chunk_duration: z
    .string()
    .default('500ms')
    .describe('Length of each stretch, like 500ms or 1s; usual 500ms.')
    .meta({ title: 'Length of a stretch' }),
  seed: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Another number draws other stretches; usual: empty.')
    .meta({ title: 'Seed' }),
});

export const noiseLevels = extension({
  name: 'noise_levels',
  label: 'Noise levels',
  help: 'How much each channel fluctuates without spikes. It is the measure for signal to noise.',
  siClass: 'core.analyzer_extension_core.ComputeNoiseLevels',
  traces: 'slices',
  params: z.object({
    method: z
      .enum(['mad', 'std', 'rms'])
      .default('mad')
      .describe('mad: from the median, hardly moved by spikes (usual). std and rms: ordinary spread, spikes included.')
      .meta({ title: 'Measure', advanced: true }),
    random_slices_kwargs: slices
      .prefault({})
      .describe('Which stretches of the recording are measured: usual 20 of 500 ms a segment.')
      .meta({ title: 'Stretches', advanced: true }),
  }),
  dependsOn: () => [],
  async compute({ contents, params, recording, signal }) {
    if (!recording) throw new Error('noise_levels needs the recording');
    const { seed, ...chunks } = params.random_slices_kwargs;
    const where = randomSlices(recording.info, { ...chunks, seed: seed ?? 0 });
    const inUv = contents.returnInUv;
    const levels = await levelsOf(recording, where, { method: params.method, inUv }, signal);
    return { arrays: { noise_levels: { dtype: inUv ? '<f4' : '<f8', shape: [levels.length], data: levels } } };
  },
});
