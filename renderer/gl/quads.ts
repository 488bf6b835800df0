/*
 * Marks as the vertices the commands want. WebGL without instances draws rectangles as four vertices and two
 * triangles each; without a graphics card that is faster than instances.
 */

/** Elements of `n` quads with vertices lower left, lower right, upper left, upper right. */
export function quadElements(n: number): Uint32Array {
  const elements = new Uint32Array(6 * n);
  for (let i = 0; i < n; i++) elements.set([4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 2, 4 * i + 1, 4 * i + 3], 6 * i);
  return elements;
}

/** Elements that join neighbouring points of `count` lines of `run` points each by hairlines. */
export function lineElements(count: number, run: number): Uint32Array {
  const elements = new Uint32Array(2 * count * Math.max(0, run - 1));
  let at = 0;
  for (let line = 0; line < count; line++)
    for (let i = 1; i < run; i++) {
      elements[at++] = line * run + i - 1;
      elements[at++] = line * run + i;
    }
  return elements;
}

/** Elements of the triangles between the two lines of each band. */
export function bandElements(count: number, run: number): Uint32Array {
  const elements = new Uint32Array(6 * count * Math.max(0, run - 1));
  let at = 0;
  for (let band = 0; band < count; band++)
    for (let i = 1; i < run; i++) {
      const low = 2 * band * run + i;
      const high = low + run;
      elements.set([low - 1, low, high - 1, high - 1, low, high], at);
      at += 6;
    }
  return elements;
}

/** Each piece of the polylines four times. position: [count][run][x, y]; out: [pieces][4][ax, ay, bx, by] */
export function strokeEnds(position: Float32Array, count: number, run: number): Float32Array {
  const out = new Float32Array(16 * count * Math.max(0, run - 1));
  let at = 0;
  for (let line = 0; line < count; line++)
    for (let i = 1; i < run; i++) {
      const a = 2 * (line * run + i - 1);
      for (let vertex = 0; vertex < 4; vertex++) for (let k = 0; k < 4; k++) out[at++] = position[a + k]!;
    }
  return out;
}

/** Each line scaled, then moved. position: [lines][run][x, y]; at: [lines][x, y]; out: [lines][run][x, y] */
export function moved(
  position: Float32Array,
  run: number,
  [sx, sy]: readonly [number, number],
  at: Float32Array | undefined,
): Float32Array {
  const out = new Float32Array(position.length);
  for (let i = 0, line = 0; i < out.length; line++) {
    const dx = at ? at[2 * line]! : 0;
    const dy = at ? at[2 * line + 1]! : 0;
    for (const end = i + 2 * run; i < end; i += 2) {
      out[i] = position[i]! * sx + dx;
      out[i + 1] = position[i + 1]! * sy + dy;
    }
  }
  return out;
}

/** Which end and which side each vertex of a stroke is. out: [n][4][end, side] */
export function strokeCorners(n: number): Float32Array {
  const out = new Float32Array(8 * n);
  for (let i = 0; i < n; i++) out.set([0, -1, 1, -1, 0, 1, 1, 1], 8 * i);
  return out;
}

/** rects: [n][x0, y0, x1, y1]; out: [n][4][x, y] */
export function rectCorners(rects: Float32Array): Float32Array {
  const out = new Float32Array(2 * rects.length);
  for (let i = 0; i < rects.length; i += 4) {
    const [x0, y0, x1, y1] = [rects[i]!, rects[i + 1]!, rects[i + 2]!, rects[i + 3]!];
    out.set([x0, y0, x1, y0, x0, y1, x1, y1], 2 * i);
  }
  return out;
}

/** Each colour `times` times. colors: [n][4] */
export function repeatColors(colors: Uint8Array, times: number): Uint8Array {
  const out = new Uint8Array(times * colors.length);
  for (let i = 0; i < out.length; i++) out[i] = colors[4 * Math.floor(i / (4 * times)) + (i & 3)]!;
  return out;
}

/** Pieces of a tile: `minMax` [rows][columns][min, max], `pieces` [pieces][u0, u1, row]. */
interface TilePieces {
  readonly minMax: Int16Array;
  readonly columns: number;
  readonly pieces: Float32Array;
}

/** As high as the values of the piece's columns and their neighbours. out: [pieces][4][u, value, row, outward] */
export function traceVertices({ minMax, columns, pieces }: TilePieces): Float32Array {
  const n = pieces.length / 3;
  const out = new Float32Array(16 * n);
  for (let i = 0; i < n; i++) {
    const u0 = pieces[3 * i]!;
    const u1 = pieces[3 * i + 1]!;
    const row = pieces[3 * i + 2]!;
    const first = Math.max(0, Math.floor(u0 * columns) - 1);
    const end = Math.min(columns, Math.ceil(u1 * columns) + 1);
    let low = 32767;
    let high = -32768;
    for (let c = row * columns + first; c < row * columns + end; c++) {
      low = Math.min(low, minMax[2 * c]!);
      high = Math.max(high, minMax[2 * c + 1]!);
    }
    out.set([u0, low, row, -1, u1, low, row, -1, u0, high, row, 1, u1, high, row, 1], 16 * i);
  }
  return out;
}

/** What is subtracted from each piece's row, at its four vertices. center: [rows]; out: [pieces][4] */
export function traceMiddles(pieces: Float32Array, center: Float32Array): Float32Array {
  return Float32Array.from({ length: (4 * pieces.length) / 3 }, (_, i) => center[pieces[3 * (i >> 2) + 2]!]!);
}
