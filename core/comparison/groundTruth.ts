import { UserError } from '../shared/errors.ts';
import { type Sorting, spikeCounts, type UnitId } from '../shared/sorting.ts';
import { leastCostAssignment } from './hungarian.ts';
import { agreementScores, matchCounts } from './matchEvents.ts';

/** SpikeInterface's names; it writes 0 throughout for a unit that has no match. */
export interface Performance {
  readonly accuracy: number;
  readonly recall: number;
  readonly precision: number;
  readonly false_discovery_rate: number;
  readonly miss_rate: number;
}

/** One ground-truth unit and what was found of it. */
interface UnitScore {
  readonly unitId: UnitId;
  /** Absent: not found. */
  readonly testedId?: UnitId;
  readonly tp: number;
  readonly fn: number;
  readonly fp: number;
  readonly numGt: number;
  readonly numTested: number;
  readonly performance: Performance;
}

export interface GroundTruthComparison {
  readonly units: readonly UnitScore[];
  /** Mean over the ground-truth units. */
  readonly pooled: Performance;
  /** Tested units that agree with their match by well_detected_score or more. */
  readonly wellDetected: readonly UnitId[];
  /** Tested units without a match that resemble no ground-truth unit. */
  readonly falsePositive: readonly UnitId[];
  /** Tested units that find a ground-truth unit once more. */
  readonly redundant: readonly UnitId[];
  /** Tested units that hold several ground-truth units. */
  readonly overmerged: readonly UnitId[];
  /** All tested units without a match. */
  readonly bad: readonly UnitId[];
  /** [ground-truth units][tested units] */
  readonly matchCount: Float64Array;
  readonly agreement: Float64Array;
  /** Tested unit (row in its unitIds) of each ground-truth unit, -1 for none. */
  readonly testedOf: Int32Array;
}

export interface GroundTruthParams {
  /** Two spikes this near (ms) are the same. */
  readonly delta_time: number;
  /** Least agreement of a match. */
  readonly match_score: number;
  /** Agreement below this is chance. */
  readonly chance_score: number;
  readonly well_detected_score: number;
  readonly redundant_score: number;
  readonly overmerged_score: number;
  /** hungarian: one tested unit each, the best overall. best: the most similar, whoever else has it too. */
  readonly match_mode: 'hungarian' | 'best';
  /** Every neuron of the recording is in the ground truth: only then can a tested unit be false. */
  readonly exhaustive_gt: boolean;
}

const defaults: GroundTruthParams = {
  delta_time: 0.4,
  match_score: 0.5,
  chance_score: 0.1,
  well_detected_score: 0.8,
  redundant_score: 0.2,
  overmerged_score: 0.2,
  match_mode: 'hungarian',
  exhaustive_gt: true,
};

/** How well `tested` finds the units of `groundTruth`, as SpikeInterface's compare_sorter_to_ground_truth. */
export function compareToGroundTruth(
  groundTruth: Sorting,
  tested: Sorting,
  params: Partial<GroundTruthParams> = {},
): GroundTruthComparison {
  const settings = { ...defaults, ...params };
  check(groundTruth, tested);
  const spikes1 = spikeCounts(groundTruth);
  const spikes2 = spikeCounts(tested);
  const matchCount = matchCounts(groundTruth, tested, deltaFrames(groundTruth, settings.delta_time));
  const agreement = agreementScores(matchCount, spikes1, spikes2);
  const columns = tested.unitIds.length;
  const matched = hungarianMatch(agreement, spikes1.length, columns, settings.match_score);
  const best = bestMatch(agreement, spikes1.length, columns, settings.chance_score);
  const testedOf = settings.match_mode === 'hungarian' ? matched : best.of1;
  const units = groundTruth.unitIds.map((unitId, row): UnitScore => {
    const column = testedOf[row]!;
    const numGt = spikes1[row]!;
    if (column < 0)
      return { unitId, tp: 0, fn: numGt, fp: 0, numGt, numTested: 0, performance: performance(0, numGt, 0) };
    const tp = matchCount[row * columns + column]!;
    const [fn, fp] = [numGt - tp, spikes2[column]! - tp];
    const testedId = tested.unitIds[column]!;
    return { unitId, testedId, tp, fn, fp, numGt, numTested: spikes2[column]!, performance: performance(tp, fn, fp) };
  });

  // SpikeInterface judges tested units by the Hungarian match whatever the match mode.
  const rowOf = new Int32Array(columns).fill(-1);
  matched.forEach((column, row) => {
    if (column >= 0) rowOf[column] = row;
  });
  const ids = (keep: (column: number) => boolean) => tested.unitIds.filter((_, column) => keep(column));
  const score = (row: number, column: number) => agreement[row * columns + column]!;
  const free = (column: number) => rowOf[column]! < 0;
  const among = (keep: (column: number) => boolean) => (settings.exhaustive_gt ? ids(keep) : []);
  return {
    units,
    pooled: meanPerformance(units.map((unit) => unit.performance)),
    wellDetected: ids((c) => !free(c) && score(rowOf[c]!, c) >= settings.well_detected_score),
    falsePositive: among((c) => free(c) && (best.of2[c]! < 0 || score(best.of2[c]!, c) < settings.redundant_score)),
    redundant: among((c) => {
      const row = best.of2[c]!;
      return free(c) && row >= 0 && best.of1[row] !== c && score(row, c) >= settings.redundant_score;
    }),
    overmerged: among((c) => spikes1.filter((_, row) => score(row, c) > settings.overmerged_score).length > 1),
    bad: among(free),
    matchCount,
    agreement,
    testedOf,
  };
}

/** Frames two spikes may be apart and still be the same. */
export function deltaFrames(sorting: Sorting, deltaTimeMs: number): number {
  return Math.trunc((deltaTimeMs / 1000) * sorting.samplingFrequency);
}

function check(groundTruth: Sorting, tested: Sorting): void {
  if (groundTruth.segments.length !== tested.segments.length)
    throw new UserError(
      `the ground truth has ${groundTruth.segments.length} segments, the sorting ${tested.segments.length}`,
      { hint: 'Compare sortings of the same recording.' },
    );
  const [rate1, rate2] = [groundTruth.samplingFrequency, tested.samplingFrequency];
  if (Math.abs(rate1 - rate2) > 1e-3 * rate1)
    throw new UserError(`the ground truth is sampled at ${rate1} Hz, the sorting at ${rate2} Hz`, {
      hint: 'Compare sortings of the same recording.',
    });
}

function hungarianMatch(agreement: Float64Array, rows: number, columns: number, least: number): Int32Array {
  const cost = agreement.map((score) => (score < least ? 0 : -score));
  return leastCostAssignment(cost, rows, columns).map((column, row) =>
    column >= 0 && agreement[row * columns + column]! >= least ? column : -1,
  );
}

/** The most similar unit of the other side, each on its own; -1 below `least`. */
function bestMatch(agreement: Float64Array, rows: number, columns: number, least: number) {
  const of1 = new Int32Array(rows).fill(-1);
  const of2 = new Int32Array(columns).fill(-1);
  const best1 = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  const best2 = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const score = agreement[row * columns + column]!;
      if (score > best1[row]!) {
        best1[row] = score;
        of1[row] = score >= least ? column : -1;
      }
      if (score > best2[column]!) {
        best2[column] = score;
        of2[column] = score >= least ? row : -1;
      }
    }
  return { of1, of2 };
}

function performance(tp: number, fn: number, fp: number): Performance {
  if (tp === 0) return { accuracy: 0, recall: 0, precision: 0, false_discovery_rate: 0, miss_rate: 0 };
  return {
    accuracy: tp / (tp + fn + fp),
    recall: tp / (tp + fn),
    precision: tp / (tp + fp),
    false_discovery_rate: fp / (tp + fp),
    miss_rate: fn / (tp + fn),
  };
}

function meanPerformance(all: readonly Performance[]): Performance {
  const mean = (key: keyof Performance) => all.reduce((sum, one) => sum + one[key], 0) / all.length;
  return {
    accuracy: mean('accuracy'),
    recall: mean('recall'),
    precision: mean('precision'),
    false_discovery_rate: mean('false_discovery_rate'),
    miss_rate: mean('miss_rate'),
  };
}
