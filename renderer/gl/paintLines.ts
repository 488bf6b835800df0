import { density } from './density.ts';
import type { AreaMark, LinesMark } from './mark.ts';
import type { Pen } from './paint.ts';
import * as quads from './quads.ts';

/** More pieces of hairlines than this are laid down by density.ts: faster where there is no graphics card. */
const MANY = 20_000;
const UNSCALED = [1, 1] as const;

/** Elements first..first + count of the polylines from..to, with `each` elements a line. */
export function range(mark: LinesMark | AreaMark, all: number, each: number) {
  const from = mark.from ?? 0;
  return { first: from * each, count: Math.max(0, ((mark.to ?? all) - from) * each) };
}

export function lines(mark: LinesMark, pen: Pen): void {
  const all = mark.position.length / (2 * mark.run);
  const { count } = range(mark, all, mark.run - 1);
  if (count === 0) return;
  if (mark.width !== undefined) strokes(mark, all, mark.width * pen.ratio, pen);
  else if (count > MANY) haze(mark, all, pen);
  else hairlines(mark, all, pen);
}

/** Where the lines are after they were scaled and moved, and what hangs on that. */
function placed({ position, run, scale, at }: LinesMark, { uploads }: Pen) {
  if (!scale && !at) return { points: () => position, key: position, version: '' };
  const points = () => quads.moved(position, run, scale ?? UNSCALED, at);
  return { points, key: at ? uploads.key(position, at) : position, version: scale?.join() ?? '' };
}

function hairlines(mark: LinesMark, all: number, pen: Pen): void {
  const { position, run, color } = mark;
  const { commands, uploads, at } = pen;
  const { points, key, version } = placed(mark, pen);
  commands.lines({
    ...at,
    ...range(mark, all, 2 * (run - 1)),
    color,
    position: uploads.buffer(key, 'position', points, version),
    elements: uploads.elements(position, 'lines', () => quads.lineElements(all, run)),
  });
}

function strokes(mark: LinesMark, all: number, width: number, pen: Pen): void {
  const { position, run, color } = mark;
  const { commands, uploads, at } = pen;
  const { points, key, version } = placed(mark, pen);
  const pieces = all * (run - 1);
  commands.strokes({
    ...at,
    ...range(mark, all, 6 * (run - 1)),
    color,
    ends: uploads.buffer(key, 'ends', () => quads.strokeEnds(points(), all, run), version),
    corner: uploads.buffer(position, 'corner', () => quads.strokeCorners(pieces)),
    elements: uploads.elements(position, 'quads', () => quads.quadElements(pieces)),
    pixels: [at.viewport.width, at.viewport.height],
    width,
  });
}

function haze(mark: LinesMark, all: number, { commands, uploads, at: place }: Pen): void {
  const { position, run, from = 0, to = all, scale = UNSCALED, at, color } = mark;
  const { width, height } = place.viewport;
  const [x0, y0, x1, y1] = place.domain;
  const pixels = [width / (x1 - x0), height / (y1 - y0)] as const;
  const args = {
    position,
    run,
    from,
    to,
    at,
    scale,
    corner: [x0, y0],
    pixels,
    width,
    height,
    opacity: color[3],
  } as const;
  const version = [from, to, ...scale, ...place.domain, width, height, color[3]].join();
  const shape = { width: height, height: width, format: 'alpha', version } as const;
  const key = at ? uploads.key(position, at) : position;
  commands.haze({ ...place, color, haze: uploads.texture(key, 'haze', shape, () => density(args)) });
}
