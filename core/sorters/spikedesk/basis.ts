import { CholeskyDecomposition, EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';

/** A few shapes in time that together make nearly every spike's waveform on one channel. */
export interface Basis {
  readonly size: number;
  /** Orthonormal. [size][samples] */
  readonly shapes: Float32Array;
  /** Makes the weights of plain noise independent with deviation 1: white = whitener · weights. [size][size] */
  readonly whitener: Float32Array;
}

/** Principal shapes of spikes, each scaled to length 1 so that large units do not decide alone. */
export function temporalBasis(spikes: Float32Array, quiet: Float32Array, samples: number, size: number): Basis {
  const second = secondMoment(unitLength(spikes, samples), samples);
  // With few or no spikes the rest is filled with what noise looks like: the basis stays complete.
  const noise = secondMoment(quiet, samples);
  for (let i = 0; i < samples * samples; i++) second[i]! += 1e-3 * noise[i]! + (i % (samples + 1) === 0 ? 1e-9 : 0);
  const eigen = new EigenvalueDecomposition(Matrix.from1DArray(samples, samples, second), { assumeSymmetric: true });
  const order = eigen.realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => eigen.realEigenvalues[b]! - eigen.realEigenvalues[a]!);
  const shapes = new Float32Array(size * samples);
  for (let k = 0; k < size; k++)
    for (let s = 0; s < samples; s++) shapes[k * samples + s] = eigen.eigenvectorMatrix.get(s, order[k]!);
  return { size, shapes, whitener: noiseWhitener(shapes, quiet, samples, size) };
}

/** Weights of one wave on each shape. wave: traces[at … at + samples) */
export function project(
  basis: Basis,
  samples: number,
  traces: Float32Array,
  at: number,
  out: Float32Array,
  to: number,
) {
  for (let k = 0; k < basis.size; k++) {
    let sum = 0;
    const row = k * samples;
    for (let s = 0; s < samples; s++) sum += basis.shapes[row + s]! * traces[at + s]!;
    out[to + k] = sum;
  }
}

function noiseWhitener(shapes: Float32Array, quiet: Float32Array, samples: number, size: number): Float32Array {
  const count = quiet.length / samples;
  const weights = new Float32Array(size);
  const covariance = Matrix.eye(size, size).mul(1e-6);
  for (let i = 0; i < count; i++) {
    project({ size, shapes, whitener: shapes }, samples, quiet, i * samples, weights, 0);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) covariance.set(a, b, covariance.get(a, b) + (weights[a]! * weights[b]!) / count);
  }
  if (count === 0) covariance.add(Matrix.eye(size, size));
  return Float32Array.from(inverse(new CholeskyDecomposition(covariance).lowerTriangularMatrix).to1DArray());
}

function unitLength(waves: Float32Array, samples: number): Float32Array {
  const out = waves.slice();
  for (let at = 0; at < out.length; at += samples) {
    let power = 0;
    for (let s = 0; s < samples; s++) power += out[at + s]! ** 2;
    const scale = power > 0 ? 1 / Math.sqrt(power) : 0;
    for (let s = 0; s < samples; s++) out[at + s]! *= scale;
  }
  return out;
}

/** Mean of wave · waveᵀ. [samples][samples] */
export function secondMoment(waves: Float32Array, samples: number): Float64Array {
  const out = new Float64Array(samples * samples);
  const count = Math.max(1, waves.length / samples);
  for (let at = 0; at < waves.length; at += samples)
    for (let a = 0; a < samples; a++) {
      const share = waves[at + a]! / count;
      for (let b = 0; b < samples; b++) out[a * samples + b]! += share * waves[at + b]!;
    }
  return out;
}
