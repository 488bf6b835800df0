import { createHash } from 'node:crypto';
import { channelLayout } from '../../core/shared/probe.ts';
import type { Property, Recording, RecordingInfo } from '../../core/shared/recording.ts';
import type { ExpectedRecording, ExpectedSegment } from './formatsExpected.ts';
import { differing, far, type Part, perChannel } from './parts.ts';

/** Every field expected.json has of a recording. */
export async function* checkRecording(recording: Recording, golden: ExpectedRecording): AsyncGenerator<Part> {
  const { info } = recording;
  const channels = golden.channel_ids.length;
  const property = (key: string): Property => info.properties[key] ?? [];
  yield { part: 'n_frames', error: differing(info.numFrames, golden.n_frames) };
  yield { part: 'sampling_frequency', error: differing([info.samplingFrequency], [golden.sampling_frequency]) };
  yield { part: 'dtype', error: differing([info.dtype], [golden.dtype]) };
  yield { part: 'channel_ids', error: differing(info.channelIds, golden.channel_ids) };
  yield { part: 'gain_to_uV', error: far(info.gainToUv ?? [], perChannel(golden.gain_to_uV, channels), 1e-12) };
  yield { part: 'offset_to_uV', error: differing(info.offsetToUv ?? [], perChannel(golden.offset_to_uV, channels)) };
  for (const key of ['channel_name', 'inter_sample_shift', 'group'] as const) {
    const value = golden[key];
    if (value === undefined) continue;
    const values: readonly (string | number)[] = Array.isArray(value)
      ? value
      : new Array<string | number>(channels).fill(value);
    yield { part: key, error: differing(property(key), values) };
  }
  if (golden.locations_um) {
    const layout = info.probe && channelLayout(info.probe, channels);
    const ours = Array.from({ length: channels }, (_, c) => [layout?.x[c], layout?.y[c]]).flat();
    yield { part: 'locations_um', error: differing(ours, golden.locations_um.flat()) };
  }
  for (const [s, part] of golden.segments.entries()) yield* checkSegment(recording, s, part, info);
  recording.close();
}

async function* checkSegment(
  recording: Recording,
  s: number,
  golden: ExpectedSegment,
  info: RecordingInfo,
): AsyncGenerator<Part> {
  const channels = info.channelIds.length;
  const frames = info.numFrames[s] ?? 0;
  const rows = async (start: number, count: number, of: number) => {
    const block = await recording.read(s, start, start + count);
    return Array.from({ length: count }, (_, f) => Array.from(block.subarray(f * channels, f * channels + of))).flat();
  };
  const width = golden.head[0]?.length ?? 0;
  yield { part: `start_time_s ${s}`, error: far([info.tStart[s] ?? Number.NaN], [golden.start_time_s], 1e-12) };
  yield { part: `head ${s}`, error: differing(await rows(0, golden.head.length, width), golden.head.flat()) };
  yield { part: `middle ${s}`, error: differing(await rows(golden.middle_frame, 1, width), golden.middle.flat()) };
  yield { part: `last ${s}`, error: differing(await rows(frames - 1, 1, width), golden.last.flat()) };
  const hash = createHash('sha256');
  const sums = new Float64Array(channels);
  const step = 4096;
  for (let start = 0; start < frames; start += step) {
    const block = await recording.read(s, start, Math.min(frames, start + step));
    for (let i = 0; i < block.length; i++) sums[i % channels]! += block[i]!;
    hash.update(new Uint8Array(Int16Array.from(block).buffer));
  }
  yield { part: `sha256 ${s}`, error: hash.digest('hex') === golden.sha256 ? 0 : 1 };
  yield { part: `sum_per_channel ${s}`, error: differing(Array.from(sums), golden.sum_per_channel) };
  if (!golden.head_uV) return;
  const raw = await rows(0, golden.head_uV.length, width);
  const uv = raw.map(
    (value, i) => value * (info.gainToUv?.[i % width] ?? Number.NaN) + (info.offsetToUv?.[i % width] ?? 0),
  );
  yield { part: `head_uV ${s}`, error: far(uv, golden.head_uV.flat(), 1e-5) };
}
