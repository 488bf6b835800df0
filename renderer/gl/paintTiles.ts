import { coverage } from './coverage.ts';
import type { HeatMark, TracesMark } from './mark.ts';
import type { Pen } from './paint.ts';
import * as quads from './quads.ts';
import { heatShades } from './shades.ts';
import { spansOf } from './spans.ts';

/** With fewer columns a device pixel than this, pixels look up lines between columns. */
const LEAST_COLUMNS = 0.9;

/** Columns a device pixel, and how many of them are taken together so that a pixel never has more than two. */
function density({ columns, span }: TracesMark | HeatMark, { at: { domain, viewport } }: Pen) {
  const perPixel = (columns * (domain[2] - domain[0])) / (span[1] - span[0]) / viewport.width;
  const pooled = Math.max(1, Math.floor(perPixel));
  return { perPixel, pooled, lines: Math.ceil(columns / pooled), apart: perPixel / pooled / 4 };
}

export function traces(mark: TracesMark, pen: Pen): void {
  if (mark.pieces.length === 0) return;
  if (density(mark, pen).perPixel < LEAST_COLUMNS) wideColumns(mark, pen);
  else narrowColumns(mark, pen);
}

function narrowColumns(mark: TracesMark, pen: Pen): void {
  const { minMax, columns, center, span, firstRow, gain, pieces, colors, beside } = mark;
  const { commands, uploads, at, ratio } = pen;
  const { domain, viewport } = at;
  const { pooled, lines, apart } = density(mark, pen);
  const { height } = viewport;
  const perRow = height / (domain[3] - domain[1]);
  const zero = (firstRow - domain[1]) * perRow;
  const version = [height, zero, perRow, gain, pooled, ratio].join();
  const lay = () =>
    coverage({
      minMax,
      columns,
      pooled,
      beside,
      center,
      pieces,
      colors,
      height,
      zero,
      perRow,
      perValue: perRow * gain,
      width: ratio,
    });
  commands.cover({
    ...at,
    cover: uploads.texture(
      uploads.key(minMax, center, pieces, colors, ...(beside ? [beside] : [])),
      'cover',
      { width: height, height: lines, version },
      lay,
    ),
    span,
    halfPixel: (domain[2] - domain[0]) / viewport.width / 2,
    filled: columns / pooled / lines,
    apart: apart / lines,
  });
}

function wideColumns(mark: TracesMark, pen: Pen): void {
  const { minMax, columns, rows, center, span, firstRow, gain, pieces, colors, beside } = mark;
  const { commands, uploads, at, ratio } = pen;
  const n = pieces.length / 3;
  const key = beside ? uploads.key(minMax, beside) : minMax;
  const spans = () => new Uint8Array(spansOf({ minMax, columns, pooled: 1, beside }).buffer);
  commands.traces({
    ...at,
    spans: uploads.texture(key, 'spans', { width: columns + 2, height: rows }, spans),
    shape: [columns, rows],
    vertex: uploads.buffer(uploads.key(minMax, pieces), 'vertices', () => quads.traceVertices(mark)),
    middle: uploads.buffer(uploads.key(center, pieces), 'middles', () => quads.traceMiddles(pieces, center)),
    colors: uploads.buffer(colors, 'colors4', () => quads.repeatColors(colors, 4)),
    elements: uploads.elements(pieces, 'quads', () => quads.quadElements(n)),
    count: 6 * n,
    span,
    firstRow,
    gain,
    pixel: (at.domain[3] - at.domain[1]) / at.viewport.height / gain,
    half: Math.min(0.5, density(mark, pen).perPixel / 2),
    width: ratio,
  });
}

export function heat(mark: HeatMark, pen: Pen): void {
  const { minMax, columns, rows, center, colormap, most, span, firstRow } = mark;
  const { commands, uploads, at } = pen;
  const { pooled, lines, apart } = density(mark, pen);
  const shape = { width: lines, height: rows, version: [most, pooled].join() };
  const shade = () => heatShades({ minMax, columns, rows, pooled, center, colormap, most });
  commands.heat({
    ...at,
    shades: uploads.texture(uploads.key(minMax, center, colormap), 'heat', shape, shade),
    extent: [span[0], firstRow - 0.5, span[1], firstRow + rows - 0.5],
    filled: columns / pooled / lines,
    apart: apart / lines,
  });
}
