import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { random } from '../../shared/random.ts';
import { isocut } from './isocut.ts';
import { kmeans } from './kmeans.ts';
import { covarianceOf, meanOf, type Points } from './points.ts';
import { valley } from './valley.ts';

export interface IsosplitOptions {
  /** Parcels to start from. */
  readonly parcels: number;
  /** Two neighbours stay apart when the score between them is above this (see isocut). */
  readonly threshold: number;
  /** … or when the valley between them is deeper than this (see valley). */
  readonly valley: number;
  /** A smaller cluster joins its neighbour. */
  readonly minSize: number;
  readonly seed: number;
}

interface Cluster {
  rows: Int32Array;
  mean: Float64Array;
  covariance: Float64Array;
}

/**
 * Clusters of one mode each (Magland and Barnett 2015): start from too many parcels, compare neighbours along the line
 * that parts them best, join those with no valley between them and deal the others anew at the valley; until no pair of
 * neighbours is left to compare. out: a cluster number a point, from 0, gapless
 */
export function isosplit(points: Points, options: IsosplitOptions): Int32Array {
  const parcels = Math.max(1, Math.min(options.parcels, Math.floor(points.count / Math.max(2, options.minSize / 2))));
  const first = kmeans(points, parcels, 6, random(options.seed));
  let clusters = byLabel(first).map((rows) => describe(points, rows));
  const settled = new Set<string>();
  const keys = new Map<Cluster, number>();
  let lastKey = 0;
  const keyOf = (cluster: Cluster) => {
    const key = keys.get(cluster) ?? ++lastKey;
    keys.set(cluster, key);
    return key;
  };
  const pairKey = (a: Cluster, b: Cluster) => {
    const [i, j] = [keyOf(a), keyOf(b)];
    return i < j ? `${i}-${j}` : `${j}-${i}`;
  };
  for (let rounds = 0; rounds < 200 && clusters.length > 1; rounds++) {
    const pairs = nearestPairs(clusters, (a, b) => settled.has(pairKey(a, b)));
    if (pairs.length === 0) break;
    for (const [a, b] of pairs) {
      const after = compare(points, a, b, options);
      if (after.length === 2 && sameRows(after[0]!.rows, a.rows)) {
        settled.add(pairKey(a, b));
        continue;
      }
      clusters = [...clusters.filter((cluster) => cluster !== a && cluster !== b), ...after];
      // The pair just dealt anew is settled too: without this two ragged neighbours could go on for ever.
      if (after.length === 2) settled.add(pairKey(after[0]!, after[1]!));
    }
  }
  const labels = new Int32Array(points.count);
  clusters.sort((a, b) => a.rows[0]! - b.rows[0]!);
  clusters.forEach((cluster, k) => {
    for (const row of cluster.rows) labels[row] = k;
  });
  return labels;
}

function describe(points: Points, rows: Int32Array): Cluster {
  const mean = meanOf(points, rows);
  return { rows, mean, covariance: covarianceOf(points, rows, mean) };
}

/** Pairs that are each other's nearest among those not settled. */
function nearestPairs(clusters: readonly Cluster[], done: (a: Cluster, b: Cluster) => boolean): [Cluster, Cluster][] {
  const nearest = clusters.map((a) => {
    let best: Cluster | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const b of clusters) {
      if (a === b) continue;
      const distance = a.mean.reduce((sum, v, d) => sum + (v - b.mean[d]!) ** 2, 0);
      if (distance < least && !done(a, b)) {
        least = distance;
        best = b;
      }
    }
    return best;
  });
  const index = new Map(clusters.map((cluster, i) => [cluster, i]));
  return clusters.flatMap((a, i): [Cluster, Cluster][] => {
    const b = nearest[i];
    if (!b) return [];
    const j = index.get(b)!;
    return nearest[j] === a && i < j ? [[a, b]] : [];
  });
}

function compare(points: Points, a: Cluster, b: Cluster, options: IsosplitOptions): Cluster[] {
  const rows = new Int32Array(a.rows.length + b.rows.length);
  rows.set(a.rows);
  rows.set(b.rows, a.rows.length);
  if (Math.min(a.rows.length, b.rows.length) < options.minSize) return [describe(points, rows.sort())];
  const along = projections(points, rows, discriminant(a, b));
  const cut = cutBetween(along, a.rows.length, options);
  if (!cut) return [describe(points, rows.sort())];
  const low = rows.filter((_, i) => along[i]! < cut).sort();
  const high = rows.filter((_, i) => along[i]! >= cut).sort();
  if (low.length === 0 || high.length === 0) return [describe(points, rows.sort())];
  return [describe(points, low), describe(points, high)];
}

/** Where to part `along`, whose first `first` values are of one cluster; undefined if they are of one mode. */
function cutBetween(along: Float32Array, first: number, options: IsosplitOptions): number | undefined {
  const { score, at } = isocut(along);
  if (score >= options.threshold) return at;
  const clear = valley(along, first);
  return clear.depth >= options.valley ? clear.at : undefined;
}

/** Fisher's direction: the inverse of the two covariances' mean, times the difference of the means. */
function discriminant(a: Cluster, b: Cluster): Float64Array {
  const n = a.mean.length;
  const pooled = new Matrix(n, n);
  let trace = 0;
  for (let i = 0; i < n * n; i++) {
    const value = (a.covariance[i]! + b.covariance[i]!) / 2;
    pooled.set(Math.floor(i / n), i % n, value);
    if (i % (n + 1) === 0) trace += value;
  }
  const ridge = (1e-3 * trace) / n + 1e-9;
  for (let i = 0; i < n; i++) pooled.set(i, i, pooled.get(i, i) + ridge);
  const difference = Matrix.columnVector(b.mean.map((v, d) => v - a.mean[d]!));
  return Float64Array.from(new CholeskyDecomposition(pooled).solve(difference).to1DArray());
}

function projections(points: Points, rows: Int32Array, axis: Float64Array): Float32Array {
  const { dimensions, values } = points;
  return Float32Array.from(rows, (row) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += axis[d]! * values[row * dimensions + d]!;
    return sum;
  });
}

function sameRows(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

export function byLabel(labels: Int32Array): Int32Array[] {
  const rows: number[][] = [];
  labels.forEach((label, i) => {
    const list = rows[label] ?? [];
    rows[label] = list;
    list.push(i);
  });
  return rows.filter((list) => list !== undefined).map((list) => Int32Array.from(list));
}
