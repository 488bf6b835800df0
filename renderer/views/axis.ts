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
}

const TICK = 4;

/** Ticks with numbers below the box, the unit behind the last. */
export function bottomAxis({ box, from, to, unit, palette }: AxisArgs): (SegmentsMark | LabelMark)[] {
  const scale = scaleLinear([from, to], [box.x, box.x + box.width]);
  const wanted = Math.max(2, Math.floor(box.width / 88));
  const format = scale.tickFormat(wanted);
  const y = box.y + box.height;
  const unitRoom = 8 * unit.length + 24;
  const ticks = scale.ticks(wanted).filter((t) => scale(t) < box.x + box.width - unitRoom);
  const lines = ticks.flatMap((t) => [scale(t), y, scale(t), y + TICK]);
  const labels = ticks.map(
    (t): LabelMark => ({
      kind: 'label',
      x: scale(t),
      y: y + 12,
      text: tidy(format(t)),
      align: 'center',
      tone: 'dim',
    }),
  );
  const right = box.x + box.width - 4;
  return [
    pixelLines([box.x, y, box.x + box.width, y, ...lines], palette.line),
    ...labels,
    { kind: 'label', x: right, y: y + 12, text: unit, align: 'right', tone: 'dim' },
  ];
}

/** Ticks with numbers left of the box, the unit above them. */
export function leftAxis({ box, from, to, unit, palette }: AxisArgs): (SegmentsMark | LabelMark)[] {
  const scale = scaleLinear([from, to], [box.y + box.height, box.y]);
  const wanted = Math.max(2, Math.floor(box.height / 48));
  const format = scale.tickFormat(wanted);
  const ticks = scale.ticks(wanted).filter((t) => scale(t) > box.y + 18);
  const lines = ticks.flatMap((t) => [box.x - TICK, scale(t), box.x, scale(t)]);
  const labels = ticks.map(
    (t): LabelMark => ({
      kind: 'label',
      x: box.x - 6,
      y: scale(t),
      text: tidy(format(t)),
      align: 'right',
      tone: 'dim',
    }),
  );
  return [
    pixelLines([box.x, box.y, box.x, box.y + box.height, ...lines], palette.line),
    ...labels,
    { kind: 'label', x: box.x - 6, y: box.y + 7, text: unit, align: 'right', tone: 'dim' },
  ];
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
const FAR = 16384;

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
