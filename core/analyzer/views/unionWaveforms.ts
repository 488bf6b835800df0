import type { UnitWaveforms } from '../../shared/api.ts';
import { spikeCounts } from '../../shared/sorting.ts';
import type { Contents } from '../contents.ts';
import { evenly, partsOf, type UnionUnit } from '../curated.ts';
import type { UnitRows } from '../unitWaveforms.ts';
import type { Shapes } from './unionShapes.ts';

/**
 * What the waveform view draws of one unit. The single spikes are an even choice over the recording; where a part of
 * a merged unit has no waveform on a channel, they are 0 there.
 */
export function unionWaveforms(
  contents: Contents,
  shapes: Shapes,
  rows: UnitRows | undefined,
  unit: UnionUnit,
  maxSpikes: number,
): UnitWaveforms {
  const parts = partsOf(contents, unit);
  const { channels, mainChannel, average, std } = shapes.template(parts);
  const { samples, msBefore, msAfter } = shapes.templates;
  const chosen = rows && rows.samples === samples ? chosenRows(rows, parts, maxSpikes) : [];
  const spikes = new Float32Array(chosen.length * samples * channels.length);
  parts.forEach((part, i) => {
    const own = chosen.map((row, shown) => ({ row, shown })).filter(({ row }) => row.part === i);
    if (!rows || own.length === 0) return;
    const partChannels = contents.channelsOf[part]!;
    const columns = partChannels.map((channel) => channels.indexOf(channel));
    const data = rows.ofUnit(
      part,
      Int32Array.from(own, ({ row }) => row.at),
    );
    own.forEach(({ shown }, k) => {
      for (let s = 0; s < samples; s++)
        for (let c = 0; c < columns.length; c++)
          spikes[(shown * samples + s) * channels.length + columns[c]!] = data[(k * samples + s) * columns.length + c]!;
    });
  });
  const counts = spikeCounts(contents.sorting);
  return {
    unitId: unit.unitId,
    unit: contents.returnInUv ? 'µV' : 'raw',
    channels,
    extremumChannel: mainChannel,
    samples,
    msBefore,
    msAfter,
    template: average,
    std,
    spikes,
    shown: chosen.length,
    numSpikes: parts.reduce((sum, part) => sum + counts[part]!, 0),
  };
}

interface ChosenRow {
  /** Place in the parts, and row of waveforms.npy. */
  readonly part: number;
  readonly at: number;
}

/** Rows are in order of time. */
function chosenRows(rows: UnitRows, parts: readonly number[], most: number): ChosenRow[] {
  const all = parts
    .flatMap((unit, part) => Array.from(rows.rowsOf(unit), (at): ChosenRow => ({ part, at })))
    .sort((a, b) => a.at - b.at);
  return Array.from(evenly(all.length, most), (place) => all[place]!);
}
