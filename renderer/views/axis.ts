import { scaleLinear } from 'd3-scale';
import type { Box, Color, LabelMark, SegmentsMark } from '../gl/mark.ts';
import { bytes, type Palette } from './palette.ts';

export interface AxisArgs {
  /** Where the data is drawn. */
  readonly box: Box;
  readonly from: number;
  readonly to: number;
  readonly unit: string;
  readonly palette: Palette;
  /** `from` and `to` are powers of ten: −1 to 2 are 0.1 to 100. */
  readonly log?: boolean;
  /** Ticks at whole numbers only: for counts. */
  readonly whole?: boolean;
}

const TICK = 4;

/** Ticks with numbers below the box, the unit behind the last. */
export function bottomAxis(args: AxisArgs): (SegmentsMark | LabelMark)[] {
  const { box, from, to, unit, palette } = args;
  const scale = scaleLinear([from, to], [box.x, box.x + box.width]);
  const y = box.y + box.height;
  const unitRoom = 8 * unit.length + 24;
  const all = ticksOf(args, Math.max(2, Math.floor(box.width / 88)));
  const ticks = all.filter(({ at }) => scale(at) < box.x + box.width - unitRoom);
  const lines = ticks.flatMap(({ at }) => [scale(at), y, scale(at), y + TICK]);
  const labels = ticks.map(
    ({ at, text }): LabelMark => ({ kind: 'label', x: scale(at), y: y + 12, text, align: 'center', tone: 'dim' }),
  );
  const right = box.x + box.width - 4;
  return [
    pixelLines([box.x, y, box.x + box.width, y, ...lines], palette.line),
    ...labels,
    { kind: 'label', x: right, y: y + 12, text: unit, align: 'right', tone: 'dim' },
  ];
}

/** Ticks with numbers left of the box, the unit above them. */
export function leftAxis(args: AxisArgs): (SegmentsMark | LabelMark)[] {
  const { box, from, to, unit, palette } = args;
  const scale = scaleLinear([from, to], [box.y + box.height, box.y]);
  const all = ticksOf(args, Math.max(2, Math.floor(box.height / 48)));
  const ticks = all.filter(({ at }) => scale(at) > box.y + (unit === '' ? 6 : 18));
  const lines = ticks.flatMap(({ at }) => [box.x - TICK, scale(at), box.x, scale(at)]);
  const labels = ticks.map(
    ({ at, text }): LabelMark => ({ kind: 'label', x: box.x - 6, y: scale(at), text, align: 'right', tone: 'dim' }),
  );
  return [
    pixelLines([box.x, box.y, box.x, box.y + box.height, ...lines], palette.line),
    ...labels,
    { kind: 'label', x: box.x - 6, y: box.y + 7, text: unit, align: 'right', tone: 'dim' },
  ];
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

function ticksOf({ from, to, log = false, whole = false }: AxisArgs, wanted: number): Tick[] {
  if (log) return powerTicks(from, to, wanted);
  const scale = scaleLinear([from, to], [0, 1]);
  const ticks = scale.ticks(wanted);
  const format = scale.tickFormat(wanted);
  if (!whole) return ticks.map((at) => ({ at, text: tidy(format(at)) }));
  return ticks.filter(Number.isInteger).map((at) => ({ at, text: at.toLocaleString('en') }));
}

/** Ticks at powers of ten, with 2 and 5 times them where there is room, between 10^from and 10^to. */
function powerTicks(from: number, to: number, wanted: number): Tick[] {
  const decades = to - from;
  if (decades < 0.7) {
    const scale = scaleLinear([10 ** from, 10 ** to], [0, 1]);
    const format = scale.tickFormat(wanted);
    return scale.ticks(wanted).map((value) => ({ at: Math.log10(value), text: tidy(format(value)) }));
  }
  const every = Math.max(1, Math.ceil(decades / wanted));
  const digits = 3 * decades <= wanted ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let power = Math.floor(from); power <= to; power++)
    for (const digit of power % every === 0 ? digits : []) {
      const at = power + Math.log10(digit);
      if (at >= from && at <= to) ticks.push({ at, text: powerText(digit, power) });
    }
  return ticks;
}

function powerText(digit: number, power: number): string {
  const value = digit * 10 ** power;
  return power > 5 || power < -4 ? value.toExponential(0).replace('e+', 'e') : plain(value);
}

/** Lines given in CSS pixels of the view: x0, y0, x1, y1 each. They lie in the middle of their pixels. */
export function pixelLines(ends: readonly number[], color: Color, clip?: Box): SegmentsMark {
  return {
    kind: 'segments',
    box: { x: 0, y: 0, width: FAR, height: FAR },
    domain: [0, FAR, FAR, 0],
    clip: clip ?? { x: 0, y: 0, width: FAR, height: FAR },
    position: Float32Array.from(ends, (v) => Math.round(v) + 0.5),
    colors: bytes(color, ends.length / 4),
  };
}

/** CSS pixels no view is as large as: so that a domain unit is a pixel whatever the view's size. */
export const FAR = 16384;

/** 1, 2 or 5 times a power of ten, at most `v`. */
export function roundDown(v: number): number {
  const power = 10 ** Math.floor(Math.log10(v));
  const digit = v / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/** d3 writes a typographic minus; numbers without the digits that binary fractions add. */
function tidy(text: string): string {
  return text.replace('-', '−');
}

export function plain(v: number): string {
  return tidy(String(Number(v.toPrecision(6))));
}
