// Forward-backward filter by second-order sections, 8 channels side by side, state in float64.
// The TypeScript twin, which says what is computed: core/compute/sosFiltFilt.ts.
//
// Time goes in tiles, so that memory is walked through in order: each tile of each group of 8 channels goes through
// all sections while it lies in the L1 cache. What lies between the two directions is kept in `data`, as float32.

import { whole } from './round';

/** Frames of one tile. */
const TILE: i32 = 64;
const LANES: i32 = 8;
/** Bytes of one frame of 8 channels as float64. */
const ROW: usize = 64;
/** One section: b1 b2 a1 a2 (b0 and a0 are 1) and the state of a constant input of 1: z0 z1; float64. */
const SECTION: usize = 48;
/** Bytes of the state of one section for 8 channels. */
const STATE: usize = 128;

/**
 * data: f32 [frames][stride], stride a multiple of 8; overwritten.
 * scratch: TILE * 64 bytes for a tile, sections * 128 bytes of state for each 8 channels, and 2 * edge * stride * 8
 * bytes for what continues the signal at both ends. `gain`: of all sections, both directions. Rounded into [low, high]
 * unless low > high.
 */
export function sosfiltfilt(
  data: usize, frames: i32, stride: i32, sos: usize, sections: i32, gain: f64, edge: i32, scratch: usize,
  low: f32, high: f32,
): void {
  const rowBytes = <usize>stride << 2;
  const tile = scratch;
  const states = tile + <usize>TILE * ROW;
  const stateBytes = <usize>sections * STATE;
  const groups = stride / LANES;
  const before = states + <usize>groups * stateBytes;
  const after = before + <usize>edge * rowBytes * 2;
  const scale = f64x2.splat(gain);
  for (let g = 0; g < groups; g++) {
    const column = data + <usize>g * 32;
    extend(column, frames, rowBytes, edge, scale, before + <usize>(g * edge) * ROW, after + <usize>(g * edge) * ROW);
  }
  for (let g = 0; g < groups; g++) {
    const state = states + <usize>g * stateBytes;
    const from = before + <usize>(g * edge) * ROW;
    if (edge == 0) load8(data + <usize>g * 32, scale, tile);
    start(sos, sections, edge == 0 ? tile : from, state);
    cascade(from, edge, ROW, sos, sections, state);
  }
  for (let t = 0; t < frames; t += TILE) {
    const count = min(TILE, frames - t);
    for (let g = 0; g < groups; g++) {
      const rows = data + <usize>t * rowBytes + <usize>g * 32;
      for (let f = 0; f < count; f++) load8(rows + <usize>f * rowBytes, scale, tile + <usize>f * ROW);
      cascade(tile, count, ROW, sos, sections, states + <usize>g * stateBytes);
      for (let f = 0; f < count; f++) store8(tile + <usize>f * ROW, rows + <usize>f * rowBytes);
    }
  }
  const one = f64x2.splat(1);
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  const backwards: usize = 0 - ROW;
  for (let g = 0; g < groups; g++) {
    const state = states + <usize>g * stateBytes;
    const to = after + <usize>(g * edge) * ROW;
    cascade(to, edge, ROW, sos, sections, state);
    if (edge == 0) load8(data + <usize>(frames - 1) * rowBytes + <usize>g * 32, one, tile);
    const last = to + <usize>(edge - 1) * ROW;
    start(sos, sections, edge == 0 ? tile : last, state);
    cascade(last, edge, backwards, sos, sections, state);
  }
  for (let end = frames; end > 0; end -= TILE) {
    const count = min(TILE, end);
    for (let g = 0; g < groups; g++) {
      const rows = data + <usize>(end - count) * rowBytes + <usize>g * 32;
      for (let f = 0; f < count; f++) load8(rows + <usize>f * rowBytes, one, tile + <usize>f * ROW);
      const last = tile + <usize>(count - 1) * ROW;
      cascade(last, count, backwards, sos, sections, states + <usize>g * stateBytes);
      if (low > high) for (let f = 0; f < count; f++) store8(tile + <usize>f * ROW, rows + <usize>f * rowBytes);
      else for (let f = 0; f < count; f++) storeWhole8(tile + <usize>f * ROW, rows + <usize>f * rowBytes, least, most);
    }
  }
}

// @ts-ignore: decorator
@inline
function load8(from: usize, scale: v128, to: usize): void {
  v128.store(to, f64x2.mul(scale, f64x2.promote_low_f32x4(v128.load64_zero(from))));
  v128.store(to, f64x2.mul(scale, f64x2.promote_low_f32x4(v128.load64_zero(from, 8))), 16);
  v128.store(to, f64x2.mul(scale, f64x2.promote_low_f32x4(v128.load64_zero(from, 16))), 32);
  v128.store(to, f64x2.mul(scale, f64x2.promote_low_f32x4(v128.load64_zero(from, 24))), 48);
}

// @ts-ignore: decorator
@inline
function store8(from: usize, to: usize): void {
  v128.store(to, narrow(v128.load(from), v128.load(from, 16)));
  v128.store(to, narrow(v128.load(from, 32), v128.load(from, 48)), 16);
}

// @ts-ignore: decorator
@inline
function storeWhole8(from: usize, to: usize, least: v128, most: v128): void {
  v128.store(to, whole(narrow(v128.load(from), v128.load(from, 16)), least, most));
  v128.store(to, whole(narrow(v128.load(from, 32), v128.load(from, 48)), least, most), 16);
}

// @ts-ignore: decorator
@inline
function narrow(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** What continues 8 channels beyond both ends, odd about them: 2 x[0] - x[edge] … and … 2 x[-1] - x[-1 - edge]. */
function extend(column: usize, frames: i32, rowBytes: usize, edge: i32, scale: v128, before: usize, after: usize): void {
  const end = column + <usize>(frames - 1) * rowBytes;
  for (let half: usize = 0; half < 4; half++) {
    const first = f64x2.promote_low_f32x4(v128.load64_zero(column + half * 8));
    const last = f64x2.promote_low_f32x4(v128.load64_zero(end + half * 8));
    const twoFirst = f64x2.add(first, first);
    const twoLast = f64x2.add(last, last);
    for (let e = 0; e < edge; e++) {
      const at = <usize>e * ROW + half * 16;
      const head = f64x2.promote_low_f32x4(v128.load64_zero(column + <usize>(edge - e) * rowBytes + half * 8));
      v128.store(before + at, f64x2.mul(scale, f64x2.sub(twoFirst, head)));
      const tail = f64x2.promote_low_f32x4(v128.load64_zero(end - <usize>(e + 1) * rowBytes + half * 8));
      v128.store(after + at, f64x2.mul(scale, f64x2.sub(twoLast, tail)));
    }
  }
}

/** State as if the 8 values at `value` had been the input for ever. state: f64 [sections][2][8]. */
function start(sos: usize, sections: i32, value: usize, state: usize): void {
  for (let s = 0; s < sections; s++) {
    const z0 = v128.load64_splat(sos + <usize>s * SECTION, 32);
    const z1 = v128.load64_splat(sos + <usize>s * SECTION, 40);
    const to = state + <usize>s * STATE;
    for (let half: usize = 0; half < 64; half += 16) {
      const x = v128.load(value + half);
      v128.store(to + half, f64x2.mul(z0, x));
      v128.store(to + half, f64x2.mul(z1, x), 64);
    }
  }
}

/** All sections over `count` rows in place, `step` bytes apart (wrapping around: backwards in time). */
function cascade(rows: usize, count: i32, step: usize, sos: usize, sections: i32, state: usize): void {
  for (let s = 0; s < sections; s++)
    filter(rows, count, step, sos + <usize>s * SECTION, state + <usize>s * STATE);
}

/** One section, direct form II transposed. */
function filter(rows: usize, count: i32, step: usize, section: usize, z: usize): void {
  const b1 = v128.load64_splat(section);
  const b2 = v128.load64_splat(section, 8);
  const a1 = v128.load64_splat(section, 16);
  const a2 = v128.load64_splat(section, 24);
  let p0 = v128.load(z);
  let q0 = v128.load(z, 16);
  let r0 = v128.load(z, 32);
  let s0 = v128.load(z, 48);
  let p1 = v128.load(z, 64);
  let q1 = v128.load(z, 80);
  let r1 = v128.load(z, 96);
  let s1 = v128.load(z, 112);
  let at = rows;
  for (let t = 0; t < count; t++) {
    let x = v128.load(at);
    let y = f64x2.add(x, p0);
    p0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p1), f64x2.mul(a1, y));
    p1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    v128.store(at, y);
    x = v128.load(at, 16);
    y = f64x2.add(x, q0);
    q0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), q1), f64x2.mul(a1, y));
    q1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    v128.store(at, y, 16);
    x = v128.load(at, 32);
    y = f64x2.add(x, r0);
    r0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), r1), f64x2.mul(a1, y));
    r1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    v128.store(at, y, 32);
    x = v128.load(at, 48);
    y = f64x2.add(x, s0);
    s0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), s1), f64x2.mul(a1, y));
    s1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    v128.store(at, y, 48);
    at += step;
  }
  v128.store(z, p0);
  v128.store(z, q0, 16);
  v128.store(z, r0, 32);
  v128.store(z, s0, 48);
  v128.store(z, p1, 64);
  v128.store(z, q1, 80);
  v128.store(z, r1, 96);
  v128.store(z, s1, 112);
}
