import type { Box, Size } from '../gl/mark.ts';
import type { Hit } from './view.ts';

/** Where the cells of the matrix lie: n × n histograms. */
export interface Matrix {
  readonly n: number;
  /** All cells together. */
  readonly box: Box;
  readonly gap: number;
}

const MARGIN = 8;
const LABELS = 18;
const BOTTOM = 20;

/** `nameWidth`: room for the names of rows, CSS pixels. */
export function matrixOf({ width, height }: Size, n: number, nameWidth: number): Matrix {
  const left = nameWidth > 0 ? nameWidth : MARGIN;
  const top = nameWidth > 0 ? LABELS : 6;
  const box = {
    x: left,
    y: top,
    width: Math.max(1, Math.floor(width - left - MARGIN)),
    height: Math.max(1, Math.floor(height - top - BOTTOM)),
  };
  return { n, box, gap: n > 6 ? 2 : 6 };
}

/** Whole pixels, so that no bar is blurred. */
export function cellBox({ n, box, gap }: Matrix, row: number, column: number): Box {
  const edge = (start: number, length: number, i: number) => Math.round(start + (i * (length + gap)) / n);
  const [x, right] = [edge(box.x, box.width, column), edge(box.x, box.width, column + 1) - gap];
  const [y, bottom] = [edge(box.y, box.height, row), edge(box.y, box.height, row + 1) - gap];
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}

/** The cell under the pointer, and how far to the right in it (0 to 1). */
export function cellAt(hit: Hit, matrix: Matrix): { row: number; column: number; x: number } | undefined {
  for (let row = 0; row < matrix.n; row++)
    for (let column = 0; column < matrix.n; column++) {
      const box = cellBox(matrix, row, column);
      if (hit.x >= box.x && hit.x < box.x + box.width && hit.y >= box.y && hit.y < box.y + box.height)
        return { row, column, x: (hit.x - box.x) / box.width };
    }
  return undefined;
}

/** The unit whose name is under the pointer: above its column, or left of its row. */
export function nameAt(hit: Hit, matrix: Matrix): number | undefined {
  const { box, n } = matrix;
  for (let i = 0; i < n; i++) {
    const cell = cellBox(matrix, i, i);
    const above = hit.y < box.y && hit.x >= cell.x && hit.x < cell.x + cell.width;
    const left = hit.x < box.x && hit.y >= cell.y && hit.y < cell.y + cell.height;
    if (above || left) return i;
  }
  return undefined;
}
