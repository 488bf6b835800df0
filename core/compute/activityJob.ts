import type { ChannelActivity } from '../shared/api.ts';
import { abortError } from '../shared/errors.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { withOpened } from './opened.ts';
import { randomSlices } from './randomSlices.ts';
import { sdScale } from './sdScale.ts';

/** Half a second of the recording in all: enough to tell a dead or noisy channel, quick enough to wait for. */
const STRETCHES = 10;
const STRETCH_S = 0.05;

/** How loud each channel is: the standard deviation over stretches that are the same each time. */
async function* channelActivity(
  { spec }: { readonly spec: RecordingSpec },
  signal: AbortSignal,
): AsyncGenerator<never, Omit<ChannelActivity, 'node' | 'rate'>> {
  return withOpened(spec, async (recording) => {
    const { info } = recording;
    const channels = info.channelIds.length;
    const segments = info.numFrames.filter((frames) => frames > 0).length;
    const slices = randomSlices(info, {
      num_chunks_per_segment: Math.ceil(STRETCHES / Math.max(1, segments)),
      chunk_duration: STRETCH_S,
    });
    const rms = new Float64Array(channels).fill(slices.length > 0 ? 0 : Number.NaN);
    for (const [segment, startFrame, endFrame] of slices) {
      if (signal.aborted) throw abortError();
      const levels = deviations(await recording.read(segment, startFrame, endFrame), channels);
      for (let c = 0; c < channels; c++) rms[c]! += levels[c]! / slices.length;
    }
    const sd = sdScale(info);
    const { gainToUv } = info;
    return {
      unit: sd !== undefined ? 'SD' : gainToUv ? 'µV' : 'raw',
      rms: rms.map((level, c) => level * (sd !== undefined ? 1 / sd : Math.abs(gainToUv?.[c] ?? 1))),
      source: `standard deviation, mean of ${slices.length} random stretches of ${STRETCH_S} s`,
    };
  });
}

/** Standard deviation of each channel in a block [frames][channels], gone through row by row as it lies in memory. */
function deviations(data: Float32Array, channels: number): Float64Array {
  const frames = data.length / channels;
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let f = 0; f < frames; f++)
    for (let c = 0; c < channels; c++) {
      const value = data[f * channels + c]! - data[c]!; // from the first: a large offset takes no digits
      sum[c]! += value;
      squares[c]! += value * value;
    }
  return sum.map((total, c) => Math.sqrt(Math.max(0, squares[c]! / frames - (total / frames) ** 2)));
}

export const activityJobs = { channelActivity };
