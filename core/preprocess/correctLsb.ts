import { medianInPlace } from '../compute/rowMedians.ts';
import { wholeRange } from '../compute/wholeNumbers.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { outputType } from './outputType.ts';
import { chunkColumns, randomChunks, seedParam } from './randomChunks.ts';
import { applyScaling, type Scaling } from './scaling.ts';

const params = z.object({
  num_chunks_per_segment: z
    .int()
    .min(1)
    .default(20)
    .describe('How many pieces of each segment the step is learnt from. Usually 20.')
    .meta({ title: 'Pieces', advanced: true }),
  chunk_size: z
    .int()
    .min(1)
    .default(10_000)
    .describe('How long each piece is, in frames. Usually 10000.')
    .meta({ title: 'Length of a piece', unit: 'frames', advanced: true }),
  seed: seedParam,
  verbose: z
    .boolean()
    .default(false)
    .describe("SpikeInterface's: it prints the step it found. Here the recipe keeps it, this changes nothing.")
    .meta({ title: 'Print', advanced: true }),
});

const learnt = z.object({ lsb: z.number(), median: z.array(z.number()) });

/** The step to divide by; undefined where there is nothing to do (SpikeInterface leaves such a recording too). */
function stepSize(fitted: unknown): { readonly lsb: number; readonly median: readonly number[] } | undefined {
  const result = learnt.safeParse(fitted);
  return result.success && result.data.lsb > 1 ? result.data : undefined;
}

/** As SpikeInterface's correct_lsb. */
export const correctLsb: Step<typeof params, readonly Scaling[]> = {
  name: 'correct_lsb',
  label: 'Correct the least significant bit',
  help: 'Some files count in steps of 12 or 16 instead of 1. This finds the step, divides by it and corrects the gain, so that the same recording compresses far better; the level of each channel becomes 0. Changes nothing where the step is 1.',
  params,
  info(parent, _params, fitted) {
    const dtype = outputType('correct_lsb', parent, null);
    const { gainToUv } = parent;
    const found = stepSize(fitted);
    return { ...parent, dtype, ...(gainToUv && found && { gainToUv: gainToUv.map((gain) => gain * found.lsb) }) };
  },
  margin: () => 0,
  async fit(parent, params, signal, slices = randomChunks(parent.info, params)) {
    const columns = await chunkColumns('correct_lsb', parent, slices, signal);
    const lsb = usual(columns.map(smallestStep).filter((step) => step !== undefined));
    return { lsb: lsb ?? -1, median: columns.map(medianInPlace) };
  },
  prepare({ dtype, channelIds }, _params, fitted) {
    if (!fitted) throw new Error('correct_lsb: its step has not been learnt yet');
    const found = stepSize(fitted);
    if (!found) return [];
    const whole = wholeRange(dtype);
    const all = (value: number) => new Float64Array(channelIds.length).fill(value);
    return [
      { gain: all(1), offset: Float64Array.from(found.median, (median) => -median), whole },
      { gain: all(1 / found.lsb), offset: all(0), whole },
    ];
  },
  apply(data, frames, scalings) {
    for (const scaling of scalings) applyScaling(data, frames, scaling);
    return data;
  },
};

/** Smallest distance between two different values, as whole numbers; undefined where all are equal. Sorts `column`. */
function smallestStep(column: Float32Array): number | undefined {
  column.sort();
  let least: number | undefined;
  for (let i = 1; i < column.length; i++) {
    if (column[i] === column[i - 1]) continue;
    const step = Math.trunc(column[i]!) - Math.trunc(column[i - 1]!);
    if (least === undefined || step < least) least = step;
  }
  return least;
}

/** The most frequent one; of equally frequent ones the smaller. */
function usual(steps: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0];
}
