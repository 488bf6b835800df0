import type {
  AreaMark,
  BarsMark,
  Box,
  Domain,
  DrawnMark,
  ImageMark,
  PointsMark,
  RectsMark,
  SegmentsMark,
} from './mark.ts';
import type { Marks } from './marks.ts';
import { lines, range } from './paintLines.ts';
import { heat, traces } from './paintTiles.ts';
import type { DeviceBox } from './place.ts';
import * as quads from './quads.ts';
import { shades } from './shades.ts';
import type { Uploads } from './uploads.ts';

/** The part of the canvas a panel has, and how many device pixels a CSS pixel is. */
export interface Ground {
  readonly panel: DeviceBox;
  readonly ratio: number;
}

/** What a mark is drawn with, and where. */
export interface Pen {
  readonly commands: Marks;
  readonly uploads: Uploads;
  readonly at: { readonly viewport: DeviceBox; readonly scissor: DeviceBox; readonly domain: Domain };
  readonly ratio: number;
}

/** Draws marks into a panel, in order. */
export function paint(marks: readonly DrawnMark[], commands: Marks, uploads: Uploads, ground: Ground): void {
  for (const mark of marks) {
    const at = 'domain' in mark ? seen(mark.box, mark.clip ?? mark.box, mark.domain, ground) : whole(mark.box, ground);
    if (at.scissor.width > 0 && at.scissor.height > 0) paintOne(mark, { commands, uploads, at, ratio: ground.ratio });
  }
}

function whole(box: Box, ground: Ground): Pen['at'] {
  const viewport = toDevice(box, ground);
  return { viewport, scissor: intersect(viewport, ground.panel), domain: [0, 0, 1, 1] };
}

/**
 * The part of a mark that is seen, with its part of the domain: the viewport is never larger than the panel, because
 * WebGL cuts larger ones without a word, and never smaller than the clip, because it draws nothing outside.
 */
export function seen(box: Box, clip: Box, domain: Domain, ground: Ground): Pen['at'] {
  const { panel, ratio } = ground;
  const viewport = intersect(toDevice(clip, ground), panel);
  const [x0, y0, x1, y1] = domain;
  const xPerPixel = (x1 - x0) / (box.width * ratio);
  const yPerPixel = (y1 - y0) / (box.height * ratio);
  const left = x0 + (viewport.x - panel.x - box.x * ratio) * xPerPixel;
  const bottom = y0 + (viewport.y - panel.y - panel.height + (box.y + box.height) * ratio) * yPerPixel;
  const right = left + viewport.width * xPerPixel;
  const top = bottom + viewport.height * yPerPixel;
  return { viewport, scissor: viewport, domain: [left, bottom, right, top] };
}

function paintOne(mark: DrawnMark, pen: Pen): void {
  switch (mark.kind) {
    case 'fill':
      pen.commands.fill({ ...pen.at, color: mark.color });
      break;
    case 'lines':
      lines(mark, pen);
      break;
    case 'area':
      area(mark, pen);
      break;
    case 'points':
      points(mark, pen);
      break;
    case 'bars':
      bars(mark, pen);
      break;
    case 'image':
      image(mark, pen);
      break;
    case 'heat':
      heat(mark, pen);
      break;
    case 'rects':
      rects(mark, pen);
      break;
    case 'segments':
      segments(mark, pen);
      break;
    case 'traces':
      traces(mark, pen);
      break;
  }
}

function area(mark: AreaMark, { commands, uploads, at }: Pen): void {
  const { position, run, color } = mark;
  const all = position.length / (4 * run);
  const part = range(mark, all, 6 * (run - 1));
  if (part.count === 0) return;
  const elements = uploads.elements(position, 'bands', () => quads.bandElements(all, run));
  const buffer = uploads.buffer(position, 'position', () => position);
  commands.area({ ...at, ...part, color, position: buffer, elements });
}

function points({ position, colors, size }: PointsMark, { commands, uploads, at, ratio }: Pen): void {
  const count = position.length / 2;
  if (count === 0) return;
  commands.points({
    ...at,
    size: size * ratio,
    position: uploads.buffer(position, 'position', () => position),
    colors: uploads.buffer(colors, 'colors', () => colors),
    count,
  });
}

function bars({ heights, bins, row, top, color }: BarsMark, { commands, uploads, at }: Pen): void {
  const rows = heights.length / bins;
  const texture = uploads.numbers(heights, { width: bins, height: rows }, () => heights);
  commands.bars({ ...at, heights: texture, shape: [bins, rows], row, top, pixels: at.viewport.height, color });
}

function image(mark: ImageMark, { commands, uploads, at }: Pen): void {
  const { extent, range, columns, rows, values, colormap } = mark;
  const shape = { width: columns, height: rows, version: range.join() };
  const texture = uploads.texture(uploads.key(values, colormap), 'shades', shape, () =>
    shades(values, colormap, range),
  );
  commands.image({ ...at, extent, shades: texture });
}

function rects({ rects: corners, colors }: RectsMark, { commands, uploads, at }: Pen): void {
  const n = corners.length / 4;
  if (n === 0) return;
  commands.rects({
    ...at,
    position: uploads.buffer(corners, 'corners', () => quads.rectCorners(corners)),
    colors: uploads.buffer(colors, 'colors4', () => quads.repeatColors(colors, 4)),
    elements: uploads.elements(corners, 'quads', () => quads.quadElements(n)),
    count: 6 * n,
  });
}

function segments({ position, colors }: SegmentsMark, { commands, uploads, at }: Pen): void {
  const count = position.length / 2;
  if (count === 0) return;
  commands.segments({
    ...at,
    position: uploads.buffer(position, 'position', () => position),
    colors: uploads.buffer(colors, 'colors2', () => quads.repeatColors(colors, 2)),
    count,
  });
}

/** Both edges are rounded, so that boxes side by side neither overlap nor leave a gap. */
export function toDevice(box: Box, { panel, ratio }: Ground): DeviceBox {
  const left = Math.round(box.x * ratio);
  const right = Math.round((box.x + box.width) * ratio);
  const top = Math.round(box.y * ratio);
  const bottom = Math.round((box.y + box.height) * ratio);
  return { x: panel.x + left, y: panel.y + panel.height - bottom, width: right - left, height: bottom - top };
}

export function intersect(a: DeviceBox, b: DeviceBox): DeviceBox {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x);
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y);
  return { x, y, width, height };
}
