const ROUNDS = 60;

/**
 * The `count` eigenvectors of the largest eigenvalues of a positive symmetric matrix [size][size], by subspace
 * iteration; each of length 1, its largest element positive. out: [count][size]
 */
export function largestEigenvectors(matrix: Float64Array, size: number, count: number): Float64Array {
  // A start that no eigenvector is orthogonal to: cosines of rising frequency, each shifted a little.
  const basis = Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: size }, (_, i) => Math.cos(((k + 1) * Math.PI * (i + 0.3)) / size) + 0.1 / (1 + i + k)),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const vector of basis) vector.set(product(matrix, vector));
    orthonormalize(basis);
  }
  const out = new Float64Array(count * size);
  rotated(matrix, basis).forEach((vector, k) => {
    const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    out.set(largest < 0 ? vector.map((value) => -value) : vector, k * size);
  });
  return out;
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * vector[j]!;
    out[i] = sum;
  }
  return out;
}

/** Gram and Schmidt, in place. A vector that depends on those before becomes 0. */
function orthonormalize(basis: readonly Float64Array[]): void {
  basis.forEach((vector, k) => {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++)
      for (const other of basis.slice(0, k)) {
        const along = dot(vector, other);
        for (let i = 0; i < vector.length; i++) vector[i]! -= along * other[i]!;
      }
    const length = Math.sqrt(dot(vector, vector));
    const scale = length > 1e-12 * before && length > 0 ? 1 / length : 0;
    for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Within the subspace found, the eigenvectors themselves: Jacobi's rotations of the small projected matrix. */
function rotated(matrix: Float64Array, basis: readonly Float64Array[]): Float64Array[] {
  const vectors = basis.map((vector) => vector.slice());
  for (let sweep = 0; sweep < 20; sweep++)
    for (let p = 0; p < vectors.length; p++)
      for (let q = p + 1; q < vectors.length; q++) {
        const [u, v] = [vectors[p]!, vectors[q]!];
        const mv = product(matrix, v);
        const [a, b, c] = [dot(u, product(matrix, u)), dot(u, mv), dot(v, mv)];
        const angle = 0.5 * Math.atan2(2 * b, a - c);
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        for (let i = 0; i < u.length; i++) {
          const [x, y] = [u[i]!, v[i]!];
          u[i] = cos * x + sin * y;
          v[i] = -sin * x + cos * y;
        }
      }
  const value = (vector: Float64Array) => dot(vector, product(matrix, vector));
  return vectors.sort((a, b) => value(b) - value(a));
}
