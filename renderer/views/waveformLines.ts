import type { UnitWaveforms } from '../../core/shared/api.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import type { Grid } from './waveformGrid.ts';

/** How a unit's waveforms are laid into the cells: its share of their width. */
export interface Lay {
  readonly grid: Grid;
  readonly slot: number;
  readonly slots: number;
}

/** Polylines of `run` points of all cells: sample and value, scaled into the domain, each moved into its cell. */
interface CellLines {
  /** [lines][run][sample, value] */
  readonly position: Float32Array;
  readonly run: number;
  readonly scale: readonly [number, number];
  /** [lines][x, y] */
  readonly at: Float32Array;
}

/** `drawn` of the single spikes, evenly chosen, channel by channel. */
export function spikeLines(waves: UnitWaveforms, drawn: number, lay: Lay): CellLines {
  const position = memoLast(waves, 'spikes', `${drawn}`, () => {
    const { spikes, shown, samples, channels } = waves;
    const out = new Float32Array(2 * samples * drawn * channels.length);
    let to = 0;
    for (let c = 0; c < channels.length; c++)
      for (let n = 0; n < drawn; n++) {
        const first = Math.floor((n * shown) / drawn) * samples * channels.length + c;
        to = putLine(out, to, { values: spikes, first, step: channels.length, samples });
      }
    return out;
  });
  return placed(position, waves, drawn, lay);
}

export function templateLines(waves: UnitWaveforms, lay: Lay): CellLines {
  const position = memo(waves, 'template', () => channelLines(waves.template, waves));
  return placed(position, waves, 1, lay);
}

/** Of all single spikes that were read. */
export function meanLines(waves: UnitWaveforms, lay: Lay): CellLines {
  const position = memo(waves, 'mean', () => {
    const sum = new Float64Array(waves.template.length);
    waves.spikes.forEach((v, i) => {
      sum[i % sum.length]! += v;
    });
    return channelLines(
      Float32Array.from(sum, (v) => v / waves.shown),
      waves,
    );
  });
  return placed(position, waves, 1, lay);
}

/** Template less and plus one standard deviation. [channels][2][samples][x, y]; undefined: not known. */
export function bandLines(waves: UnitWaveforms, lay: Lay): { position: Float32Array; run: number } | undefined {
  const { template, std, samples, channels } = waves;
  if (!memo(waves, 'has std', () => std.some((v) => v > 0))) return undefined;
  const { scale, at } = placed(template, waves, 1, lay);
  const position = memoLast(waves, 'band', `${laid(lay)} ${scale}`, () => {
    const out = new Float32Array(4 * template.length);
    let to = 0;
    for (let c = 0; c < channels.length; c++)
      for (const sign of [-1, 1])
        for (let s = 0; s < samples; s++) {
          const i = s * channels.length + c;
          out[to++] = at[2 * c]! + scale[0] * s;
          out[to++] = at[2 * c + 1]! + scale[1] * (template[i]! + sign * std[i]!);
        }
    return out;
  });
  return { position, run: samples };
}

/** `each`: lines a channel. */
function placed(position: Float32Array, waves: UnitWaveforms, each: number, lay: Lay): CellLines {
  const { grid, slot, slots } = lay;
  const share = grid.waveWidth / slots;
  // Side by side, a gap between units.
  const width = slots > 1 ? 0.94 * share : share;
  const at = memoLast(waves, `cells of ${each}`, laid(lay), () => {
    const out = new Float32Array(2 * each * waves.channels.length);
    waves.channels.forEach((channel, c) => {
      const x = grid.cells.x.get(channel)! - grid.waveWidth / 2 + slot * share;
      const y = grid.cells.y.get(channel)!;
      for (let n = c * each; n < (c + 1) * each; n++) out.set([x, y], 2 * n);
    });
    return out;
  });
  return { position, run: waves.samples, scale: [width / Math.max(1, waves.samples - 1), grid.gain], at };
}

function laid({ grid, slot, slots }: Lay): string {
  return `${slot}/${slots} ${grid.key}`;
}

/** values: [samples][channels]; out: [channels][samples][sample, value] */
function channelLines(values: Float32Array, { samples, channels }: UnitWaveforms): Float32Array {
  const out = new Float32Array(2 * values.length);
  let to = 0;
  for (let c = 0; c < channels.length; c++) to = putLine(out, to, { values, first: c, step: channels.length, samples });
  return out;
}

interface Samples {
  readonly values: Float32Array;
  readonly first: number;
  readonly step: number;
  readonly samples: number;
}

function putLine(out: Float32Array, at: number, { values, first, step, samples }: Samples): number {
  let to = at;
  for (let s = 0; s < samples; s++) {
    out[to++] = s;
    out[to++] = values[first + s * step]!;
  }
  return to;
}
