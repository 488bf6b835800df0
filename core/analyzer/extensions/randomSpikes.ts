import { z } from '../../shared/zod.ts';
import { extension } from '../extension.ts';
import { drawSpikes } from '../randomSpikes.ts';

export const randomSpikes = extension({
  name: 'random_spikes',
  label: 'Random spikes',
  help: 'Draws some spikes of each unit. Waveforms and templates are taken from these only: enough for a good mean, and far faster than all.',
  siClass: 'core.analyzer_extension_core.ComputeRandomSpikes',
  traces: 'none',
  params: z.object({
    method: z
      .enum(['uniform', 'all'])
      .default('uniform')
      .describe(
        'uniform: drawn at random over the whole recording (usual). all: every spike, slow and large for long recordings.',
      )
      .meta({ title: 'Which spikes' }),
    max_spikes_per_unit: z
      .number()
      .int()
      .min(1)
      .default(500)
      .describe('At most this many of each unit; usual 500. More make smoother templates and larger files.')
      .meta({ title: 'Spikes a unit' }),
    margin_size: z
      .number()
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe(
        'Spikes nearer than this many frames to the start or end of a segment are not drawn; usual: empty, all may be.',
      )
      .meta({ unit: 'frames', title: 'Distance from the borders', advanced: true }),
    seed: z
      .number()
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe('Another number draws other spikes; the same number always draws the same. Usual: empty.')
      .meta({ title: 'Seed', advanced: true }),
  }),
  dependsOn: () => [],
  async compute({ contents, params }) {
    const { sorting, info } = contents;
    const all = params.method === 'all';
    const indices = drawSpikes(
      sorting,
      info.numFrames,
      all ? Number.POSITIVE_INFINITY : params.max_spikes_per_unit,
      all ? Number.NEGATIVE_INFINITY : (params.margin_size ?? Number.NEGATIVE_INFINITY),
      params.seed ?? 0,
    );
    return { arrays: { random_spikes_indices: { dtype: '<i8', shape: [indices.length], data: indices } } };
  },
});
