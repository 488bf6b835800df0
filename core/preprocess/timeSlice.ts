import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { oneSegment, readSlice, sliced } from './slicedFrames.ts';

const NAME = 'time_slice';

const params = z.object({
  start_time: z
    .number()
    .nullable()
    .default(null)
    .describe("Beginning of what is kept, on the recording's own clock. Empty: from the beginning.")
    .meta({ title: 'From', unit: 's' }),
  end_time: z
    .number()
    .nullable()
    .default(null)
    .describe('End of what is kept. Empty: to the end.')
    .meta({ title: 'To', unit: 's' }),
});

function range(parent: RecordingInfo, { start_time, end_time }: z.output<typeof params>): readonly [number, number] {
  const frames = oneSegment(NAME, parent);
  const first = parent.tStart[0] ?? 0;
  const last = first + frames / parent.samplingFrequency;
  const frame = (name: string, time: number) => {
    if (time < first || time > last)
      throw new UserError(`step "${NAME}", ${name}: ${time} s is outside the recording (${first} to ${last} s)`, {
        hint: 'Leave it empty for the beginning or the end.',
      });
    return Math.round((time - first) * parent.samplingFrequency);
  };
  const start = start_time === null ? 0 : frame('start_time', start_time);
  const end = end_time === null ? frames : Math.min(frames, frame('end_time', end_time));
  if (start >= end)
    throw new UserError(`step "${NAME}": start_time ${start_time} s is not before the end: no frame would be left`);
  return [start, end];
}

/** As SpikeInterface's time_slice. */
export const timeSlice: Step<typeof params, readonly [number, number]> = {
  name: NAME,
  label: 'Cut by time',
  help: 'Keeps one stretch of the recording, told in seconds, and leaves out the rest: to try a chain on a minute, or without what happened after the experiment. Times go on as in the whole recording.',
  params,
  info: (parent, params) => sliced(parent, range(parent, params)),
  margin: () => 0,
  prepare: range,
  apply: (data) => data,
  read: readSlice,
};
