import type { SpikesInWindow, TracesArgs, TraceTile } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { framesOfTile } from '../../core/shared/tileGrid.ts';
import type { Color, Mark } from '../gl/mark.ts';
import { memo } from './memo.ts';
import { memoBoth } from './memoBoth.ts';
import { memoLast } from './memoLast.ts';
import { bytes, mix, type Palette, unitColor } from './palette.ts';
import type { Pieces, TileGround } from './traceMarks.ts';
import { channelsOfRows } from './traceTiles.ts';
import type { Seen, TraceOptions } from './traceWindow.ts';
import { type AnswerOf, answer, type Data, type ViewState } from './view.ts';

/** What is coloured of a trace around a spike, s. */
const BEFORE_S = 0.0007;
const AFTER_S = 0.0013;
/** … and at least so wide, CSS pixels, or it could not be seen zoomed out. */
const LEAST_PX = 3;
/** Share of the time that units cover together: of more, colours would hide the traces. */
const CROWDED = 0.5;

/** The spikes in the window and the channels of their units, as they are drawn. */
export interface ShownSpikes {
  readonly spikes: AnswerOf<'spikes'>;
  /** Stretches around each unit's spikes that are coloured, put together where they touch: [from, to] frames. */
  readonly stretches: readonly Float64Array[];
  /** Spikes are so many in so wide a window that none is drawn. */
  readonly crowded: boolean;
  /** Undefined: not drawn (it is not selected any more, or all is crowded). */
  readonly colors: readonly (Color | undefined)[];
  /** Channels of each unit. */
  readonly channels: readonly ReadonlySet<number>[];
  /** Of what is drawn: another array or word means other pieces. */
  readonly key: string;
}

export function shownSpikes(
  state: ViewState,
  data: Data,
  options: TraceOptions,
  { segment, rate, spanS }: Seen,
  pixels: number,
): ShownSpikes | undefined {
  if (options.spikes === 'none') return undefined;
  const spikes = answer(data, 'spikes', 'spikes');
  const places = answer(data, 'places', 'places');
  if (!spikes || !places || spikes.args.segment !== segment) return undefined;
  const least = Math.round(((LEAST_PX / 2) * spanS * rate) / Math.max(1, pixels));
  const before = Math.max(Math.round(BEFORE_S * rate), least);
  const after = Math.max(Math.round(AFTER_S * rate), least);
  const { unitIds, startFrame, endFrame } = spikes.args;
  const stretches = memoLast(spikes.result, 'stretches', `${before} ${after}`, () =>
    coloured(spikes.result, unitIds.length, before, after),
  );
  const channels = memo(places.result, `channels ${unitIds.join(' ')}`, () => {
    const known = new Map(places.result.map((place) => [place.unitId, place.channels]));
    return unitIds.map((unitId) => new Set(known.get(unitId)));
  });
  const orders = unitIds.map((unitId) => state.unitIds.indexOf(unitId));
  const others = options.spikes === 'all' ? memo(state.order, 'places', () => placesOf(state.order)) : undefined;
  const crowded = coverage(stretches) > CROWDED * (endFrame - startFrame);
  const colors = unitIds.map((unitId, i) => {
    if (crowded) return undefined;
    if (orders[i]! >= 0) return unitColor(state.palette, orders[i]!);
    return others && dull(state.palette, others.get(unitId) ?? 0);
  });
  const key = [before, after, crowded, state.palette.name, options.spikes, ...orders].join();
  return { spikes, stretches, crowded, colors, channels, key };
}

function placesOf(order: readonly UnitId[]): ReadonlyMap<UnitId, number> {
  return new Map(order.map((unitId, i) => [unitId, i]));
}

/** Of a unit that is not selected. */
function dull(palette: Palette, i: number): Color {
  return mix(unitColor(palette, i), palette.background, 0.45);
}

/** Of each unit the stretches from `before` to `after` around its spikes. */
function coloured({ sampleIndex, unit }: SpikesInWindow, units: number, before: number, after: number): Float64Array[] {
  const trains: number[][] = Array.from({ length: units }, () => []);
  for (let i = 0; i < sampleIndex.length; i++) trains[unit[i]!]?.push(sampleIndex[i]!);
  return trains.map((train) => {
    train.sort((a, b) => a - b);
    const out: number[] = [];
    for (const frame of train) {
      const last = out.length - 1;
      if (last > 0 && frame - before <= out[last]!) out[last] = frame + after;
      else out.push(frame - before, frame + after);
    }
    return Float64Array.from(out);
  });
}

/** Frames that the stretches of all units cover. */
function coverage(stretches: readonly Float64Array[]): number {
  let frames = 0;
  for (const stretch of stretches) for (let i = 0; i < stretch.length; i += 2) frames += stretch[i + 1]! - stretch[i]!;
  return frames;
}

/** The pieces of a tile's traces that belong to spikes: on their units' channels, in their colours. */
export function spikePieces(
  tile: TraceTile,
  { framesAColumn }: TracesArgs,
  { spikes, stretches, colors, channels, key }: ShownSpikes,
): Pieces | undefined {
  const start = framesOfTile(tile.tile, framesAColumn).startFrame;
  const frames = tile.columns * framesAColumn;
  const made = memoBoth(spikes.result, tile.minMax, 'pieces', key, () => {
    const pieces: number[] = [];
    const shades: number[] = [];
    stretches.forEach((stretch, unit) => {
      const color = colors[unit];
      const within = between(stretch, start, start + frames);
      if (!color || within.length === 0) return;
      const rows = [...tile.channels.keys()].filter((row) => channels[unit]!.has(tile.channels[row]!));
      const shade = bytes(color);
      for (let i = 0; i < within.length; i += 2)
        for (const row of rows) {
          pieces.push(Math.max(0, (within[i]! - start) / frames), Math.min(1, (within[i + 1]! - start) / frames), row);
          shades.push(...shade);
        }
    });
    return { pieces: Float32Array.from(pieces), colors: Uint8Array.from(shades) };
  });
  return made.pieces.length > 0 ? made : undefined;
}

/** The stretches that reach into frames from ≤ f < to. */
function between(stretches: Float64Array, from: number, to: number): Float64Array {
  let low = 0;
  let high = stretches.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[2 * middle + 1]! < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (2 * end < stretches.length && stretches[2 * end]! < to) end++;
  return stretches.subarray(2 * low, 2 * end);
}

/** Rows that lie this close belong to one frame around a spike. */
const NEAR_ROWS = 4;

/** Around each spike a frame in its unit's colour over the rows of its channels: on an image no line can be coloured. */
export function spikeFrames(
  items: readonly TraceTile[],
  { spikes, stretches, colors, channels, key }: ShownSpikes,
  { box, domain: [, bottom, , top], seen, args }: TileGround,
): Mark[] {
  const { rate, startS, spanS } = seen;
  const base = spikes.args.startFrame;
  const rowChannels = channelsOfRows(items);
  const made = memoLast(spikes.result, 'frames', [args.order, key].join(), () => {
    const position: number[] = []; // in seconds after `base`, and rows
    const shades: number[] = [];
    stretches.forEach((stretch, unit) => {
      const color = colors[unit];
      if (!color || stretch.length === 0) return;
      const runs = runsOf(rowChannels, channels[unit]!);
      const shade = bytes(color);
      for (let i = 0; i < stretch.length; i += 2) {
        const x0 = (stretch[i]! - base) / rate;
        const x1 = (stretch[i + 1]! - base) / rate;
        for (const [low, high] of runs) {
          const [y0, y1] = [low - 0.5, high + 0.5];
          position.push(x0, y0, x1, y0, x1, y0, x1, y1, x1, y1, x0, y1, x0, y1, x0, y0);
          for (let k = 0; k < 4; k++) shades.push(...shade);
        }
      }
    });
    return { position: Float32Array.from(position), colors: Uint8Array.from(shades) };
  });
  if (made.position.length === 0) return [];
  const from = startS - base / rate;
  return [{ kind: 'segments', box, domain: [from, bottom, from + spanS, top], ...made }];
}

/** First and last row of each group of neighbouring rows that show some of the channels. */
function runsOf(rowChannels: Int32Array, channels: ReadonlySet<number>): [number, number][] {
  const runs: [number, number][] = [];
  rowChannels.forEach((channel, row) => {
    if (!channels.has(channel)) return;
    const last = runs.at(-1);
    if (last && row - last[1] <= NEAR_ROWS) last[1] = row;
    else runs.push([row, row]);
  });
  return runs;
}

/** The unit whose spike is next to a frame, at most `reach` frames away; of those, one that has the channel. */
export function unitNear(
  { spikes, channels, colors }: ShownSpikes,
  { frame, channel, reach }: { readonly frame: number; readonly channel: number | undefined; readonly reach: number },
): { readonly unitId: UnitId; readonly onChannel: boolean } | undefined {
  const { sampleIndex, unit } = spikes.result;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < sampleIndex.length; i++) {
    const away = Math.abs(sampleIndex[i]! - frame);
    if (away > reach || !colors[unit[i]!]) continue;
    const here = channel !== undefined && channels[unit[i]!]!.has(channel);
    const rank = here ? away : away + reach + 1;
    if (rank < least) [best, least] = [i, rank];
  }
  const unitId = best < 0 ? undefined : spikes.args.unitIds[unit[best]!];
  return unitId === undefined ? undefined : { unitId, onChannel: least <= reach };
}
