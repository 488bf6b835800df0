/** Polylines and the pixels they are laid on. */
export interface DensityArgs {
  /** [lines][run][x, y] */
  readonly position: Float32Array;
  readonly run: number;
  /** The lines from..to (without it). */
  readonly from: number;
  readonly to: number;
  /** Where each line is moved after it was scaled. [lines][x, y] */
  readonly at: Float32Array | undefined;
  readonly scale: readonly [number, number];
  /** x0, y0: what lies at the corner of the first pixel; how many pixels 1 is. */
  readonly corner: readonly [number, number];
  readonly pixels: readonly [number, number];
  readonly width: number;
  readonly height: number;
  /** Of one line, 0 to 1 */
  readonly opacity: number;
}

/** A pixel is cut into so many steps, and that finely is it known how many lines lie over each other. */
const STEPS = 256;
const FINE = 16;
const MOST = 64;

/**
 * How opaque a pixel is made by hairlines blended over each other. Thousands of lines are laid down here in a fraction
 * of the time it takes to draw them without a graphics card. out: [width][height], 0 to 255
 */
export function density(args: DensityArgs): Uint8Array {
  const { position, run, from, to, at, scale, corner, pixels, width, height } = args;
  const stride = height + 2;
  const steps = new Int32Array(width * stride);
  const [sx, sy] = [scale[0] * pixels[0], scale[1] * pixels[1]];
  for (let line = from; line < to; line++) {
    const ox = ((at ? at[2 * line]! : 0) - corner[0]) * pixels[0];
    const oy = ((at ? at[2 * line + 1]! : 0) - corner[1]) * pixels[1];
    let k = 2 * line * run;
    let x = position[k]! * sx + ox;
    let y = position[k + 1]! * sy + oy;
    let column = columnOf(x, width);
    let low = y;
    let high = y;
    for (const end = k + 2 * run; k < end; k += 2) {
      const nextX = position[k]! * sx + ox;
      const nextY = position[k + 1]! * sy + oy;
      const nextColumn = columnOf(nextX, width);
      while (column !== nextColumn) {
        const edge = nextColumn > column ? column + 1 : column;
        const edgeY = y + ((nextY - y) * (edge - x)) / (nextX - x);
        if (edgeY < low) low = edgeY;
        if (edgeY > high) high = edgeY;
        if (column >= 0 && column < width) note(steps, column * stride, low, high, height);
        column += nextColumn > column ? 1 : -1;
        low = edgeY;
        high = edgeY;
      }
      if (nextY < low) low = nextY;
      if (nextY > high) high = nextY;
      x = nextX;
      y = nextY;
    }
    if (column >= 0 && column < width) note(steps, column * stride, low, high, height);
  }
  return sumUp(steps, args);
}

/** -1 left of the grid, `width` right of it. */
function columnOf(x: number, width: number): number {
  return x >= 0 ? (x < width ? Math.floor(x) : width) : -1;
}

/** From `low` to `high`, at least one pixel thick. */
function note(steps: Int32Array, k: number, low: number, high: number, height: number): void {
  const half = Math.max(0, (1 - high + low) / 2);
  const a = Math.max(0, Math.round((low - half) * STEPS));
  const b = Math.min(height * STEPS, Math.round((high + half) * STEPS));
  if (!(b > a)) return;
  const ya = k + (a >> 8);
  const yb = k + (b >> 8);
  steps[ya]! += STEPS - (a & 255);
  steps[ya + 1]! += a & 255;
  steps[yb]! -= STEPS - (b & 255);
  steps[yb + 1]! -= b & 255;
}

function sumUp(steps: Int32Array, { width, height, opacity }: DensityArgs): Uint8Array {
  const most = MOST * FINE;
  const blended = Uint8Array.from({ length: most + 1 }, (_, n) => Math.round(255 * (1 - (1 - opacity) ** (n / FINE))));
  const out = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) {
    const k = x * (height + 2);
    let sum = 0;
    for (let y = 0; y < height; y++) {
      sum += steps[k + y]!;
      if (sum === 0) continue;
      const n = sum >> 4;
      out[x * height + y] = blended[Math.min(n, most)]!;
    }
  }
  return out;
}
