import type { TracesArgs } from '../../core/shared/api.ts';
import { z } from '../../core/shared/zod.ts';
import type { Box, Size } from '../gl/mark.ts';
import type { Look } from './chainLooks.ts';
import { fittingHeight } from './traceHeights.ts';
import { rowsOf, showsImage } from './traceRows.ts';
import type { Shown } from './traceShown.ts';
import { type Seen, seenOf, type TraceOptions, traceParams } from './traceWindow.ts';
import type { ViewState } from './view.ts';

const { segment, startS, order, image, labels, rows, perRow } = traceParams.shape;

/** As of the traces, where they mean the same. */
export const params = z.object({
  segment,
  startS,
  spanS: z
    .number()
    .positive()
    .max(1)
    .default(0.25)
    .describe('How much time is seen, at most a second: it is computed anew whenever something changes.')
    .meta({ title: 'Span', unit: 's' }),
  order,
  image,
  labels,
  stacked: z
    .boolean()
    .default(false)
    .describe('One above the other instead of side by side.')
    .meta({ title: 'One above the other' }),
  rows,
  perRow,
});
export type BeforeAfterOptions = z.output<typeof params>;

const USUAL = traceParams.parse({});

export function asTrace({ stacked: _, ...options }: BeforeAfterOptions): TraceOptions {
  return { ...USUAL, ...options };
}

/** What moving and zooming has changed. */
export function withTrace(
  options: BeforeAfterOptions,
  { segment, startS, spanS, rows }: TraceOptions,
): BeforeAfterOptions {
  return { ...options, segment, startS, spanS: Math.min(1, spanS), rows };
}

/** Heights hold as long as the chain has the same steps; one scale for both sides where they have the same unit. */
export function scaleKey(look: Look, after: Look): string {
  const { side } = look.look.unit === after.look.unit ? after : look;
  return [look.look.unit, ...side.steps.map(({ step }) => step)].join(' ');
}

const GUTTER = 52;
const NARROW = 10;
const TOP = 18;
const AXIS = 22;
/** So that the times of both do not touch. */
const GAP = 26;

/** Where both sides are drawn. */
export function plots({ width, height }: Size, options: BeforeAfterOptions) {
  const x = options.labels ? GUTTER : NARROW;
  if (options.stacked) {
    const each = Math.max(0, height / 2 - TOP - AXIS);
    const one = { x, width: Math.max(0, width - x), height: each };
    return { stacked: true, before: { ...one, y: TOP }, after: { ...one, y: height / 2 + TOP } };
  }
  const each = Math.max(0, (width - x - GAP) / 2);
  const one = { y: TOP, width: each, height: Math.max(0, height - TOP - AXIS) };
  return { stacked: false, before: { ...one, x }, after: { ...one, x: x + each + GAP } };
}

/** A side as the parts of the traces know it. */
export interface ShownSide {
  readonly shown: Shown;
  /** The same window, in words of the tiles: they count from the look's first frame. */
  readonly own: Seen;
}

export function sideOf(look: Look, after: Look, options: BeforeAfterOptions, state: ViewState): ShownSide | undefined {
  const traceOptions = asTrace(options);
  const { items, args: asked } = look.found;
  const seen = seenOf(state, traceOptions);
  if (!seen || items.length === 0) return undefined;
  const { samplingFrequency: rate, startFrame, framesAColumn } = look.look;
  const last = Math.max(...items.map(({ tile }) => tile));
  const args: TracesArgs = {
    node: 0,
    segment: asked.segment,
    order: asked.order,
    framesAColumn,
    firstTile: 0,
    endTile: last + 1,
  };
  const rows = rowsOf(items, traceOptions);
  const perRow = options.perRow[scaleKey(look, after)] ?? fittingHeight(items) ?? 1;
  const found = { method: 'traces', args, items, result: undefined } as const;
  return {
    shown: { found, seen, rows, perRow, image: showsImage(traceOptions, rows.all) },
    own: { ...seen, rate, startS: seen.startS - startFrame / rate },
  };
}

/** Which side lies there. */
export function sideAt(x: number, y: number, size: Size, options: BeforeAfterOptions) {
  const { before, after } = plots(size, options);
  if (inside(x, y, before)) return { name: 'before', box: before } as const;
  return inside(x, y, after) ? ({ name: 'after', box: after } as const) : undefined;
}

function inside(x: number, y: number, box: Box): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
