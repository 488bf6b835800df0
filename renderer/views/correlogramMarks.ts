import type { Correlograms } from '../../core/shared/api.ts';
import type { BarsMark, Box, LabelMark, Mark } from '../gl/mark.ts';
import { pixelLines, plain } from './axis.ts';
import { fillBarPixels } from './barPixels.ts';
import { cellBox, type Matrix } from './correlogramCells.ts';
import { expectedCount, type Scale, scaleFactor, scaleText } from './correlogramScale.ts';
import { memoLast } from './memoLast.ts';
import { fade } from './palette.ts';
import { colorOf, shortId } from './shownUnits.ts';
import type { ViewState } from './view.ts';

export interface CorrelogramPicture {
  readonly found: Correlograms;
  readonly matrix: Matrix;
  readonly scale: Scale;
  /** Heights that reach the top of each cell. [units][units] */
  readonly tops: Float64Array;
  readonly state: ViewState;
}

/** The bars of each row of the matrix in one mark, and those of its cell on the diagonal, which has a colour. */
export function barMarks({ found, matrix, scale, tops, state }: CorrelogramPicture): BarsMark[] {
  const { n, box } = matrix;
  const pixels = Math.max(1, Math.round(box.width * state.ratio));
  const key = [pixels, state.ratio, JSON.stringify(matrix), scale, tops[0], tops[n * n - 1]].join();
  const heights = memoLast(found.counts, 'bars', key, () => {
    const out = new Float32Array(2 * n * pixels);
    for (let row = 0; row < n; row++)
      for (let column = 0; column < n; column++) {
        const cell = cellBox(matrix, row, column);
        const from = Math.round((cell.x - box.x) * state.ratio);
        const count = Math.min(pixels - from, Math.round(cell.width * state.ratio));
        const line = row === column ? n + row : row;
        const factor = scaleFactor(found, row, column, scale) / tops[row * n + column]!;
        const first = (row * n + column) * found.bins;
        const stretch = { first, bins: found.bins, from: 0, to: found.bins, factor };
        fillBarPixels(out, line * pixels + from, count, found.counts, stretch);
      }
    return out;
  });
  return found.unitIds.flatMap((unitId, row): BarsMark[] => {
    const { y, height } = cellBox(matrix, row, 0);
    const rest = { kind: 'bars', box: { ...box, y, height }, heights, bins: pixels, top: 1 } as const;
    return [
      { ...rest, row, color: state.palette.neutral },
      { ...rest, row: n + row, color: colorOf(state, unitId) },
    ];
  });
}

/** Upright lines at the refractory period of every cell, and dashes at the rate of independent units. */
export function lineMarks(
  { found, matrix, scale, tops, state }: CorrelogramPicture,
  refractoryMs: number,
): readonly Mark[] {
  const upright: number[] = [];
  const dashed: number[] = [];
  for (let row = 0; row < matrix.n; row++)
    for (let column = 0; column < matrix.n; column++) {
      const { x, y, width, height } = cellBox(matrix, row, column);
      const off = (refractoryMs / found.windowMs) * width;
      for (const at of 2 * refractoryMs < found.windowMs ? [x + width / 2 - off, x + width / 2 + off] : [])
        upright.push(at, y, at, y + height);
      const baseline = expectedCount(found, row, column) * scaleFactor(found, row, column, scale);
      const level = y + height * (1 - baseline / tops[row * matrix.n + column]!);
      if (level <= y || !Number.isFinite(level)) continue;
      for (let from = x; from < x + width; from += 7) dashed.push(from, level, Math.min(from + 4, x + width), level);
    }
  return [pixelLines(upright, fade(state.palette.text, 0.35)), pixelLines(dashed, fade(state.palette.text, 0.8))];
}

/** Names of units above and beside the matrix, and how high its cells are. */
export function nameLabels({ found, matrix, scale, tops, state }: CorrelogramPicture, shared: boolean): LabelMark[] {
  const { n, box } = matrix;
  const labels: LabelMark[] = [];
  const first = cellBox(matrix, 0, 0);
  // Where not every name has room above its column, every second or third has.
  const widest = Math.min(42, 7 * Math.max(...found.unitIds.map((unitId) => String(unitId).length)));
  const every = Math.ceil(widest / (first.width + 2));
  found.unitIds.forEach((unitId, i) => {
    const cell = cellBox(matrix, i, i);
    const color = colorOf(state, unitId);
    const name = { kind: 'label', tone: 'strong', color } as const;
    const middle = cell.x + cell.width / 2;
    if (i % every === 0)
      labels.push({ ...name, x: middle, y: box.y / 2, text: shortId(unitId, every * cell.width), align: 'center' });
    if (n > 1 && first.height >= 12)
      labels.push({
        ...name,
        x: box.x - 4,
        y: cell.y + cell.height / 2,
        text: shortId(unitId, box.x - 6),
        align: 'right',
      });
  });
  if (first.width > 72 && first.height > 40 && n <= 10)
    for (let cell = 0; cell < (shared ? 1 : n * n); cell++) {
      const { x, y } = cellBox(matrix, Math.floor(cell / n), cell % n);
      const text = scaleText(tops[cell]! / 1.15, scale);
      labels.push({ kind: 'label', x: x + 4, y: y + 8, text, align: 'left', tone: 'dim' });
    }
  return labels;
}

/** Lags below a cell, as many as have room. */
export function lagLabels({ x, width }: Box, y: number, half: number): LabelMark[] {
  const label = (at: number, text: string, align: LabelMark['align']): LabelMark => ({
    kind: 'label',
    x: at,
    y,
    text,
    align,
    tone: 'dim',
  });
  if (width < 60) return [label(x, `±${plain(half)} ms`, 'left')];
  const ends = [label(x, `−${plain(half)}`, 'left'), label(x + width, `${plain(half)} ms`, 'right')];
  return width < 110 ? ends : [...ends, label(x + width / 2, '0', 'center')];
}
