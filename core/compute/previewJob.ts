import type { ChannelOrder, TraceTile } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import type { ChainLook } from '../shared/preview.ts';
import { channelLayout } from '../shared/probe.ts';
import type { ChannelId, RecordingInfo, RecordingSpec } from '../shared/recording.ts';
import { columnFrames, TILE_COLUMNS } from '../shared/tileGrid.ts';
import { breathe } from './breathe.ts';
import { kernels } from './kernels.ts';
import { loudness } from './loudness.ts';
import { withOpened } from './opened.ts';
import { type Columns, tileRows, tilesOf } from './tiles.ts';
import { welch, welchPlan } from './welch.ts';

/** A stretch of a chain that may exist only while a parameter is dragged. */
export interface PreviewJobArgs {
  /** Fitted. */
  readonly spec: RecordingSpec;
  readonly segment: number;
  /** From the segment's start, s. */
  readonly startS: number;
  readonly endS: number;
  readonly order: ChannelOrder;
  readonly channelId?: ChannelId;
}

/** About as many columns as a picture has pixels. */
const COLUMNS = 1024;
/** Of a channel's own noise: below it a spike is likely. */
const TIMES = 5;
/** Of more channels so many, evenly chosen, make the mean spectrum. */
const MOST_CHANNELS = 32;
const LONGEST_WINDOW = 4096;

/** What the stretch looks like: tiles counted from its first frame, and figures of each channel. */
async function* lookAtChain(args: PreviewJobArgs, signal: AbortSignal): AsyncGenerator<TraceTile, ChainLook> {
  const { spec, segment, startS, endS, order } = args;
  await breathe(signal);
  const { info, data, startFrame } = await withOpened(spec, async (recording) => {
    const { numFrames, samplingFrequency } = recording.info;
    const frames = numFrames[segment];
    if (frames === undefined) throw new UserError(`after this step there is no segment ${segment}`);
    const startFrame = Math.min(frames, Math.max(0, Math.round(startS * samplingFrequency)));
    const endFrame = Math.min(frames, Math.max(startFrame, Math.round(endS * samplingFrequency)));
    return { info: recording.info, startFrame, data: await recording.read(segment, startFrame, endFrame) };
  });
  await breathe(signal);
  const channels = info.channelIds.length;
  const frames = data.length / Math.max(1, channels);
  const framesAColumn = columnFrames(frames / COLUMNS);
  const rows = tileRows(info, order);
  const columns = columnsOf(data, channels, framesAColumn);
  for (let tile = 0; tile * TILE_COLUMNS < columns.columns; tile++)
    yield* tilesOf(rows, partOf(columns, channels, tile), { tile });
  const { gain, unit } = byChannel(info, rows);
  const { deviation, crossings } = loudness(
    data,
    channels,
    TIMES,
    Array.from(gain, (g) => g < 0),
  );
  await breathe(signal);
  const layout = info.probe && channelLayout(info.probe, channels);
  return {
    unit,
    framesAColumn,
    samplingFrequency: info.samplingFrequency,
    startFrame,
    endFrame: startFrame + frames,
    channelIds: info.channelIds,
    ...(layout && { layout }),
    rms: deviation.map((level, c) => level * Math.abs(gain[c]!)),
    crossings,
    crossingsAt: TIMES,
    ...spectrum(info, data, gain, args.channelId),
  };
}

function columnsOf(data: Float32Array, channels: number, framesAColumn: number): Columns {
  const frames = data.length / Math.max(1, channels);
  if (framesAColumn === 1) return { columns: frames, low: data, high: data };
  const columns = Math.ceil(frames / framesAColumn);
  const edges = Int32Array.from({ length: columns + 1 }, (_, i) => Math.min(frames, i * framesAColumn));
  const [low, high] = [new Float32Array(columns * channels), new Float32Array(columns * channels)];
  low.fill(Number.POSITIVE_INFINITY);
  high.fill(Number.NEGATIVE_INFINITY);
  kernels().minMax(data, channels, edges, low, high);
  return { columns, low, high };
}

function partOf({ columns, low, high }: Columns, channels: number, tile: number): Columns {
  const first = tile * TILE_COLUMNS;
  const count = Math.min(TILE_COLUMNS, columns - first);
  const part = [first * channels, (first + count) * channels] as const;
  return { columns: count, low: low.subarray(...part), high: high.subarray(...part) };
}

/** As tileRows, but by channel. */
function byChannel(info: RecordingInfo, { channels, gain, unit }: ReturnType<typeof tileRows>) {
  const out = new Float64Array(info.channelIds.length);
  channels.forEach((channel, row) => {
    out[channel] = gain[row]!;
  });
  return { gain: out, unit };
}

function spectrum(info: RecordingInfo, data: Float32Array, gain: Float64Array, channelId: ChannelId | undefined) {
  const { samplingFrequency, channelIds } = info;
  const channels = channelIds.length;
  const frames = data.length / Math.max(1, channels);
  const length = Math.min(LONGEST_WINDOW, 2 ** Math.floor(Math.log2(Math.max(1, frames / 3))));
  if (length < 16 || channels === 0) return {};
  const plan = welchPlan(length);
  const of = { data, channels, frames, samplingFrequency, gain };
  const columns = chosen(channels);
  const own = channelId === undefined ? -1 : channelIds.indexOf(channelId);
  return {
    spectrum: {
      binHz: samplingFrequency / length,
      density: welch(of, columns, plan),
      channels: columns.length,
      ...(own >= 0 && { own: welch(of, [own], plan) }),
    },
  };
}

/** Pairs of neighbours, evenly spread: neighbours lie side by side in memory. */
function chosen(channels: number): number[] {
  if (channels <= MOST_CHANNELS) return Array.from({ length: channels }, (_, i) => i);
  const pairs = MOST_CHANNELS / 2;
  return Array.from({ length: pairs }, (_, i) => Math.floor((i * (channels - 1)) / pairs)).flatMap((c) => [c, c + 1]);
}

export const previewJobs = { lookAtChain };
