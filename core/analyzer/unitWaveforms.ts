import { join } from 'node:path';
import { openNpyRows } from '../store/npyRows.ts';
import type { Contents } from './contents.ts';
import { drawnPlaces } from './drawn.ts';
import { spikesAt } from './randomSpikes.ts';
import type { Stored } from './stored.ts';

/** The saved waveforms, read a unit at a time: all together they may not fit in memory. */
export interface UnitRows {
  readonly samples: number;
  /** Rows of waveforms.npy that are of this unit, ascending. */
  rowsOf(unit: number): Int32Array;
  /** [rows][samples][channels of the unit]; all rows of the unit unless told. */
  ofUnit(unit: number, rows?: Int32Array): Float32Array;
  close(): void;
}

export function openWaveforms(contents: Contents, randomSpikes: Stored, folder: string): UnitRows {
  const file = openNpyRows(join(folder, 'waveforms.npy'), { write: false });
  const [, samples = 0, width = 0] = file.shape;
  const rows = rowsByUnit(contents, randomSpikes);
  const rowsOf = (unit: number) => rows[unit]!;
  return {
    samples,
    rowsOf,
    ofUnit(unit, wanted = rowsOf(unit)) {
      const channels = contents.channelsOf[unit]!.length;
      const out = new Float32Array(wanted.length * samples * channels);
      wanted.forEach((one, i) => {
        const data = file.readRows(one, 1);
        for (let s = 0; s < samples; s++)
          for (let k = 0; k < channels; k++) out[(i * samples + s) * channels + k] = data[s * width + k]!;
      });
      return out;
    },
    close: () => file.close(),
  };
}

const dealt = new WeakMap<Stored, readonly Int32Array[]>();

/** Rows of the random spikes that are of each unit, worked out once. */
function rowsByUnit({ sorting }: Contents, randomSpikes: Stored): readonly Int32Array[] {
  const known = dealt.get(randomSpikes);
  if (known) return known;
  const rows: number[][] = sorting.unitIds.map(() => []);
  let row = 0;
  for (const { unitIndex } of spikesAt(sorting, drawnPlaces(randomSpikes)))
    for (const unit of unitIndex) rows[unit]!.push(row++);
  const made = rows.map((own) => Int32Array.from(own));
  dealt.set(randomSpikes, made);
  return made;
}
