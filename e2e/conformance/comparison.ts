import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareToGroundTruth,
  deltaFrames,
  type GroundTruthComparison,
  type Performance,
} from '../../core/comparison/groundTruth.ts';
import { countMatchingEvents } from '../../core/comparison/matchEvents.ts';
import { spikeLabels } from '../../core/comparison/spikeLabels.ts';
import { type Sorting, spikeTrain, type UnitId } from '../../core/shared/sorting.ts';
import { z } from '../../core/shared/zod.ts';
import type { Area, GoldenPlace, Verdict } from './area.ts';
import { goldenSorting } from './goldenSorting.ts';

const table = z.object({
  unit_ids: z.array(z.string()),
  columns: z.array(z.string()),
  values: z.record(z.string(), z.record(z.string(), z.union([z.number(), z.string()]))),
});
const found = z.object({
  performance_by_unit: table,
  pooled: z.record(z.string(), z.number()),
  count_score: table,
  well_detected: z.array(z.string()),
  false_positive: z.array(z.string()),
  redundant: z.array(z.string()),
  overmerged: z.array(z.string()),
  bad: z.array(z.string()),
  confusion: z
    .object({ index: z.array(z.string()), columns: z.array(z.string()), values: z.array(z.array(z.number())) })
    .nullable(),
});
const comparisonJson = z.object({
  hungarian: found,
  best: found,
  label_counts_gt_side: z.record(z.string(), z.record(z.string(), z.number())),
});
type Found = z.output<typeof found>;
const matchesJson = z.object({ pairs: z.record(z.string(), z.number()), gt_unit: z.string(), delta: z.number() });

/** Comparison with the ground truth, by unit, pooled and counted, with both ways to match and every spike's label. */
export const comparison: Area = {
  name: 'comparison',
  async *check(place) {
    const truth = await goldenSorting(place, 'data/sorting');
    for (const [entry, name] of [
      ['comparison/gt_variant.json', 'variant/sorting'],
      ['comparison/gt_third.json', 'variant/sorting_third'],
    ] as const) {
      const tested = await goldenSorting(place, name);
      const golden = comparisonJson.parse(read(place, entry));
      for (const mode of ['hungarian', 'best'] as const) {
        const ours = compareToGroundTruth(truth, tested, { match_mode: mode });
        yield* checkComparison(entry, mode, ours, golden[mode], truth, tested);
      }
      yield checkLabels(entry, golden.label_counts_gt_side, truth, tested);
    }
    yield await checkMatches(place, truth);
  },
};

function* checkComparison(
  entry: string,
  mode: string,
  ours: GroundTruthComparison,
  golden: Found,
  truth: Sorting,
  tested: Sorting,
): Generator<Verdict, void> {
  const { columns, values, unit_ids } = golden.performance_by_unit;
  const rates = (performance: Performance) => columns.map((name) => performance[keyOf(name)]);
  yield {
    entry,
    part: `${mode} performance_by_unit`,
    ours: ours.units.flatMap((unit) => rates(unit.performance)),
    golden: unit_ids.flatMap((unit) => columns.map((name) => Number(values[unit]?.[name]))),
  };
  yield {
    entry,
    part: `${mode} pooled`,
    ours: rates(ours.pooled),
    golden: columns.map((name) => golden.pooled[name] ?? Number.NaN),
  };
  const counts = golden.count_score.values;
  yield {
    entry,
    part: `${mode} count_score`,
    ours: ours.units.flatMap(({ tp, fn, fp, numGt, numTested, testedId = -1 }) => [
      tp,
      fn,
      fp,
      numGt,
      numTested,
      Number(testedId),
    ]),
    golden: unit_ids.flatMap((unit) =>
      ['tp', 'fn', 'fp', 'num_gt', 'num_tested', 'tested_id'].map((name) => Number(counts[unit]?.[name])),
    ),
  };
  const lists: readonly [keyof Found, readonly UnitId[]][] = [
    ['well_detected', ours.wellDetected],
    ['false_positive', ours.falsePositive],
    ['redundant', ours.redundant],
    ['overmerged', ours.overmerged],
    ['bad', ours.bad],
  ];
  for (const [name, ids] of lists)
    yield {
      entry,
      part: `${mode} ${name}`,
      ours: ids.map(Number),
      golden: z.array(z.string()).parse(golden[name]).map(Number),
    };
  if (golden.confusion) {
    const { index, columns: across, values: matrix } = golden.confusion;
    const own = index.map((unit) => across.map((other) => confusion(ours, truth, tested, unit, other)));
    yield { entry, part: `${mode} confusion`, ours: own.flat(), golden: matrix.flat() };
  }
}

/** A cell of SpikeInterface's confusion matrix: matched spikes on the diagonal, misses and false ones at the ends. */
function confusion(ours: GroundTruthComparison, truth: Sorting, tested: Sorting, unit: string, other: string): number {
  const row = truth.unitIds.findIndex((id) => String(id) === unit);
  const column = tested.unitIds.findIndex((id) => String(id) === other);
  const score = ours.units[row];
  if (score && other === 'FN') return score.fn;
  if (score) return ours.testedOf[row] === column ? score.tp : 0;
  if (other === 'FN') return 0;
  const matched = ours.units[ours.testedOf.indexOf(column)];
  if (matched) return matched.fp;
  return tested.segments.reduce((sum, s) => sum + s.unitIndex.filter((u) => u === column).length, 0);
}

function keyOf(name: string): keyof Performance {
  return z.enum(['accuracy', 'recall', 'precision', 'false_discovery_rate', 'miss_rate']).parse(name);
}

function checkLabels(
  entry: string,
  golden: Readonly<Record<string, Readonly<Record<string, number>>>>,
  truth: Sorting,
  tested: Sorting,
): Verdict {
  const { testedOf } = compareToGroundTruth(truth, tested);
  const labels = spikeLabels(truth, tested, testedOf, deltaFrames(truth, 0.4), true);
  const told = Object.entries(golden).flatMap(([unit, counts]) =>
    Object.entries(counts).map(([label, count]) => ({ unit, label, count })),
  );
  const ours = labels.groundTruth.map((segments) => segments.flat());
  const own = told.map(({ unit, label }) => {
    const row = truth.unitIds.findIndex((id) => String(id) === unit);
    return (ours[row] ?? []).filter((one) => one === label).length;
  });
  // Every spike has a label, so a label that is ours alone shows as another's missing count.
  return { entry, part: 'label_counts_gt_side', ours: own, golden: told.map(({ count }) => count) };
}

async function checkMatches(place: GoldenPlace, truth: Sorting): Promise<Verdict> {
  const entry = 'comparison/count_match_spikes.json';
  const { pairs, gt_unit, delta } = matchesJson.parse(read(place, entry));
  const tested = await goldenSorting(place, 'variant/sorting');
  const row = truth.unitIds.findIndex((id) => String(id) === gt_unit);
  const ours = Object.keys(pairs).map((unit) => {
    const column = tested.unitIds.findIndex((id) => String(id) === unit);
    return countMatchingEvents(spikeTrain(truth, row, 0), spikeTrain(tested, column, 0), delta);
  });
  return { entry, ours, golden: Object.values(pairs) };
}

function read(place: GoldenPlace, entry: string): unknown {
  return JSON.parse(readFileSync(join(place.golden, entry), 'utf8'));
}
