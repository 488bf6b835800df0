import type { Random } from '../../shared/random.ts';
import type { Points } from './points.ts';

/** A first parcelling of the points into at most `parts`: k-means++ seeds (Arthur 2007), a few rounds of Lloyd's. */
export function kmeans(points: Points, parts: number, rounds: number, r: Random): Int32Array {
  const { count, dimensions, values } = points;
  const labels = new Int32Array(count);
  const centres = new Float64Array(parts * dimensions);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const squared = (i: number, k: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (values[i * dimensions + d]! - centres[k * dimensions + d]!) ** 2;
    return sum;
  };
  let used = 0;
  for (let next = r.integer(count); used < parts; used++) {
    for (let d = 0; d < dimensions; d++) centres[used * dimensions + d] = values[next * dimensions + d]!;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const distance = squared(i, used);
      if (distance < nearest[i]!) {
        nearest[i] = distance;
        labels[i] = used;
      }
      total += nearest[i]!;
    }
    if (!(total > 0)) return labels;
    let left = r.uniform() * total;
    for (next = 0; next < count - 1; next++) {
      left -= nearest[next]!;
      if (left <= 0) break;
    }
  }
  for (let round = 0; round < rounds; round++) {
    moveCentres(points, labels, centres, used);
    for (let i = 0; i < count; i++) {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < used; k++) {
        const distance = squared(i, k);
        if (distance < least) {
          least = distance;
          best = k;
        }
      }
      labels[i] = best;
    }
  }
  return labels;
}

function moveCentres(points: Points, labels: Int32Array, centres: Float64Array, parts: number): void {
  const { dimensions, values } = points;
  const sizes = new Int32Array(parts);
  const sums = new Float64Array(parts * dimensions);
  labels.forEach((label, i) => {
    sizes[label]!++;
    for (let d = 0; d < dimensions; d++) sums[label * dimensions + d]! += values[i * dimensions + d]!;
  });
  for (let k = 0; k < parts; k++)
    if (sizes[k]! > 0)
      for (let d = 0; d < dimensions; d++) centres[k * dimensions + d] = sums[k * dimensions + d]! / sizes[k]!;
}
