import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';

const NAME = 'concatenate_recordings';

const params = z.object({
  ignore_times: z
    .boolean()
    .default(true)
    .describe(
      'Yes: times are counted from 0 over all pieces, the pauses between them are forgotten. No: refuse segments that have a starting time of their own.',
    )
    .meta({ title: 'Forget the pauses', advanced: true }),
});

/** As SpikeInterface's concatenate_recordings, of the segments of one recording. */
export const concatenateRecordings: Step<typeof params, readonly number[]> = {
  name: NAME,
  label: 'Join segments',
  help: 'Joins all segments to one, end to end, so that a sorter finds the same units throughout. Filter before it: a filter after it would ring at the seams. Spike times are then counted from the beginning of the first segment.',
  params,
  info(parent, { ignore_times }) {
    const own = parent.tStart.find((start) => start !== 0);
    if (!ignore_times && own !== undefined)
      throw new UserError(`step "${NAME}": a segment begins at ${own} s, joined segments cannot keep that`, {
        hint: 'Set ignore_times to true.',
      });
    return { ...parent, numFrames: [parent.numFrames.reduce((sum, frames) => sum + frames, 0)], tStart: [0] };
  },
  margin: () => 0,
  prepare: ({ numFrames }) => numFrames,
  apply: (data) => data,
  async read(parent, numFrames, _segment, startFrame, endFrame) {
    const pieces: Float32Array[] = [];
    let before = 0;
    for (const [segment, frames] of numFrames.entries()) {
      const from = Math.max(0, startFrame - before);
      const to = Math.min(frames, endFrame - before);
      if (from < to) pieces.push(await parent.read(segment, from, to));
      before += frames;
    }
    const [only] = pieces;
    if (only && pieces.length === 1) return only;
    const out = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      out.set(piece, at);
      at += piece.length;
    }
    return out;
  },
};
