// The spectrum of 8 real channels side by side, multiplied and taken back. The TypeScript twin: core/compute/spectrum.ts.
//
// 8 real channels are 4 complex ones (a filter of real signals treats real and imaginary part alike). Depth first:
// after the first pass each part of the transform is done, forth and back, while it lies in the cache. Frequencies come
// in the order the passes leave them, so nothing is ever put in order.

/** Bytes of one frame: 4 real parts, 4 imaginary parts, f32. */
const ROW: usize = 32;

/**
 * data: f32 [length][8], length = 2^k or 3 · 2^k, at least 8. twiddles: spectrum.ts's, level by level.
 * response: f32 [length][2], in the order the passes leave.
 */
export function multiplySpectrum(data: usize, length: i32, twiddles: usize, response: usize): void {
  if (length % 3 != 0) {
    quarters(data, length, twiddles, response);
    return;
  }
  const third = length / 3;
  const far = <usize>third * ROW;
  const end = data + far;
  let w = twiddles;
  for (let at = data; at < end; at += ROW, w += 16) forthThree(at, far, w);
  const next = twiddles + <usize>third * 16;
  for (let q: usize = 0; q < 3; q++)
    quarters(data + q * far, third, next, response + q * (<usize>third << 3));
  w = twiddles;
  for (let at = data; at < end; at += ROW, w += 16) backThree(at, far, w);
}

function quarters(data: usize, length: i32, twiddles: usize, response: usize): void {
  if (length == 4) {
    four(data, response);
    return;
  }
  if (length == 2) {
    two(data, response);
    return;
  }
  const quarter = length >> 2;
  const far = <usize>quarter * ROW;
  const end = data + far;
  let w = twiddles;
  for (let at = data; at < end; at += ROW, w += 24) forth(at, far, w);
  const next = twiddles + <usize>quarter * 24;
  const responses = <usize>quarter << 3;
  quarters(data, quarter, next, response);
  quarters(data + far, quarter, next, response + responses);
  quarters(data + 2 * far, quarter, next, response + 2 * responses);
  quarters(data + 3 * far, quarter, next, response + 3 * responses);
  w = twiddles;
  for (let at = data; at < end; at += ROW, w += 24) back(at, far, w);
}

// @ts-ignore: decorator
@inline
function forth(at: usize, far: usize, w: usize): void {
  const b = at + far;
  const c = b + far;
  const d = c + far;
  const ar = v128.load(at);
  const ai = v128.load(at, 16);
  const cr = v128.load(c);
  const ci = v128.load(c, 16);
  const br = v128.load(b);
  const bi = v128.load(b, 16);
  const dr = v128.load(d);
  const di = v128.load(d, 16);
  const sr = f32x4.add(ar, cr);
  const si = f32x4.add(ai, ci);
  const tr = f32x4.sub(ar, cr);
  const ti = f32x4.sub(ai, ci);
  const ur = f32x4.add(br, dr);
  const ui = f32x4.add(bi, di);
  const vr = f32x4.sub(br, dr);
  const vi = f32x4.sub(bi, di);
  v128.store(at, f32x4.add(sr, ur));
  v128.store(at, f32x4.add(si, ui), 16);
  put(b, f32x4.add(tr, vi), f32x4.sub(ti, vr), v128.load32_splat(w), v128.load32_splat(w, 4));
  put(c, f32x4.sub(sr, ur), f32x4.sub(si, ui), v128.load32_splat(w, 8), v128.load32_splat(w, 12));
  put(d, f32x4.sub(tr, vi), f32x4.add(ti, vr), v128.load32_splat(w, 16), v128.load32_splat(w, 20));
}

// @ts-ignore: decorator
@inline
function back(at: usize, far: usize, w: usize): void {
  const b = at + far;
  const c = b + far;
  const d = c + far;
  const ar = v128.load(at);
  const ai = v128.load(at, 16);
  let x = v128.load(c);
  let y = v128.load(c, 16);
  let p = v128.load32_splat(w, 8);
  let q = v128.load32_splat(w, 12);
  const cr = f32x4.add(f32x4.mul(x, p), f32x4.mul(y, q));
  const ci = f32x4.sub(f32x4.mul(y, p), f32x4.mul(x, q));
  const sr = f32x4.add(ar, cr);
  const si = f32x4.add(ai, ci);
  const ur = f32x4.sub(ar, cr);
  const ui = f32x4.sub(ai, ci);
  x = v128.load(b);
  y = v128.load(b, 16);
  p = v128.load32_splat(w);
  q = v128.load32_splat(w, 4);
  const br = f32x4.add(f32x4.mul(x, p), f32x4.mul(y, q));
  const bi = f32x4.sub(f32x4.mul(y, p), f32x4.mul(x, q));
  x = v128.load(d);
  y = v128.load(d, 16);
  p = v128.load32_splat(w, 16);
  q = v128.load32_splat(w, 20);
  const dr = f32x4.add(f32x4.mul(x, p), f32x4.mul(y, q));
  const di = f32x4.sub(f32x4.mul(y, p), f32x4.mul(x, q));
  const tr = f32x4.add(br, dr);
  const ti = f32x4.add(bi, di);
  const vr = f32x4.sub(br, dr);
  const vi = f32x4.sub(bi, di);
  v128.store(at, f32x4.add(sr, tr));
  v128.store(at, f32x4.add(si, ti), 16);
  v128.store(c, f32x4.sub(sr, tr));
  v128.store(c, f32x4.sub(si, ti), 16);
  v128.store(b, f32x4.sub(ur, vi));
  v128.store(b, f32x4.add(ui, vr), 16);
  v128.store(d, f32x4.add(ur, vi));
  v128.store(d, f32x4.sub(ui, vr), 16);
}

/** (re + i im)(p + i q) to `at`. */
// @ts-ignore: decorator
@inline
function put(at: usize, re: v128, im: v128, p: v128, q: v128): void {
  v128.store(at, f32x4.sub(f32x4.mul(re, p), f32x4.mul(im, q)));
  v128.store(at, f32x4.add(f32x4.mul(re, q), f32x4.mul(im, p)), 16);
}

/** The last four points: no twiddles, and the product between the two ways. */
function four(data: usize, response: usize): void {
  let ar = v128.load(data);
  let ai = v128.load(data, 16);
  let br = v128.load(data, 32);
  let bi = v128.load(data, 48);
  const cr = v128.load(data, 64);
  const ci = v128.load(data, 80);
  const dr = v128.load(data, 96);
  const di = v128.load(data, 112);
  let sr = f32x4.add(ar, cr);
  let si = f32x4.add(ai, ci);
  let tr = f32x4.sub(ar, cr);
  let ti = f32x4.sub(ai, ci);
  let ur = f32x4.add(br, dr);
  let ui = f32x4.add(bi, di);
  let vr = f32x4.sub(br, dr);
  let vi = f32x4.sub(bi, di);
  let p = v128.load32_splat(response);
  let q = v128.load32_splat(response, 4);
  let x = f32x4.add(sr, ur);
  let y = f32x4.add(si, ui);
  ar = f32x4.sub(f32x4.mul(x, p), f32x4.mul(y, q));
  ai = f32x4.add(f32x4.mul(x, q), f32x4.mul(y, p));
  p = v128.load32_splat(response, 16);
  q = v128.load32_splat(response, 20);
  x = f32x4.sub(sr, ur);
  y = f32x4.sub(si, ui);
  br = f32x4.sub(f32x4.mul(x, p), f32x4.mul(y, q));
  bi = f32x4.add(f32x4.mul(x, q), f32x4.mul(y, p));
  sr = f32x4.add(ar, br);
  si = f32x4.add(ai, bi);
  ur = f32x4.sub(ar, br);
  ui = f32x4.sub(ai, bi);
  p = v128.load32_splat(response, 8);
  q = v128.load32_splat(response, 12);
  x = f32x4.add(tr, vi);
  y = f32x4.sub(ti, vr);
  ar = f32x4.sub(f32x4.mul(x, p), f32x4.mul(y, q));
  ai = f32x4.add(f32x4.mul(x, q), f32x4.mul(y, p));
  p = v128.load32_splat(response, 24);
  q = v128.load32_splat(response, 28);
  x = f32x4.sub(tr, vi);
  y = f32x4.add(ti, vr);
  br = f32x4.sub(f32x4.mul(x, p), f32x4.mul(y, q));
  bi = f32x4.add(f32x4.mul(x, q), f32x4.mul(y, p));
  tr = f32x4.add(ar, br);
  ti = f32x4.add(ai, bi);
  vr = f32x4.sub(ar, br);
  vi = f32x4.sub(ai, bi);
  v128.store(data, f32x4.add(sr, tr));
  v128.store(data, f32x4.add(si, ti), 16);
  v128.store(data, f32x4.sub(ur, vi), 32);
  v128.store(data, f32x4.add(ui, vr), 48);
  v128.store(data, f32x4.sub(sr, tr), 64);
  v128.store(data, f32x4.sub(si, ti), 80);
  v128.store(data, f32x4.add(ur, vi), 96);
  v128.store(data, f32x4.sub(ui, vr), 112);
}

function two(data: usize, response: usize): void {
  const ar = v128.load(data);
  const ai = v128.load(data, 16);
  const br = v128.load(data, 32);
  const bi = v128.load(data, 48);
  put(data, f32x4.add(ar, br), f32x4.add(ai, bi), v128.load32_splat(response), v128.load32_splat(response, 4));
  put(data + ROW, f32x4.sub(ar, br), f32x4.sub(ai, bi), v128.load32_splat(response, 8), v128.load32_splat(response, 12));
  const sr = v128.load(data);
  const si = v128.load(data, 16);
  const dr = v128.load(data, 32);
  const di = v128.load(data, 48);
  v128.store(data, f32x4.add(sr, dr));
  v128.store(data, f32x4.add(si, di), 16);
  v128.store(data, f32x4.sub(sr, dr), 32);
  v128.store(data, f32x4.sub(si, di), 48);
}

const HEIGHT: f32 = 0.8660254037844386;

// @ts-ignore: decorator
@inline
function forthThree(at: usize, far: usize, w: usize): void {
  const b = at + far;
  const c = b + far;
  const ar = v128.load(at);
  const ai = v128.load(at, 16);
  const sr = f32x4.add(v128.load(b), v128.load(c));
  const si = f32x4.add(v128.load(b, 16), v128.load(c, 16));
  const height = f32x4.splat(HEIGHT);
  const vr = f32x4.mul(height, f32x4.sub(v128.load(b), v128.load(c)));
  const vi = f32x4.mul(height, f32x4.sub(v128.load(b, 16), v128.load(c, 16)));
  const half = f32x4.splat(0.5);
  const ur = f32x4.sub(ar, f32x4.mul(half, sr));
  const ui = f32x4.sub(ai, f32x4.mul(half, si));
  v128.store(at, f32x4.add(ar, sr));
  v128.store(at, f32x4.add(ai, si), 16);
  put(b, f32x4.add(ur, vi), f32x4.sub(ui, vr), v128.load32_splat(w), v128.load32_splat(w, 4));
  put(c, f32x4.sub(ur, vi), f32x4.add(ui, vr), v128.load32_splat(w, 8), v128.load32_splat(w, 12));
}

// @ts-ignore: decorator
@inline
function backThree(at: usize, far: usize, w: usize): void {
  const b = at + far;
  const c = b + far;
  const minus = f32x4.splat(-1);
  put(b, v128.load(b), v128.load(b, 16), v128.load32_splat(w), f32x4.mul(minus, v128.load32_splat(w, 4)));
  put(c, v128.load(c), v128.load(c, 16), v128.load32_splat(w, 8), f32x4.mul(minus, v128.load32_splat(w, 12)));
  const ar = v128.load(at);
  const ai = v128.load(at, 16);
  const sr = f32x4.add(v128.load(b), v128.load(c));
  const si = f32x4.add(v128.load(b, 16), v128.load(c, 16));
  const height = f32x4.splat(HEIGHT);
  const vr = f32x4.mul(height, f32x4.sub(v128.load(b), v128.load(c)));
  const vi = f32x4.mul(height, f32x4.sub(v128.load(b, 16), v128.load(c, 16)));
  const half = f32x4.splat(0.5);
  const ur = f32x4.sub(ar, f32x4.mul(half, sr));
  const ui = f32x4.sub(ai, f32x4.mul(half, si));
  v128.store(at, f32x4.add(ar, sr));
  v128.store(at, f32x4.add(ai, si), 16);
  v128.store(b, f32x4.sub(ur, vi));
  v128.store(b, f32x4.add(ui, vr), 16);
  v128.store(c, f32x4.add(ur, vi));
  v128.store(c, f32x4.sub(ui, vr), 16);
}
