import { wholeNumbers, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { dtypeParam, outputType } from './outputType.ts';
import { antiAliasing, type Polyphase, readPolyphase, resampledFrames } from './polyphase.ts';

const params = z.object({
  decimation_factor: z
    .int()
    .min(1)
    .describe('Every how many-th sample is kept. 12 makes 2500 Hz of 30000 Hz.')
    .meta({ title: 'Keep every' }),
  decimation_offset: z
    .int()
    .min(0)
    .default(0)
    .describe('The first sample that is kept. Usually 0.')
    .meta({ title: 'First', unit: 'frames', advanced: true }),
  antialias: z
    .boolean()
    .nullable()
    .default(null)
    .describe(
      'Remove the fast waves that the new rate cannot hold first; without it they come back as slow ones. Empty: no.',
    )
    .meta({ title: 'Low-pass first' }),
  margin_ms: z
    .number()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'Recording read on both sides of each piece. Empty: what the filter needs; more does not change the result.',
    )
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
  dtype: dtypeParam,
});

interface Prepared extends Polyphase {
  readonly antialias: boolean;
}

function check(parent: RecordingInfo, { decimation_factor, decimation_offset }: z.output<typeof params>): void {
  const shortest = Math.min(...parent.numFrames);
  if (decimation_offset >= decimation_factor)
    throw new UserError(
      `step "decimate": decimation_offset ${decimation_offset} is not below decimation_factor ${decimation_factor}`,
      { hint: 'Cut the beginning off with frame_slice instead.' },
    );
  if (decimation_offset >= shortest)
    throw new UserError(
      `step "decimate": decimation_offset ${decimation_offset} is beyond the shortest segment (${shortest} frames)`,
      { hint: 'Usually 0.' },
    );
}

/** As SpikeInterface's decimate; at the end of a segment an offset reads no further than there are frames. */
export const decimate: Step<typeof params, Prepared> = {
  name: 'decimate',
  label: 'Decimate',
  help: 'Keeps every nth sample. Of a recording that a low-pass filter has passed this makes a smaller one with the same waves; of any other it makes false slow waves, unless the low-pass here is switched on.',
  params,
  info(parent, params) {
    check(parent, params);
    const { decimation_factor: down, decimation_offset: offset } = params;
    return {
      ...parent,
      samplingFrequency: parent.samplingFrequency / down,
      numFrames: parent.numFrames.map((frames) => resampledFrames(frames - offset, 1, down)),
      tStart: parent.tStart.map((start) => start + offset / parent.samplingFrequency),
      dtype: outputType('decimate', parent, params.dtype),
    };
  },
  margin: () => 0,
  prepare: (parent, params) => ({
    step: 'decimate',
    up: 1,
    down: params.decimation_factor,
    offset: params.decimation_offset,
    ...antiAliasing(1, params.decimation_factor),
    channels: parent.channelIds.length,
    whole: wholeRange(params.dtype ?? parent.dtype),
    antialias: params.antialias ?? false,
  }),
  apply: (data) => data,

  async read(parent, prepared, segment, startFrame, endFrame) {
    if (prepared.antialias) return readPolyphase(parent, prepared, segment, startFrame, endFrame);
    const { down, offset, channels, whole } = prepared;
    const count = Math.max(0, endFrame - startFrame);
    const first = offset + startFrame * down;
    const data = await parent.read(segment, first, count === 0 ? first : first + (count - 1) * down + 1);
    const out = new Float32Array(count * channels);
    for (let f = 0; f < count; f++)
      out.set(data.subarray(f * down * channels, (f * down + 1) * channels), f * channels);
    if (!whole) return out;
    // SpikeInterface cuts fractions off here, where everything else is rounded.
    const cut = out.map(Math.trunc);
    wholeNumbers(cut, whole);
    return cut;
  },
};
