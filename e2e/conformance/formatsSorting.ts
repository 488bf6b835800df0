import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { phy } from '../../core/formats/phy.ts';
import { spikeTrain } from '../../core/shared/sorting.ts';
import type { z } from '../../core/shared/zod.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { arraysSchema, sortingSchema } from './formatsExpected.ts';
import { differing, type Part } from './parts.ts';

/** Units, spikes and properties of a phy folder as SpikeInterface reads them. */
export async function* checkSorting(folder: string, golden: z.output<typeof sortingSchema>): AsyncGenerator<Part> {
  const { sorting } = await phy.open(folder);
  yield { part: 'sampling_frequency', error: differing([sorting.samplingFrequency], [golden.sampling_frequency]) };
  yield { part: 'unit_ids', error: differing(sorting.unitIds, golden.unit_ids) };
  for (const [s, spikes] of golden.segments.entries()) {
    const trains = golden.unit_ids.map((_, unit) => spikeTrain(sorting, unit, s));
    const ids = golden.unit_ids.map(String);
    yield {
      part: 'n_spikes',
      error: differing(
        trains.map((train) => train.length),
        ids.map((id) => spikes.n_spikes[id]),
      ),
    };
    const first = trains.map((train, i) =>
      differing(Array.from(train.subarray(0, spikes.first[ids[i]!]?.length)), spikes.first[ids[i]!] ?? []),
    );
    yield { part: 'first', error: first.reduce((a, b) => a + b, 0) };
    const hashes = trains.map((train) =>
      createHash('sha256')
        .update(new Uint8Array(BigInt64Array.from(train, BigInt).buffer))
        .digest('hex'),
    );
    yield {
      part: 'sha256',
      error: differing(
        hashes,
        ids.map((id) => spikes.sha256[id]),
      ),
    };
  }
  for (const [key, values] of Object.entries(golden.properties)) {
    // SpikeInterface names a column so that a second table has too; phy has one of the name.
    const ours = sorting.properties[key.replace(/_repeat$/, '')] ?? [];
    yield { part: key, error: differing(ours, values) };
  }
}

/** Each .npy of a folder as NumPy reads it. */
export async function* checkArrays(folder: string, golden: z.output<typeof arraysSchema>): AsyncGenerator<Part> {
  for (const [name, file] of Object.entries(golden.files)) {
    const { data, shape, fortran } = await readNumbers(join(folder, name));
    const bytes = /64$/.test(file.dtype) && file.dtype !== 'float64' ? BigInt64Array.from(data, BigInt) : data;
    const hash = createHash('sha256').update(new Uint8Array(bytes.buffer)).digest('hex');
    const head = Array.from(data.subarray(0, file.head.length));
    const wrong = [
      differing(shape, file.shape),
      Number(severalAxes(shape) && fortran !== file.fortran),
      differing(head, file.head.map(Number)),
      Number(hash !== file.sha256),
    ];
    yield { part: name, error: wrong.reduce((a, b) => a + b, 0) };
  }
}

/** A row or column is C and Fortran order at once: NumPy then calls it C. */
function severalAxes(shape: readonly number[]): boolean {
  return shape.filter((n) => n > 1).length > 1;
}
