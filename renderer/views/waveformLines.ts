import type { UnitWaveforms } from '../../core/shared/api.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import type { Cells, Grid } from './waveformGrid.ts';

/** How a unit's waveforms are laid into the cells: its share of their width. */
export interface Lay {
  readonly grid: Grid;
  readonly slot: number;
  readonly slots: number;
}

/** Polylines of `run` points, all cells in one array. */
export interface Polylines {
  readonly position: Float32Array;
  readonly run: number;
}

/** `drawn` of the single spikes. position: [channels][drawn][run][x, y], `bins` pairs of extremes at most. */
export function spikeLines(waves: UnitWaveforms, drawn: number, bins: number, lay: Lay): Polylines {
  const key = `${laid(lay)} ${drawn} ${bins}`;
  return memoLast(waves, 'spikes', key, () => {
    const { spikes, shown, samples, channels } = waves;
    const run = Math.min(2 * bins, samples);
    const position = new Float32Array(2 * run * drawn * channels.length);
    const count = channels.length;
    let at = 0;
    for (let c = 0; c < count; c++) {
      const cell = cellOf(lay, channels[c]!, samples);
      for (let n = 0; n < drawn; n++) {
        const spike = Math.floor((n * shown) / drawn);
        const from = { values: spikes, first: spike * samples * count + c, step: count, samples };
        at = run < samples ? putExtremes(position, at, from, bins, cell) : putLine(position, at, from, cell);
      }
    }
    return { position, run };
  });
}

/** position: [channels][samples][x, y] */
export function templateLines(waves: UnitWaveforms, lay: Lay): Polylines {
  return memoLast(waves, 'template', laid(lay), () => channelLines(waves.template, waves, lay));
}

export function meanLines(waves: UnitWaveforms, lay: Lay): Polylines {
  return memoLast(waves, 'mean', laid(lay), () => channelLines(meanOf(waves), waves, lay));
}

/** Template less and plus one standard deviation. position: [channels][2][samples][x, y]; undefined: not known. */
export function bandLines(waves: UnitWaveforms, lay: Lay): Polylines | undefined {
  const { template, std, samples } = waves;
  if (!memo(waves, 'has std', () => std.some((v) => v > 0))) return undefined;
  return memoLast(waves, 'band', laid(lay), () => {
    const low = channelLines(
      template.map((v, i) => v - std[i]!),
      waves,
      lay,
    ).position;
    const high = channelLines(
      template.map((v, i) => v + std[i]!),
      waves,
      lay,
    ).position;
    const position = new Float32Array(2 * low.length);
    const each = 2 * samples;
    for (let c = 0; c < waves.channels.length; c++) {
      position.set(low.subarray(c * each, (c + 1) * each), 2 * c * each);
      position.set(high.subarray(c * each, (c + 1) * each), (2 * c + 1) * each);
    }
    return { position, run: samples };
  });
}

/** Of all single spikes that were read. [samples][channels] */
function meanOf(waves: UnitWaveforms): Float32Array {
  return memo(waves, 'mean', () => {
    const sum = new Float64Array(waves.template.length);
    waves.spikes.forEach((v, i) => {
      sum[i % sum.length]! += v;
    });
    return Float32Array.from(sum, (v) => v / waves.shown);
  });
}

/** values: [samples][channels] */
function channelLines(values: Float32Array, { samples, channels }: UnitWaveforms, lay: Lay): Polylines {
  const position = new Float32Array(2 * values.length);
  let at = 0;
  channels.forEach((channel, c) => {
    const from = { values, first: c, step: channels.length, samples };
    at = putLine(position, at, from, cellOf(lay, channel, samples));
  });
  return { position, run: samples };
}

/** Where a channel's waveform starts, and how far a sample and a value of 1 reach; domain units. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly gain: number;
}

interface Samples {
  readonly values: Float32Array;
  readonly first: number;
  readonly step: number;
  readonly samples: number;
}

function cellOf({ grid, slot, slots }: Lay, channel: number, samples: number): Cell {
  const { x, y }: Cells = grid.cells;
  const share = grid.waveWidth / slots;
  // Side by side, a gap between units.
  const width = slots > 1 ? 0.94 * share : share;
  return {
    x: x.get(channel)! - grid.waveWidth / 2 + slot * share,
    y: y.get(channel)!,
    dx: width / Math.max(1, samples - 1),
    gain: grid.gain,
  };
}

function putLine(out: Float32Array, at: number, { values, first, step, samples }: Samples, cell: Cell): number {
  const { x, y, dx, gain } = cell;
  let to = at;
  for (let s = 0; s < samples; s++) {
    out[to++] = x + s * dx;
    out[to++] = y + gain * values[first + s * step]!;
  }
  return to;
}

/** Of each bin the least and the greatest value, in their order: what is seen where a bin is few pixels wide. */
function putExtremes(out: Float32Array, at: number, from: Samples, bins: number, cell: Cell): number {
  const { values, first, step, samples } = from;
  const { x, y, dx, gain } = cell;
  let to = at;
  for (let bin = 0; bin < bins; bin++) {
    const end = Math.floor(((bin + 1) * samples) / bins);
    let low = Math.floor((bin * samples) / bins);
    let high = low;
    let least = values[first + low * step]!;
    let most = least;
    for (let s = low + 1; s < end; s++) {
      const v = values[first + s * step]!;
      if (v < least) {
        least = v;
        low = s;
      } else if (v > most) {
        most = v;
        high = s;
      }
    }
    const falls = high < low;
    out[to++] = x + (falls ? high : low) * dx;
    out[to++] = y + gain * (falls ? most : least);
    out[to++] = x + (falls ? low : high) * dx;
    out[to++] = y + gain * (falls ? least : most);
  }
  return to;
}

function laid({ grid, slot, slots }: Lay): string {
  return `${slot}/${slots} ${grid.key}`;
}
