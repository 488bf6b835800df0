import type { Tones } from './labels.ts';
import {
  type AreaMark,
  type BarsMark,
  type Box,
  type Color,
  type Domain,
  groundOf,
  type LabelMark,
  type LinesMark,
  type Mark,
  type Size,
} from './mark.ts';
import { attributes, byteColor, colored, element, escaped, num, type Place, placer, points } from './svgParts.ts';
import { heat, image, traces } from './svgTiles.ts';

/** What is on the canvas as a drawing: every line, point and label for itself, images as images. */
export function toSvg(marks: readonly Mark[], size: Size, tones: Tones): string {
  const clips = new Map<string, string>();
  const ground = groundOf(marks);
  const body = marks.map((mark) => {
    if (mark.kind === 'label') return label(mark, tones, ground);
    const drawn = shape(mark);
    if (drawn === '' || mark.kind === 'fill' || mark.kind === 'bars') return drawn;
    const { x, y, width, height } = mark.clip ?? mark.box;
    const rect = element('rect', { x, y, width, height });
    const id = clips.get(rect) ?? `clip${clips.size}`;
    clips.set(rect, id);
    return `<g clip-path="url(#${id})">${drawn}</g>`;
  });
  const defs = [...clips].map(([rect, id]) => `<clipPath id="${id}">${rect}</clipPath>`).join('');
  const [width, height] = [num(size.width), num(size.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs>${defs}</defs>`,
    ...body.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}

function shape(mark: Exclude<Mark, LabelMark>): string {
  switch (mark.kind) {
    case 'fill':
      return rect(mark.box, mark.color);
    case 'lines':
      return lines(mark);
    case 'area':
      return area(mark);
    case 'points': {
      const { position, colors, size } = mark;
      const at = placer(mark);
      return each(colors, (i, color) => {
        const [x, y] = [at.x(position[2 * i]!), at.y(position[2 * i + 1]!)];
        return element('circle', { cx: x, cy: y, r: size / 2, ...colored('fill', color) });
      });
    }
    case 'bars':
      return bars(mark);
    case 'image':
      return image(mark);
    case 'heat':
      return heat(mark);
    case 'rects': {
      const { rects, colors } = mark;
      const at = placer(mark);
      return each(colors, (i, color) => element('rect', { ...corners(rects, i, at), ...colored('fill', color) }));
    }
    case 'segments': {
      const { position, colors } = mark;
      const at = placer(mark);
      return each(colors, (i, color) => {
        const [x0, y0, x1, y1] = position.subarray(4 * i, 4 * i + 4);
        const ends = { x1: at.x(x0!), y1: at.y(y0!), x2: at.x(x1!), y2: at.y(y1!) };
        return element('line', { ...ends, ...colored('stroke', color) });
      });
    }
    case 'traces':
      return traces(mark);
  }
}

/** One element for each colour. */
function each(colors: Uint8Array, make: (i: number, color: Color) => string): string {
  return Array.from({ length: colors.length / 4 }, (_, i) => make(i, byteColor(colors, i))).join('');
}

function corners(rects: Float32Array, i: number, at: Place) {
  const [x0, x1] = [at.x(rects[4 * i]!), at.x(rects[4 * i + 2]!)];
  const [y0, y1] = [at.y(rects[4 * i + 1]!), at.y(rects[4 * i + 3]!)];
  return { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
}

function rect(box: Box, color: Color): string {
  const { x, y, width, height } = box;
  return element('rect', { x, y, width, height, ...colored('fill', color) });
}

function lines({ position, run, from = 0, to, scale = [1, 1], at, width = 1, color, ...placed }: LinesMark): string {
  const place = placer(placed);
  const paths: string[] = [];
  for (let line = from; line < (to ?? position.length / (2 * run)); line++) {
    const [dx, dy] = at ? [at[2 * line]!, at[2 * line + 1]!] : [0, 0];
    const x = (i: number) => place.x(position[2 * (line * run + i)]! * scale[0] + dx);
    const y = (i: number) => place.y(position[2 * (line * run + i) + 1]! * scale[1] + dy);
    paths.push(element('path', { d: `M${points(run, x, y)}` }));
  }
  const style = { fill: 'none', ...colored('stroke', color), 'stroke-width': width, 'stroke-linejoin': 'round' };
  return paths.length === 0 ? '' : `<g${attributes(style)}>${paths.join('')}</g>`;
}

/** A band: along its first line, back along its second. */
function area({ position, run, from = 0, to, color, ...placed }: AreaMark): string {
  const place = placer(placed);
  const paths: string[] = [];
  for (let band = from; band < (to ?? position.length / (4 * run)); band++) {
    const at = (i: number) => 2 * (2 * band * run + (i < run ? i : 3 * run - 1 - i));
    const outline = points(
      2 * run,
      (i) => place.x(position[at(i)]!),
      (i) => place.y(position[at(i) + 1]!),
    );
    paths.push(element('path', { d: `M${outline}Z`, ...colored('fill', color) }));
  }
  return paths.join('');
}

function bars({ box, heights, bins, row, top, color }: BarsMark): string {
  const domain: Domain = [0, 0, bins, top];
  const place = placer({ box, domain });
  const height = (bin: number) => Math.min(top, Math.max(0, heights[row * bins + bin]!));
  const steps = points(
    2 * bins,
    (i) => place.x((i + 1) >> 1),
    (i) => place.y(height(i >> 1)),
  );
  const d = `M${num(box.x)} ${num(box.y + box.height)}L${steps}L${num(box.x + box.width)} ${num(box.y + box.height)}Z`;
  return element('path', { d, ...colored('fill', color) });
}

const ANCHOR = { left: 'start', center: 'middle', right: 'end' } as const;

/** Strong labels have an edge of the ground's colour, so that they can be read above data. */
function label({ x, y, text, align, tone, color }: LabelMark, tones: Tones, ground: Color | undefined): string {
  const edge = ground && { ...colored('stroke', ground), 'stroke-width': 3, 'paint-order': 'stroke' };
  const style = attributes({
    x,
    y,
    dy: '0.35em',
    'text-anchor': ANCHOR[align],
    ...(color ? colored('fill', color) : { fill: tones[tone] }),
    'font-family': 'sans-serif',
    'font-size': 11,
    ...(tone === 'strong' && { 'font-weight': 600, 'stroke-linejoin': 'round', ...edge }),
  });
  return `<text${style}>${escaped(text)}</text>`;
}
