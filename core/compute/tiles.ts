import type { ChannelOrder, TraceTile } from '../shared/api.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { withTransfer } from '../shared/rpc.ts';
import { rowOrder } from './rowOrder.ts';
import { sdScale } from './sdScale.ts';

/** Of one message with its rows: what the port carries quickly. */
const MESSAGE_BYTES = 250_000;

/** What the rows of tiles are: value = samples * gain + offset, in `unit`. */
export interface TileRows {
  readonly unit: TraceTile['unit'];
  /** Channel index of each row. */
  readonly channels: Int32Array;
  /** [rows] */
  readonly gain: Float32Array;
  readonly offset: Float32Array;
}

export function tileRows(info: RecordingInfo, order: ChannelOrder): TileRows {
  const channels = rowOrder(info, order);
  const sd = sdScale(info);
  const { gainToUv, offsetToUv } = info;
  if (sd !== undefined) return { unit: 'SD', channels, ...same(channels.length, 1 / sd) };
  if (!gainToUv) return { unit: 'raw', channels, ...same(channels.length, 1) };
  const gain = Float32Array.from(channels, (c) => gainToUv[c]!);
  return { unit: 'µV', channels, gain, offset: Float32Array.from(channels, (c) => offsetToUv?.[c] ?? 0) };
}

function same(rows: number, gain: number): { gain: Float32Array; offset: Float32Array } {
  return { gain: new Float32Array(rows).fill(gain), offset: new Float32Array(rows) };
}

/** Least and greatest sample of each channel in each column: [columns][channels]. */
export interface Columns {
  readonly columns: number;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Columns in which nothing was seen yet. */
export function noColumns(columns: number, channels: number): Columns {
  return {
    columns,
    low: new Float32Array(columns * channels).fill(Number.POSITIVE_INFINITY),
    high: new Float32Array(columns * channels).fill(Number.NEGATIVE_INFINITY),
  };
}

/** Tile number `tile`, in as many messages as it takes: each has the scale by which its largest value just fits in int16. */
export function* tilesOf(
  { unit, channels, gain, offset }: TileRows,
  { columns, low, high }: Columns,
  { tile, sampled = 1 }: { readonly tile: number; readonly sampled?: number },
): Generator<TraceTile, void> {
  const numRows = channels.length;
  const most = Math.max(1, Math.floor(MESSAGE_BYTES / (4 * Math.max(1, columns))));
  for (let firstRow = 0; firstRow < numRows; firstRow += most) {
    const rows = Math.min(most, numRows - firstRow);
    const values = new Float32Array(rows * columns * 2);
    for (let row = 0; row < rows; row++) {
      const g = gain[firstRow + row]!;
      const o = offset[firstRow + row]!;
      // A negative gain turns the least value into the greatest.
      const [least, most] = g < 0 ? [high, low] : [low, high];
      let from = channels[firstRow + row]!;
      let at = 2 * row * columns;
      for (let i = 0; i < columns; i++, from += numRows, at += 2) {
        if (low[from]! > high[from]!) continue; // nothing but NaN
        values[at] = least[from]! * g + o;
        values[at + 1] = most[from]! * g + o;
      }
    }
    const { minMax, scale } = toInt16(values);
    const own = channels.slice(firstRow, firstRow + rows);
    yield withTransfer({ tile, firstRow, numRows, channels: own, columns, minMax, scale, unit, sampled }, [
      minMax.buffer,
      own.buffer,
    ]);
  }
}

/** Infinite values (damaged samples) become the largest that can be drawn, NaN 0. */
function toInt16(values: Float32Array): { minMax: Int16Array<ArrayBuffer>; scale: number } {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.abs(values[i]!);
    if (value > largest && value < Number.POSITIVE_INFINITY) largest = value;
  }
  const scale = largest > 0 ? largest / 32_767 : 1;
  const times = 1 / scale;
  const minMax = new Int16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Math.max(-32_767, Math.min(32_767, values[i]! * times));
    minMax[i] = Math.floor(value + 0.5); // NaN is stored as 0
  }
  return { minMax, scale };
}
