import { centerOfMass } from './centerOfMass.ts';

/** A point source: µm in the plane of the probe, z away from it; alpha is its strength at 1 µm. */
export interface Monopole {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly alpha: number;
}

/**
 * The point source whose 1/distance law fits the strength on the contacts best (Boussard et al. 2021, the least
 * squares of SpikeInterface's monopolar_triangulation). Levenberg and Marquardt from the centre of mass, 20 µm off
 * the probe, within the same bounds; alpha is linear in the model and is solved for at each step.
 */
export function fitMonopole(
  strength: Float64Array,
  channels: Int32Array,
  x: Float64Array,
  y: Float64Array,
  maxDistanceUm: number,
): Monopole {
  const [startX, startY] = centerOfMass(strength, channels, x, y);
  const low = [startX - maxDistanceUm, startY - maxDistanceUm, 1];
  const high = [startX + maxDistanceUm, startY + maxDistanceUm, maxDistanceUm * 10];
  const maxAlpha = Math.max(...strength) * maxDistanceUm;
  let at = [startX, startY, 20];
  let now = residuals(at, strength, channels, x, y, maxAlpha);
  let damping = 1e-3;
  for (let round = 0; round < 500; round++) {
    const [matrix, right] = normalEquations(at, now, strength, channels, x, y, maxAlpha, damping);
    at.forEach((value, i) => {
      const outward = right[i]! < 0 ? value <= low[i]! : value >= high[i]!;
      if (outward) hold(matrix, right, i);
    });
    const step = solve3(matrix, right);
    const next = at.map((v, i) => Math.min(high[i]!, Math.max(low[i]!, v + step[i]!)));
    const trial = residuals(next, strength, channels, x, y, maxAlpha);
    if (trial.cost < now.cost) {
      const moved = Math.hypot(next[0]! - at[0]!, next[1]! - at[1]!, next[2]! - at[2]!);
      const gained = (now.cost - trial.cost) / now.cost;
      at = next;
      now = trial;
      damping = Math.max(1e-12, damping / 5);
      if (moved < 1e-7 || gained < 1e-14) break;
    } else {
      damping *= 5;
      if (damping > 1e12) break;
    }
  }
  return { x: at[0]!, y: at[1]!, z: at[2]!, alpha: now.alpha };
}

interface Residuals {
  readonly errors: Float64Array;
  readonly cost: number;
  readonly alpha: number;
}

function residuals(
  [px = 0, py = 0, pz = 0]: readonly number[],
  strength: Float64Array,
  channels: Int32Array,
  x: Float64Array,
  y: Float64Array,
  maxAlpha: number,
): Residuals {
  const near = new Float64Array(channels.length);
  let dot = 0;
  let norm = 0;
  for (let k = 0; k < channels.length; k++) {
    near[k] = 1 / Math.hypot(px - x[channels[k]!]!, py - y[channels[k]!]!, pz);
    dot += near[k]! * strength[k]!;
    norm += near[k]! * near[k]!;
  }
  const alpha = Math.min(maxAlpha, Math.max(0, dot / norm));
  let cost = 0;
  const errors = near.map((v, k) => {
    const error = strength[k]! - alpha * v;
    cost += error * error;
    return error;
  });
  return { errors, cost, alpha };
}

/** JᵀJ with damping on its diagonal, and Jᵀr, of the residuals with alpha solved for (numeric derivatives). */
function normalEquations(
  at: readonly number[],
  now: Residuals,
  strength: Float64Array,
  channels: Int32Array,
  x: Float64Array,
  y: Float64Array,
  maxAlpha: number,
  damping: number,
): [matrix: number[][], right: number[]] {
  const columns = [0, 1, 2].map((i) => {
    const h = 1e-5 * Math.max(1, Math.abs(at[i]!));
    const ahead = residuals(at.with(i, at[i]! + h), strength, channels, x, y, maxAlpha);
    const behind = residuals(at.with(i, at[i]! - h), strength, channels, x, y, maxAlpha);
    return ahead.errors.map((value, k) => (value - behind.errors[k]!) / (2 * h));
  });
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  const matrix = columns.map((a) => columns.map((b) => dot(a, b)));
  for (let i = 0; i < 3; i++) matrix[i]![i]! += damping * (matrix[i]![i]! + 1e-12);
  return [matrix, columns.map((a) => -dot(a, now.errors))];
}

/** Takes one coordinate out of the system: it lies on its bound and would go beyond. */
function hold(matrix: number[][], right: number[], i: number): void {
  matrix.forEach((row, r) => {
    row.forEach((_, c) => {
      if (r === i || c === i) row[c] = r === c ? 1 : 0;
    });
  });
  right[i] = 0;
}

/** Solves a 3 × 3 system by elimination with pivots. */
function solve3(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < 3; i++) {
    const pivot = rows.slice(i).reduce((best, row) => (Math.abs(row[i]!) > Math.abs(best[i]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(i, 0, pivot);
    if (pivot[i] === 0) return [0, 0, 0];
    for (let r = 0; r < 3; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / pivot[i]!;
      for (let c = i; c < 4; c++) rows[r]![c]! -= factor * pivot[c]!;
    }
  }
  return rows.map((row, i) => row[3]! / row[i]!);
}
