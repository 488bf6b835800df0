// Least and greatest value of each channel within each column. The TypeScript twin: core/compute/minMax.ts.

/**
 * data: f32 [frames][stride], stride a multiple of 4. Column i holds the frames edges[i] ≤ f < edges[i + 1].
 * low, high: f32 [columns][stride]; both are widened, so that a column may come in several pieces.
 */
export function minMax(data: usize, stride: i32, edges: usize, columns: i32, low: usize, high: usize): void {
  const rowBytes = <usize>stride << 2;
  for (let i = 0; i < columns; i++) {
    const from = data + <usize>load<u32>(edges + (<usize>i << 2)) * rowBytes;
    const to = data + <usize>load<u32>(edges + (<usize>i << 2), 4) * rowBytes;
    const lows = low + <usize>i * rowBytes;
    const highs = high + <usize>i * rowBytes;
    let c: usize = 0;
    for (; c + 64 <= rowBytes; c += 64) line(from + c, to + c, rowBytes, lows + c, highs + c);
    for (; c < rowBytes; c += 16) four(from + c, to + c, rowBytes, lows + c, highs + c);
  }
}

/** 16 channels: one line of the cache. */
function line(from: usize, to: usize, rowBytes: usize, low: usize, high: usize): void {
  let a = v128.load(low);
  let b = v128.load(low, 16);
  let c = v128.load(low, 32);
  let d = v128.load(low, 48);
  let e = v128.load(high);
  let f = v128.load(high, 16);
  let g = v128.load(high, 32);
  let h = v128.load(high, 48);
  for (let at = from; at < to; at += rowBytes) {
    let x = v128.load(at);
    a = f32x4.pmin(a, x);
    e = f32x4.pmax(e, x);
    x = v128.load(at, 16);
    b = f32x4.pmin(b, x);
    f = f32x4.pmax(f, x);
    x = v128.load(at, 32);
    c = f32x4.pmin(c, x);
    g = f32x4.pmax(g, x);
    x = v128.load(at, 48);
    d = f32x4.pmin(d, x);
    h = f32x4.pmax(h, x);
  }
  v128.store(low, a);
  v128.store(low, b, 16);
  v128.store(low, c, 32);
  v128.store(low, d, 48);
  v128.store(high, e);
  v128.store(high, f, 16);
  v128.store(high, g, 32);
  v128.store(high, h, 48);
}

function four(from: usize, to: usize, rowBytes: usize, low: usize, high: usize): void {
  let a = v128.load(low);
  let b = v128.load(high);
  for (let at = from; at < to; at += rowBytes) {
    const x = v128.load(at);
    a = f32x4.pmin(a, x);
    b = f32x4.pmax(b, x);
  }
  v128.store(low, a);
  v128.store(high, b);
}
