import type { Domain, HeatMark, ImageMark, TracesMark } from './mark.ts';
import { png } from './png.ts';
import { heatShades, shades } from './shades.ts';
import { byteColor, colored, element, type Place, placer, points } from './svgParts.ts';

/** Each piece as an outline, along its maxima and back along its minima; a trace of samples becomes a line. */
export function traces(mark: TracesMark): string {
  const { minMax, columns, center, span, firstRow, gain, pieces, colors, domain } = mark;
  const place = placer(mark);
  const perColumn = (span[1] - span[0]) / columns;
  const seen = [(domain[0] - span[0]) / perColumn - 1, (domain[2] - span[0]) / perColumn + 1] as const;
  const out: string[] = [];
  for (let piece = 0; piece < pieces.length / 3; piece++) {
    const [u0, u1, row] = [pieces[3 * piece]!, pieces[3 * piece + 1]!, pieces[3 * piece + 2]!];
    const first = Math.max(0, Math.floor(Math.max(u0 * columns, seen[0])));
    const count = Math.min(columns, Math.ceil(Math.min(u1 * columns, seen[1]))) - first;
    if (count <= 0) continue;
    const at = (i: number) => first + (i < count ? i : 2 * count - 1 - i);
    const value = (i: number) => minMax[2 * (row * columns + at(i)) + (i < count ? 1 : 0)]! - center[row]!;
    const outline = points(
      2 * count,
      (i) => place.x(span[0] + (at(i) + 0.5) * perColumn),
      (i) => place.y(firstRow + row + value(i) * gain),
    );
    const color = byteColor(colors, piece);
    const style = { ...colored('fill', color), ...colored('stroke', color), 'stroke-linejoin': 'round' };
    out.push(element('path', { d: `M${outline}Z`, ...style }));
  }
  return out.join('');
}

export function image(mark: ImageMark): string {
  const { values, colormap, range, columns, rows, extent } = mark;
  return picture(shades(values, colormap, range), columns, rows, extent, placer(mark));
}

export function heat(mark: HeatMark): string {
  const { columns, rows, span, firstRow } = mark;
  const colors = heatShades({ ...mark, pooled: 1 });
  for (let i = 3; i < colors.length; i += 4) colors[i] = 255;
  return picture(colors, columns, rows, [span[0], firstRow - 0.5, span[1], firstRow + rows - 0.5], placer(mark));
}

/** colors: [rows][columns][4], row 0 at the bottom */
function picture(colors: Uint8Array, columns: number, rows: number, [x0, y0, x1, y1]: Domain, place: Place): string {
  const turned = new Uint8Array(colors.length);
  for (let row = 0; row < rows; row++)
    turned.set(colors.subarray(4 * row * columns, 4 * (row + 1) * columns), 4 * (rows - 1 - row) * columns);
  return element('image', {
    x: place.x(x0),
    y: place.y(y1),
    width: place.x(x1) - place.x(x0),
    height: place.y(y0) - place.y(y1),
    preserveAspectRatio: 'none',
    style: 'image-rendering:pixelated',
    href: `data:image/png;base64,${base64(png(turned, columns, rows))}`,
  });
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3 * 4096)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 3 * 4096))));
  return parts.join('');
}
