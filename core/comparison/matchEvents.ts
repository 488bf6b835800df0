import { type Sorting, spikeCounts } from '../shared/sorting.ts';

/**
 * How many spikes of each unit of `first` meet one of each unit of `second` within `deltaFrames` (included), as
 * SpikeInterface's make_match_count_matrix: a spike is not matched twice within a pair, and a count never exceeds
 * the spikes of the second unit. Not symmetric: `first` is the ground truth. out: [first units][second units]
 */
export function matchCounts(first: Sorting, second: Sorting, deltaFrames: number): Float64Array {
  const columns = second.unitIds.length;
  const counts = new Float64Array(first.unitIds.length * columns);
  first.segments.forEach((spikes1, segment) => {
    const spikes2 = second.segments[segment]!;
    const last1 = new Int32Array(counts.length).fill(-1);
    const last2 = new Int32Array(counts.length).fill(-1);
    let start = 0;
    for (let i = 0; i < spikes1.sampleIndex.length; i++) {
      const frame = spikes1.sampleIndex[i]!;
      while (start < spikes2.sampleIndex.length && spikes2.sampleIndex[start]! < frame - deltaFrames) start++;
      for (let j = start; j < spikes2.sampleIndex.length; j++) {
        if (spikes2.sampleIndex[j]! > frame + deltaFrames) break;
        const pair = spikes1.unitIndex[i]! * columns + spikes2.unitIndex[j]!;
        if (last1[pair] === i || last2[pair] === j) continue;
        last1[pair] = i;
        last2[pair] = j;
        counts[pair]!++;
      }
    }
  });
  const most = spikeCounts(second);
  for (let pair = 0; pair < counts.length; pair++) counts[pair] = Math.min(counts[pair]!, most[pair % columns]!);
  return counts;
}

/** Matches over all spikes of both: count / (n1 + n2 - count). out: [first units][second units] */
export function agreementScores(counts: Float64Array, spikes1: Int32Array, spikes2: Int32Array): Float64Array {
  const columns = spikes2.length;
  return counts.map((count, pair) => {
    const all = spikes1[Math.floor(pair / columns)]! + spikes2[pair % columns]! - count;
    return all === 0 ? 0 : count / all;
  });
}

/**
 * Number of meetings between two spike trains, as SpikeInterface's count_matching_events: runs of spikes that lie
 * within `deltaFrames` of the next and change train count once.
 */
export function countMatchingEvents(train1: Float64Array, train2: Float64Array, deltaFrames: number): number {
  let i = 0;
  let j = 0;
  let previousFrame = Number.NEGATIVE_INFINITY;
  let previousTrain = 0;
  let inRun = false;
  let count = 0;
  while (i < train1.length || j < train2.length) {
    const first = j >= train2.length || (i < train1.length && train1[i]! <= train2[j]!);
    const frame = first ? train1[i++]! : train2[j++]!;
    const train = first ? 1 : 2;
    const meets = previousTrain !== 0 && previousTrain !== train && frame - previousFrame <= deltaFrames;
    if (meets && !inRun) count++;
    inRun = meets;
    previousFrame = frame;
    previousTrain = train;
  }
  return count;
}
