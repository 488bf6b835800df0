import { type Sorting, spikeTrain } from '../shared/sorting.ts';

/**
 * What became of each spike, a label a spike, [unit][segment][spike]: TP, FN (ground truth), FP (tested), or
 * CL_a_b where a spike of unit a was given to matched unit b.
 */
export interface SpikeLabels {
  readonly groundTruth: readonly (readonly string[])[][];
  readonly tested: readonly (readonly string[])[][];
}

/** As SpikeInterface's do_score_labels. `testedOf`: tested unit of each ground-truth unit, -1 for none. */
export function spikeLabels(
  groundTruth: Sorting,
  tested: Sorting,
  testedOf: Int32Array,
  deltaFrames: number,
  misclassification: boolean,
): SpikeLabels {
  const trains1 = trains(groundTruth);
  const trains2 = trains(tested);
  const labels1 = trains1.map((unit) => unit.map((train) => new Array<string>(train.length).fill('')));
  const labels2 = trains2.map((unit) => unit.map((train) => new Array<string>(train.length).fill('')));
  const matched = [...new Set(testedOf)].filter((unit) => unit >= 0).sort((a, b) => a - b);
  groundTruth.segments.forEach((_, segment) => {
    testedOf.forEach((unit2, unit1) => {
      if (unit2 < 0) labels1[unit1]![segment]!.fill('FN');
      else
        for (const frame of meetingFrames(trains1[unit1]![segment]!, trains2[unit2]![segment]!, deltaFrames)) {
          labels1[unit1]![segment]![nearest(trains1[unit1]![segment]!, frame)] = 'TP';
          labels2[unit2]![segment]![nearest(trains2[unit2]![segment]!, frame)] = 'TP';
        }
    });
    if (!misclassification) return;
    testedOf.forEach((own, unit1) => {
      if (own < 0) return;
      const labels = labels1[unit1]![segment]!;
      trains1[unit1]![segment]!.forEach((frame, spike) => {
        if (labels[spike] !== '') return;
        for (const unit2 of matched) {
          const near = trains2[unit2]![segment]!.findIndex((other) => Math.abs(other - frame) <= deltaFrames);
          if (near < 0 || labels2[unit2]![segment]![near]!.startsWith('CL')) continue;
          const [id1, id2] = [groundTruth.unitIds[unit1]!, tested.unitIds[unit2]!];
          labels[spike] = `CL_${id1}_${id2}`;
          labels2[unit2]![segment]![near] = `CL_${id2}_${id1}`;
          break;
        }
      });
    });
  });
  return { groundTruth: filled(labels1, 'FN'), tested: filled(labels2, 'FP') };
}

function trains(sorting: Sorting): Float64Array[][] {
  return sorting.unitIds.map((_, unit) => sorting.segments.map((_, segment) => spikeTrain(sorting, unit, segment)));
}

/** Frame of the last spike of each run of spikes that lie within `delta` of the next and change train. */
function meetingFrames(train1: Float64Array, train2: Float64Array, delta: number): number[] {
  const merged = [...train1].map((frame) => ({ frame, train: 1 }));
  for (const frame of train2) merged.push({ frame, train: 2 });
  merged.sort((a, b) => a.frame - b.frame);
  const frames: number[] = [];
  for (let i = 1; i < merged.length; i++) {
    const [a, b, c] = [merged[i - 1]!, merged[i]!, merged[i + 1]];
    if (b.train === a.train || b.frame - a.frame > delta) continue;
    const goesOn = c !== undefined && c.train !== b.train && c.frame - b.frame <= delta;
    if (!goesOn) frames.push(b.frame);
  }
  return frames;
}

function nearest(train: Float64Array, frame: number): number {
  let best = 0;
  for (let i = 1; i < train.length; i++) if (Math.abs(train[i]! - frame) < Math.abs(train[best]! - frame)) best = i;
  return best;
}

function filled(labels: string[][][], rest: string): string[][][] {
  return labels.map((unit) => unit.map((segment) => segment.map((label) => label || rest)));
}
