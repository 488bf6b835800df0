/** One term of a sum over channels. */
export type Term = readonly [channel: number, weight: number];

/**
 * The derivative of `values`, each a sum over channels, at the places `at` (ascending, µm), as NumPy's gradient:
 * second order inside for uneven places, of `edgeOrder` at both ends.
 */
export function spatialGradient(
  values: readonly (readonly Term[])[],
  at: readonly number[],
  edgeOrder: number,
): readonly (readonly Term[])[] {
  const last = values.length - 1;
  return values.map((_, i) => {
    if (i > 0 && i < last) return combined(values, i - 1, inside(at[i]! - at[i - 1]!, at[i + 1]! - at[i]!));
    const steps =
      i === 0 ? [at[1]! - at[0]!, at[2]! - at[1]!] : [at[last]! - at[last - 1]!, at[last - 1]! - at[last - 2]!];
    const weights = edgeOrder === 1 ? [-1 / steps[0]!, 1 / steps[0]!] : edge(steps[0]!, steps[1]!);
    // At the far end the formula is the same, seen from the other side.
    if (i === 0) return combined(values, 0, weights);
    return combined(values, last + 1 - weights.length, weights.map((weight) => -weight).reverse());
  });
}

/** Weights of the three places around; `before` and `after` are the distances to the neighbours. */
function inside(before: number, after: number): number[] {
  const whole = before + after;
  return [-after / (before * whole), (after - before) / (before * after), before / (after * whole)];
}

/** Weights of the first three places; `near` and `far` are the distances between them. */
function edge(near: number, far: number): number[] {
  return [-(2 * near + far) / (near * (near + far)), (near + far) / (near * far), -near / (far * (near + far))];
}

function combined(values: readonly (readonly Term[])[], from: number, weights: readonly number[]): readonly Term[] {
  const sum = new Map<number, number>();
  for (const [k, weight] of weights.entries())
    for (const [channel, part] of values[from + k]!) sum.set(channel, (sum.get(channel) ?? 0) + weight * part);
  return [...sum].filter(([, weight]) => weight !== 0);
}
