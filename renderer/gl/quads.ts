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
  for (let i = 0; i < colors.length; i += 4) {
    const color = colors.subarray(i, i + 4);
    for (let k = 0; k < times; k++) out.set(color, times * i + 4 * k);
  }
  return out;
}

/** Least and greatest of every row, less the row's centre. minMax: [rows][columns][2]; out: [rows][2] */
export function rowExtents(minMax: Int16Array, rows: number, columns: number, center: Float32Array): Float32Array {
  const out = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    let low = 32767;
    let high = -32768;
    for (let i = 2 * row * columns; i < 2 * (row + 1) * columns; i += 2) {
      const min = minMax[i]!;
      const max = minMax[i + 1]!;
      if (min < low) low = min;
      if (max > high) high = max;
    }
    out[2 * row] = low - center[row]!;
    out[2 * row + 1] = high - center[row]!;
  }
  return out;
}

/** minMax less the centre of its row, as float32. out: [rows][columns][2] */
export function centered(minMax: Int16Array, rows: number, columns: number, center: Float32Array): Float32Array {
  const out = new Float32Array(minMax.length);
  for (let row = 0; row < rows; row++)
    for (let i = 2 * row * columns; i < 2 * (row + 1) * columns; i++) out[i] = minMax[i]! - center[row]!;
  return out;
}

/** pieces: [n][u0, u1, row]; extents: [rows][2]; out: [n][4][u, value, row, outward] */
export function traceVertices(pieces: Float32Array, extents: Float32Array): Float32Array {
  const n = pieces.length / 3;
  const out = new Float32Array(16 * n);
  for (let i = 0; i < n; i++) {
    const u0 = pieces[3 * i]!;
    const u1 = pieces[3 * i + 1]!;
    const row = pieces[3 * i + 2]!;
    const low = extents[2 * row]!;
    const high = extents[2 * row + 1]!;
    out.set([u0, low, row, -1, u1, low, row, -1, u0, high, row, 1, u1, high, row, 1], 16 * i);
  }
  return out;
}
