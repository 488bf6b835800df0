import { breathe } from '../../compute/breathe.ts';
import type { Basis } from './basis.ts';
import { byLabel, isosplit } from './isosplit.ts';
import { meanOf, type Points, principal, select } from './points.ts';

export interface NeighbourhoodArgs {
  readonly channel: number;
  /** Channels near it, itself first. */
  readonly near: Int32Array;
  readonly basis: Basis;
  /** Weights of the channel's peaks. [peaks][near channels][basis size] */
  readonly features: Float32Array;
  readonly threshold: number;
  readonly minSize: number;
  readonly seed: number;
}

/** A group of peaks of one channel that look alike. */
export interface LocalCluster {
  readonly channel: number;
  readonly count: number;
  /** Mean weights. [near channels][basis size] */
  readonly weights: Float32Array;
}

/** Dimensions kept of a neighbourhood, and those one split looks at. */
const KEPT = 24;
const LOOKED_AT = 8;
const DEEPEST = 12;
/** See valley: of one group of noise it stays below. */
const VALLEY = 3;

/** Clusters of one channel's peaks: split until nothing splits any more, each part along its own main directions. */
export async function clusterNeighbourhood(args: NeighbourhoodArgs, signal: AbortSignal): Promise<LocalCluster[]> {
  const { features, near, basis } = args;
  const dimensions = near.length * basis.size;
  const count = features.length / dimensions;
  if (count < args.minSize) return [];
  const white = whitened(features, basis);
  const points = principal({ count, dimensions, values: white }, KEPT);
  const plain: Points = { count, dimensions, values: features };
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const parts = await leaves(points, all, args, 0, signal);
  return parts
    .filter((rows) => rows.length >= args.minSize)
    .map((rows) => ({
      channel: args.channel,
      count: rows.length,
      weights: Float32Array.from(meanOf(plain, rows)),
    }));
}

async function leaves(
  points: Points,
  rows: Int32Array,
  args: NeighbourhoodArgs,
  depth: number,
  signal: AbortSignal,
): Promise<Int32Array[]> {
  if (rows.length < 2 * args.minSize || depth > DEEPEST) return [rows];
  await breathe(signal);
  const here = principal(select(points, rows), LOOKED_AT);
  const labels = isosplit(here, {
    parcels: Math.min(depth === 0 ? 40 : 12, 4 + Math.floor(rows.length / 50)),
    threshold: args.threshold,
    valley: VALLEY,
    minSize: args.minSize,
    seed: args.seed + depth,
  });
  const parts = byLabel(labels);
  if (parts.length < 2) return [rows];
  const found: Int32Array[] = [];
  for (const part of parts) {
    const own = part.map((i) => rows[i]!);
    found.push(...(await leaves(points, own, args, depth + 1, signal)));
  }
  return found;
}

/** Weights in units of the noise: distances then say how well two spikes can be told apart. */
function whitened(features: Float32Array, { size, whitener }: Basis): Float32Array {
  const out = new Float32Array(features.length);
  for (let at = 0; at < features.length; at += size)
    for (let a = 0; a < size; a++) {
      let sum = 0;
      for (let b = 0; b <= a; b++) sum += whitener[a * size + b]! * features[at + b]!;
      out[at + a] = sum;
    }
  return out;
}
