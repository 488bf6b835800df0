import { type SpansArgs, spansOf } from './spans.ts';

/** A tile of traces, and the grid of lines and pixels it is laid on: a line for each column, or for `pooled` of them. */
export interface CoverageArgs extends SpansArgs {
  /** [rows] */
  readonly center: Float32Array;
  /** [pieces][u0, u1, row] */
  readonly pieces: Float32Array;
  /** [pieces][4]; later colours lie over earlier ones. */
  readonly colors: Uint8Array;
  /** Pixels along a line */
  readonly height: number;
  /** Where row 0's zero lies, how far apart rows lie, and how far a value of 1 of minMax reaches up, pixels. */
  readonly zero: number;
  readonly perRow: number;
  readonly perValue: number;
  /** Thickness of the trace, pixels */
  readonly width: number;
}

/** A pixel is cut into so many steps. */
const STEPS = 256;
/** Lines noted together: as many as lie side by side in the processor's cache. */
const BLOCK = 16;

/**
 * What the traces cover, as colours whose opacity is the part of each pixel that is covered: all from min to max and
 * half the gap to a neighbour that does not overlap, so that the trace is whole; nothing beyond.
 * out: [ceil(columns / pooled)][height][4]
 */
export function coverage(args: CoverageArgs): Uint8Array {
  const out = new Uint8Array(4 * Math.ceil(args.columns / args.pooled) * args.height);
  const pixels = new Uint32Array(out.buffer);
  const shades = new Uint32Array(args.colors.slice().buffer);
  const count = args.pieces.length / 3;
  const spans = spansOf(args);
  for (let from = 0, to = 0; from < count; from = to) {
    while (to < count && shades[to] === shades[from]) to++;
    cover(args, spans, from, to, shades[from]!, pixels);
  }
  return out;
}

/**
 * The pieces from..to, all of one colour. What starts and ends to be covered is noted along a line and summed up once,
 * so a line costs the same however high the traces are.
 */
function cover(
  args: CoverageArgs,
  spans: Int16Array,
  from: number,
  to: number,
  color: number,
  pixels: Uint32Array,
): void {
  const { columns, pooled, center, pieces, height, zero, perRow, perValue, width } = args;
  const count = to - from;
  const lines = Math.ceil(columns / pooled);
  const scale = perValue * STEPS;
  const half = Math.round((width * STEPS) / 2);
  const top = height * STEPS;
  const first = new Int32Array(count);
  const end = new Int32Array(count);
  const row = new Int32Array(count);
  /** Where a row's value of 0 lies, steps. */
  const base = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [u0, u1] = [pieces[3 * (from + i)]!, pieces[3 * (from + i) + 1]!];
    row[i] = pieces[3 * (from + i) + 2]!;
    first[i] = Math.floor((u0 * columns) / pooled + 1e-3);
    end[i] = Math.ceil((u1 * columns) / pooled - 1e-3);
    base[i] = (zero + row[i]! * perRow) * STEPS - center[row[i]!]! * scale + 0.5;
  }
  const stride = height + 2;
  const steps = new Int32Array(BLOCK * stride);
  for (let block = 0; block < lines; block += BLOCK) {
    const blockEnd = Math.min(lines, block + BLOCK);
    let y0 = height;
    let y1 = -1;
    for (let i = 0; i < count; i++) {
      const zeroAt = base[i]!;
      const to = Math.min(end[i]!, blockEnd);
      for (let line = Math.max(first[i]!, block); line < to; line++) {
        const at = 2 * (row[i]! * (lines + 2) + line + 1);
        const min = spans[at]!;
        const max = spans[at + 1]!;
        let low = min;
        let high = max;
        if (spans[at - 2]! > max) high = (spans[at - 2]! + max) / 2;
        else if (spans[at - 1]! < min) low = (spans[at - 1]! + min) / 2;
        if (spans[at + 2]! > max) high = Math.max(high, (spans[at + 2]! + max) / 2);
        else if (spans[at + 3]! < min) low = Math.min(low, (spans[at + 3]! + min) / 2);
        let a = ((zeroAt + low * scale) | 0) - half;
        let b = ((zeroAt + high * scale) | 0) + half;
        if (a < 0) a = 0;
        if (b > top) b = top;
        if (b <= a) continue;
        const ya = a >> 8;
        const yb = b >> 8;
        if (ya < y0) y0 = ya;
        if (yb > y1) y1 = yb;
        a &= 255;
        b &= 255;
        const k = (line - block) * stride;
        steps[k + ya]! += STEPS - a;
        steps[k + ya + 1]! += a;
        steps[k + yb]! -= STEPS - b;
        steps[k + yb + 1]! -= b;
      }
    }
    if (y1 < y0) continue;
    const last = Math.min(y1 + 1, height - 1);
    for (let line = block; line < blockEnd; line++)
      sumUp(steps, (line - block) * stride + y0, pixels, line * height + y0, last - y0 + 1, color);
    steps.fill(0);
  }
}

/** Sums up `count` steps from `k` on; pixels from `pixel` on have the colour where it covers more than what is there. */
function sumUp(steps: Int32Array, k: number, pixels: Uint32Array, pixel: number, count: number, color: number): void {
  const hue = color & 0xffffff;
  const weight = (color >>> 24) + 1;
  let sum = 0;
  for (let y = 0; y < count; y++) {
    sum += steps[k + y]!;
    const over = sum - 255;
    const alpha = ((255 + (over & (over >> 31))) * weight) >> 8; // the lesser of sum and 255: a branch would cost more
    if (alpha >= pixels[pixel + y]! >>> 24) pixels[pixel + y] = hue | (alpha << 24);
  }
}
