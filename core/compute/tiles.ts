import type { TraceTile } from '../shared/api.ts';
import { channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { sdScale } from './sdScale.ts';

/** Rows and bytes of one tile: what one message carries quickly. */
const TILE_ROWS = 32;
const TILE_BYTES = 250_000;

/** Least and greatest value of each channel in each column: [columns][channels]. */
export interface Columns {
  readonly columns: number;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/**
 * Channel indices in the order they are drawn: shank by shank, the deepest contact (least y) first, left to right.
 * In channel order where there is no probe.
 */
export function depthOrder(info: RecordingInfo): Int32Array {
  const channels = Int32Array.from(info.channelIds, (_, c) => c);
  const layout = info.probe && channelLayout(info.probe, channels.length);
  if (!layout) return channels;
  const { x, y, probe, shank } = layout;
  const shanks = [...new Set(shank)];
  const place = shank.map((name) => shanks.indexOf(name));
  return channels.sort(
    (a, b) => probe[a]! - probe[b]! || place[a]! - place[b]! || y[a]! - y[b]! || x[a]! - x[b]! || a - b,
  );
}

/** The tiles of `columns`, rows in depth order; each has the scale that lets its largest value just fit in int16. */
export function* tilesOf(info: RecordingInfo, { columns, low, high }: Columns): Generator<TraceTile, void> {
  const channels = info.channelIds.length;
  const order = depthOrder(info);
  const rows = Math.max(1, Math.min(TILE_ROWS, Math.floor(TILE_BYTES / (4 * columns))));
  const { unit, gain, offset } = scaling(info);
  for (let firstRow = 0; firstRow < channels; firstRow += rows) {
    const shown = order.slice(firstRow, firstRow + rows);
    const values = new Float32Array(shown.length * columns * 2); // [rows][columns][min, max]
    shown.forEach((c, row) => {
      const [g, o] = [gain[c]!, offset[c]!];
      for (let i = 0; i < columns; i++) {
        const at = 2 * (row * columns + i);
        const [least, most] = [low[i * channels + c]!, high[i * channels + c]!];
        if (least > most) continue; // nothing but NaN
        const a = least * g + o;
        const b = most * g + o;
        values[at] = Math.min(a, b);
        values[at + 1] = Math.max(a, b);
      }
    });
    yield { firstRow, channels: shown, columns, unit, ...toInt16(values) };
  }
}

/** What turns the recording's numbers into what is shown, a value a channel. */
function scaling(info: RecordingInfo): { unit: TraceTile['unit']; gain: readonly number[]; offset: readonly number[] } {
  const sd = sdScale(info);
  const zeros = info.channelIds.map(() => 0);
  if (sd !== undefined) return { unit: 'SD', gain: zeros.map(() => 1 / sd), offset: zeros };
  if (!info.gainToUv) return { unit: 'raw', gain: zeros.map(() => 1), offset: zeros };
  return { unit: 'µV', gain: info.gainToUv, offset: info.offsetToUv ?? zeros };
}

/** Infinite values (damaged samples) become the largest that can be drawn, NaN 0. */
function toInt16(values: Float32Array): { minMax: Int16Array; scale: number } {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? largest / 32_767 : 1;
  const minMax = Int16Array.from(values, (value) =>
    Number.isNaN(value) ? 0 : Math.round(Math.max(-32_767, Math.min(32_767, value / scale))),
  );
  return { minMax, scale };
}
