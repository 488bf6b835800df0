// Power of chosen frequencies, window by window. The TypeScript twin: core/compute/windowPower.ts.

/** Bytes of 8 channels side by side. */
const ROW: usize = 32;

/**
 * data: f32 [frames][stride], stride a multiple of 8. taper: f32 [size]. starts: i32 [blocks + 1], first of each block's
 * `places` (i32: byte of the row in `folded`) and `weights` (f32 [4 sums]). folded: scratch, size rows.
 * power: f32 [stride], the sums of squares over all windows.
 */
export function windowPower(
  data: usize, stride: i32, windows: i32, hop: i32, size: i32, taper: usize,
  blocks: i32, starts: usize, places: usize, weights: usize, folded: usize, power: usize,
): void {
  const rowBytes = <usize>stride << 2;
  for (let c: usize = 0; c < rowBytes; c += ROW) {
    let low = f32x4.splat(0);
    let high = low;
    for (let w = 0; w < windows; w++) {
      fill(data + <usize>(w * hop) * rowBytes + c, rowBytes, size, taper, folded);
      fold(folded, size);
      for (let b = 0; b < blocks; b++) {
        let a0 = f32x4.splat(0);
        let a1 = a0;
        let b0 = a0;
        let b1 = a0;
        let c0 = a0;
        let c1 = a0;
        let d0 = a0;
        let d1 = a0;
        const first = load<i32>(starts + (<usize>b << 2));
        const last = load<i32>(starts + (<usize>b << 2), 4);
        let weight = weights + (<usize>first << 4);
        const end = places + (<usize>last << 2);
        for (let k = places + (<usize>first << 2); k < end; k += 4, weight += 16) {
          const row = folded + <usize>load<u32>(k);
          const x = v128.load(row);
          const y = v128.load(row, 16);
          let v = v128.load32_splat(weight);
          a0 = f32x4.add(a0, f32x4.mul(x, v));
          a1 = f32x4.add(a1, f32x4.mul(y, v));
          v = v128.load32_splat(weight, 4);
          b0 = f32x4.add(b0, f32x4.mul(x, v));
          b1 = f32x4.add(b1, f32x4.mul(y, v));
          v = v128.load32_splat(weight, 8);
          c0 = f32x4.add(c0, f32x4.mul(x, v));
          c1 = f32x4.add(c1, f32x4.mul(y, v));
          v = v128.load32_splat(weight, 12);
          d0 = f32x4.add(d0, f32x4.mul(x, v));
          d1 = f32x4.add(d1, f32x4.mul(y, v));
        }
        low = f32x4.add(low, f32x4.add(f32x4.add(square(a0), square(b0)), f32x4.add(square(c0), square(d0))));
        high = f32x4.add(high, f32x4.add(f32x4.add(square(a1), square(b1)), f32x4.add(square(c1), square(d1))));
      }
    }
    v128.store(power + c, low);
    v128.store(power + c, high, 16);
  }
}

// @ts-ignore: decorator
@inline
function square(x: v128): v128 {
  return f32x4.mul(x, x);
}

/** A window of 8 channels, less its mean, tapered. */
function fill(from: usize, rowBytes: usize, size: i32, taper: usize, to: usize): void {
  let low = f32x4.splat(0);
  let high = low;
  const end = from + <usize>size * rowBytes;
  for (let at = from; at < end; at += rowBytes) {
    low = f32x4.add(low, v128.load(at));
    high = f32x4.add(high, v128.load(at, 16));
  }
  const part = f32x4.splat(<f32>1 / <f32>size);
  low = f32x4.mul(low, part);
  high = f32x4.mul(high, part);
  for (let at = from; at < end; at += rowBytes, to += ROW, taper += 4) {
    const w = v128.load32_splat(taper);
    v128.store(to, f32x4.mul(f32x4.sub(v128.load(at), low), w));
    v128.store(to, f32x4.mul(f32x4.sub(v128.load(at, 16), high), w), 16);
  }
}

function fold(rows: usize, size: i32): void {
  for (let n = 1; n < size - n; n++) pair(rows, n, size - n);
  if (size & 1) return;
  const half = size >> 1;
  for (let n = 0; n < half - n; n++) pair(rows, n, half - n);
  for (let n = 1; n < half - n; n++) pair(rows, size - n, half + n);
}

/** Their sum and their difference, in their places. */
// @ts-ignore: decorator
@inline
function pair(rows: usize, sum: i32, difference: i32): void {
  const a = rows + <usize>sum * ROW;
  const b = rows + <usize>difference * ROW;
  const x = v128.load(a);
  const y = v128.load(b);
  v128.store(a, f32x4.add(x, y));
  v128.store(b, f32x4.sub(x, y));
  const z = v128.load(a, 16);
  const w = v128.load(b, 16);
  v128.store(a, f32x4.add(z, w), 16);
  v128.store(b, f32x4.sub(z, w), 16);
}
