import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

const NAME = 'select_segments';

const params = z.object({
  segment_indices: z
    .union([z.int().min(0), z.array(z.int().min(0)).min(1)])
    .nullable()
    .default(null)
    .describe('Segments that are kept, counted from 0, in this order: one number or a list. Empty: all.')
    .meta({ title: 'Segments' }),
});

function chosen({ numFrames }: RecordingInfo, { segment_indices: given }: z.output<typeof params>): readonly number[] {
  const indices = given === null ? [...numFrames.keys()] : typeof given === 'number' ? [given] : given;
  const missing = indices.find((index) => index >= numFrames.length);
  if (missing !== undefined)
    throw new UserError(`step "${NAME}", segment_indices: there is no segment ${missing}`, {
      hint: `The recording has ${numFrames.length}: 0 to ${numFrames.length - 1}.`,
    });
  return indices;
}

/** As SpikeInterface's select_segments. */
export const selectSegments: Step<typeof params, readonly number[]> = {
  name: NAME,
  label: 'Select segments',
  help: 'Keeps the segments you name (the stretches between which the recording was stopped), in that order, and leaves out the others.',
  params,
  info(parent, params) {
    const indices = chosen(parent, params);
    const pick = (values: readonly number[]) => indices.map((index) => values[index]!);
    return { ...parent, numFrames: pick(parent.numFrames), tStart: pick(parent.tStart) };
  },
  margin: () => 0,
  prepare: chosen,
  apply: (data) => data,
  read: (parent, indices, segment, startFrame, endFrame) => parent.read(indices[segment]!, startFrame, endFrame),
};
