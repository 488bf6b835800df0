import { Matrix, solve } from 'ml-matrix';

/** Places on the probe, [places][2], µm. */
type Places = readonly (readonly [x: number, y: number])[];

/** How traces at places between contacts are made of those at the contacts. */
export type SpatialKernel =
  /** As Kilosort: exp(-(distance / sigmaUm)^p). */
  | { readonly method: 'kriging'; readonly sigmaUm: number; readonly p: number }
  /** The nearest contacts, each by the inverse of its distance. */
  | { readonly method: 'idw'; readonly nearest: number }
  | { readonly method: 'nearest' };

/**
 * Weights [sources][targets] that interpolate between contacts, as SpikeInterface's get_spatial_interpolation_kernel
 * without extrapolation: a target outside the sources' rectangle has none, the weights of others add up to 1.
 */
export function spatialKernel(sources: Places, targets: Places, kernel: SpatialKernel): Float64Array {
  const out = new Float64Array(sources.length * targets.length);
  const weights = weightsOf(sources, targets, kernel);
  for (const [t, target] of targets.entries()) {
    if (!inside(sources, target)) continue;
    const column = weights(t);
    const sum = column.reduce((total, weight) => total + weight, 0);
    for (const [s, weight] of column.entries()) out[s * targets.length + t] = weight / sum;
  }
  return out;
}

/** The weights of one target, before they are made to add up to 1. */
function weightsOf(sources: Places, targets: Places, kernel: SpatialKernel): (target: number) => number[] {
  if (kernel.method === 'kriging') {
    const { sigmaUm, p } = kernel;
    const near = (a: Places, b: Places) =>
      new Matrix(a.map((from) => b.map((to) => Math.exp(-((distance(from, to) / sigmaUm) ** p)))));
    const among = near(sources, sources).add(Matrix.eye(sources.length).mul(1e-6));
    const solved = solve(among, near(sources, targets));
    return (target) => solved.getColumn(target);
  }
  const count = kernel.method === 'idw' ? kernel.nearest : 1;
  return (target) => {
    const distances = sources.map((source) => distance(source, targets[target]!));
    const nearest = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, count);
    const only = count === 1 || distances[nearest[0]!] === 0 ? nearest[0] : undefined;
    return distances.map((value, s) => {
      if (only !== undefined) return s === only ? 1 : 0;
      return nearest.includes(s) ? 1 / value : 0;
    });
  };
}

function distance([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): number {
  return Math.hypot(x1 - x0, y1 - y0);
}

function inside(sources: Places, target: readonly [number, number]): boolean {
  return target.every((value, axis) => {
    const along = sources.map((source) => source[axis]!);
    return value >= Math.min(...along) && value <= Math.max(...along);
  });
}
