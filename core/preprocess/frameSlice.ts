import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { oneSegment, readSlice, sliced } from './slicedFrames.ts';

const NAME = 'frame_slice';

const params = z.object({
  start_frame: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('First frame that is kept. Empty: from the beginning.')
    .meta({ title: 'From', unit: 'frames' }),
  end_frame: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('First frame that is not kept any more. Empty: to the end.')
    .meta({ title: 'To', unit: 'frames' }),
});

function range(parent: RecordingInfo, { start_frame, end_frame }: z.output<typeof params>): readonly [number, number] {
  const frames = oneSegment(NAME, parent);
  const [start, end] = [start_frame ?? 0, end_frame ?? frames];
  if (end > frames)
    throw new UserError(`step "${NAME}", end_frame: ${end} is beyond the recording's end (${frames} frames)`, {
      hint: 'Leave it empty for the end.',
    });
  if (start >= end)
    throw new UserError(`step "${NAME}": start_frame ${start} is not before end_frame ${end}: no frame would be left`);
  return [start, end];
}

/** As SpikeInterface's frame_slice. */
export const frameSlice: Step<typeof params, readonly [number, number]> = {
  name: NAME,
  label: 'Cut by frames',
  help: 'Keeps one stretch of the recording, told in frames, and leaves out the rest: to try a chain on a minute, or without what happened after the experiment. Times go on as in the whole recording.',
  params,
  info: (parent, params) => sliced(parent, range(parent, params)),
  margin: () => 0,
  prepare: range,
  apply: (data) => data,
  read: readSlice,
};
