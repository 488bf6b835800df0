// Products of traces with a matrix, and of traces with themselves. TypeScript twins: core/compute/affine.ts, gram.ts.

/** Frames worked on while a panel of weights stays in the L1 cache. */
const BAND: i32 = 64;

/**
 * out[f][8 p + j] = bias[8 p + j] + Σ data[f][row k of panel p] * weight[k][j].
 * data, out: f32 [frames][stride], frames a multiple of 4, stride of 8. starts: i32 [panels + 1], the panel's first
 * row in `rows` (i32: byte offset of a channel within a frame) and `weights` (f32 [8]). bias: f32 [stride].
 */
export function affine(
  data: usize, frames: i32, stride: i32, starts: usize, rows: usize, weights: usize, bias: usize, out: usize,
): void {
  const panels = stride >> 3;
  const rowBytes = <usize>stride << 2;
  for (let band = 0; band < frames; band += BAND) {
    const end = min(band + BAND, frames);
    for (let p = 0; p < panels; p++) {
      const first = load<i32>(starts + (<usize>p << 2));
      const last = load<i32>(starts + (<usize>p << 2), 4);
      const index = rows + (<usize>first << 2);
      const indexEnd = rows + (<usize>last << 2);
      const panel = weights + (<usize>first << 5);
      const biasLow = v128.load(bias + (<usize>p << 5));
      const biasHigh = v128.load(bias + (<usize>p << 5), 16);
      for (let f = band; f < end; f += 4) {
        const row0 = data + <usize>f * rowBytes;
        const row1 = row0 + rowBytes;
        const row2 = row1 + rowBytes;
        const row3 = row2 + rowBytes;
        let a0 = biasLow;
        let a1 = biasHigh;
        let b0 = biasLow;
        let b1 = biasHigh;
        let c0 = biasLow;
        let c1 = biasHigh;
        let d0 = biasLow;
        let d1 = biasHigh;
        let w = panel;
        for (let k = index; k < indexEnd; k += 4) {
          const at = <usize>load<u32>(k);
          const w0 = v128.load(w);
          const w1 = v128.load(w, 16);
          w += 32;
          let x = v128.load32_splat(row0 + at);
          a0 = f32x4.add(a0, f32x4.mul(x, w0));
          a1 = f32x4.add(a1, f32x4.mul(x, w1));
          x = v128.load32_splat(row1 + at);
          b0 = f32x4.add(b0, f32x4.mul(x, w0));
          b1 = f32x4.add(b1, f32x4.mul(x, w1));
          x = v128.load32_splat(row2 + at);
          c0 = f32x4.add(c0, f32x4.mul(x, w0));
          c1 = f32x4.add(c1, f32x4.mul(x, w1));
          x = v128.load32_splat(row3 + at);
          d0 = f32x4.add(d0, f32x4.mul(x, w0));
          d1 = f32x4.add(d1, f32x4.mul(x, w1));
        }
        const to = out + <usize>f * rowBytes + (<usize>p << 5);
        v128.store(to, a0);
        v128.store(to, a1, 16);
        v128.store(to + rowBytes, b0);
        v128.store(to + rowBytes, b1, 16);
        v128.store(to + 2 * rowBytes, c0);
        v128.store(to + 2 * rowBytes, c1, 16);
        v128.store(to + 3 * rowBytes, d0);
        v128.store(to + 3 * rowBytes, d1, 16);
      }
    }
  }
}

/** Frames added up in float32 before they join the float64 sum: few, so that whitening can divide by small variances. */
const SPAN: i32 = 32;

/**
 * sums[i][j] += Σ data[f][i] * data[f][j], only where j ≥ i is sure (whole tiles of 4 × 8 are filled).
 * data: f32 [frames][stride], stride a multiple of 8. sums: f64 [stride][stride].
 */
export function gram(data: usize, frames: i32, stride: i32, sums: usize): void {
  const rowBytes = <usize>stride << 2;
  for (let span = 0; span < frames; span += SPAN) {
    const from = data + <usize>span * rowBytes;
    const to = data + <usize>min(span + SPAN, frames) * rowBytes;
    for (let i = 0; i < stride; i += 4) {
      for (let j = i & ~7; j < stride; j += 8) tile(from, to, rowBytes, i, j, sums + <usize>(i * stride + j) * 8);
    }
  }
}

function tile(from: usize, to: usize, rowBytes: usize, i: i32, j: i32, sums: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const left = <usize>i << 2;
  const right = <usize>j << 2;
  for (let row = from; row < to; row += rowBytes) {
    const w0 = v128.load(row + right);
    const w1 = v128.load(row + right, 16);
    let x = v128.load32_splat(row + left);
    a0 = f32x4.add(a0, f32x4.mul(x, w0));
    a1 = f32x4.add(a1, f32x4.mul(x, w1));
    x = v128.load32_splat(row + left, 4);
    b0 = f32x4.add(b0, f32x4.mul(x, w0));
    b1 = f32x4.add(b1, f32x4.mul(x, w1));
    x = v128.load32_splat(row + left, 8);
    c0 = f32x4.add(c0, f32x4.mul(x, w0));
    c1 = f32x4.add(c1, f32x4.mul(x, w1));
    x = v128.load32_splat(row + left, 12);
    d0 = f32x4.add(d0, f32x4.mul(x, w0));
    d1 = f32x4.add(d1, f32x4.mul(x, w1));
  }
  const sumBytes = rowBytes << 1;
  join(sums, a0, a1);
  join(sums + sumBytes, b0, b1);
  join(sums + 2 * sumBytes, c0, c1);
  join(sums + 3 * sumBytes, d0, d1);
}

function join(to: usize, low: v128, high: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(low)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(i64x2.shuffle(low, low, 1, 1))), 16);
  v128.store(to, f64x2.add(v128.load(to, 32), f64x2.promote_low_f32x4(high)), 32);
  v128.store(to, f64x2.add(v128.load(to, 48), f64x2.promote_low_f32x4(i64x2.shuffle(high, high, 1, 1))), 48);
}
