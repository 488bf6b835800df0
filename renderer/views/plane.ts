import type { Box, Domain } from '../gl/mark.ts';

/** Where values lie on the screen: the domain fills the box. */
export interface Plane {
  readonly box: Box;
  readonly domain: Domain;
}

type Range = readonly [number, number];

/** CSS pixels of a value. */
export function pixelX({ box, domain: [x0, , x1] }: Plane, x: number): number {
  return box.x + ((x - x0) / (x1 - x0)) * box.width;
}

export function pixelY({ box, domain: [, y0, , y1] }: Plane, y: number): number {
  return box.y + box.height - ((y - y0) / (y1 - y0)) * box.height;
}

/** The value at CSS pixels. */
export function valueX({ box, domain: [x0, , x1] }: Plane, x: number): number {
  return x0 + ((x - box.x) / box.width) * (x1 - x0);
}

export function valueY({ box, domain: [, y0, , y1] }: Plane, y: number): number {
  return y0 + ((box.y + box.height - y) / box.height) * (y1 - y0);
}

export function inBox({ x, y }: { readonly x: number; readonly y: number }, box: Box): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

/** The range made longer or shorter by `factor`, so that `at` stays where it is. */
export function zoomRange([from, to]: Range, at: number, factor: number): [number, number] {
  return [at + (from - at) * factor, at + (to - at) * factor];
}

/** The range kept within `all`, and not shorter than `least`; undefined: it is all. */
export function keepRange([from, to]: Range, all: Range, least: number): [number, number] | undefined {
  const length = Math.max(least, to - from);
  if (length >= all[1] - all[0]) return undefined;
  const start = Math.min(all[1] - length, Math.max(all[0], (from + to - length) / 2));
  return [start, start + length];
}

/** Least and greatest of the numbers that are finite; undefined: there are none. */
export function extent(values: Iterable<number>): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return low <= high ? [low, high] : undefined;
}
