import { z } from '../../core/shared/zod.ts';
import type { ViewState } from './view.ts';

const domain = z.tuple([z.number(), z.number(), z.number(), z.number()]);

export const probeParams = z.object({
  activity: z
    .enum(['none', 'rms', 'rate'])
    .default('none')
    .meta({ title: 'Activity' })
    .describe(
      'What the shade of the contacts tells: nothing, how loud each channel is, or how many spikes its units have.',
    ),
  /** −1: the last there is. */
  node: z
    .number()
    .int()
    .min(-1)
    .default(-1)
    .meta({ title: 'Data', moment: true })
    .describe('After which step the channels are looked at.'),
  solid: z.boolean().default(false).meta({ title: '3D' }).describe('Seen from the side; drag turns it.'),
  units: z
    .boolean()
    .default(true)
    .meta({ title: 'All units' })
    .describe('Where all units are located; else only the selected ones.'),
  sparsity: z
    .boolean()
    .default(true)
    .meta({ title: 'Sparsity' })
    .describe('Frames the channels that the first selected unit is kept on.'),
  trueGaps: z
    .boolean()
    .default(false)
    .meta({ title: 'True gaps between shanks' })
    .describe('Shanks as far apart as they are; else wide gaps are closed, so that contacts are large enough to see.'),
  channelNames: z.boolean().default(true).meta({ title: 'Channel names' }).describe('Where there is room.'),
  /** µm seen; left out: the whole probe. */
  zoom: domain.optional().meta({ moment: true }),
  /** The same in 3D, of the plane one looks at. */
  solidZoom: domain.optional().meta({ moment: true }),
  /** Degrees around the upright axis, and from above. */
  turn: z.tuple([z.number(), z.number()]).default([35, 20]).meta({ moment: true }),
});
export type ProbeOptions = z.output<typeof probeParams>;

/** The node whose activity is shown. */
export function probeNode({ session }: ViewState, { node }: ProbeOptions): number {
  const last = Math.max(0, session.nodes.length - 1);
  return node < 0 || node > last ? last : node;
}

/** "bandpass filter", as the rest of the window says it. */
export function nodeLabel(name: string | undefined): string {
  return (name ?? 'raw').replaceAll('_', ' ');
}
