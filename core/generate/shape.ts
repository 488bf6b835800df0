import type { Random } from '../shared/random.ts';

/** An action potential in time: a narrow trough at 0, a small hump before and a wide one after. Times in ms. */
export interface Shape {
  readonly troughMs: number;
  readonly before: number;
  readonly beforeMs: number;
  readonly after: number;
  readonly afterMs: number;
  readonly afterWidthMs: number;
}

export function drawShape(r: Random): Shape {
  const between = (low: number, high: number) => low + (high - low) * r.uniform();
  const troughMs = between(0.07, 0.13);
  return {
    troughMs,
    before: between(0, 0.15),
    beforeMs: troughMs * between(2.2, 3),
    after: between(0.12, 0.45),
    afterMs: between(0.35, 0.75),
    afterWidthMs: between(0.16, 0.3),
  };
}

/** The wave `tMs` after its trough; about -1 there. Smooth, so it can be sampled at any fraction of a frame. */
export function wave(shape: Shape, tMs: number): number {
  return (
    -bump(tMs / shape.troughMs) +
    shape.before * bump((tMs + shape.beforeMs) / shape.troughMs) +
    shape.after * bump((tMs - shape.afterMs) / shape.afterWidthMs)
  );
}

function bump(x: number): number {
  return Math.exp(-0.5 * x * x);
}
