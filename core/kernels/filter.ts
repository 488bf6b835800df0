// Forward-backward filter by second-order sections, 8 channels side by side, state in float64.
// The TypeScript twin, which says what is computed: core/compute/sosFiltFilt.ts.
//
// Time goes in tiles, so that memory is walked through in order: each tile of each group of 8 channels goes through
// all sections while it lies in the L1 cache. Between the two directions the tiles wait in scratch.

import { whole } from './round';

/** Frames of one tile. */
const TILE: i32 = 64;
const LANES: i32 = 8;
/** Channels filtered before the next ones are: what lies between the directions stays small. */
const BAND: i32 = 64;
/** Bytes of one frame of 8 channels as float64. */
const ROW: usize = 64;
/** One section: b1 b2 a1 a2 (b0 and a0 are 1) and the state of a constant input of 1: z0 z1; float64. */
const SECTION: usize = 48;
/** Bytes of the state of one section for 8 channels. */
const STATE: usize = 128;

/**
 * data: f32 [frames][stride], stride a multiple of 8; overwritten.
 * scratch: (frames rounded up to whole tiles + 2 * edge + 2 * sections) * 64 channels * 8 bytes. `gain`: of all
 * sections, both directions. Rounded into [low, high] unless low > high.
 */
export function sosfiltfilt(
  data: usize, frames: i32, stride: i32, sos: usize, sections: i32, gain: f64, edge: i32, scratch: usize,
  low: f32, high: f32,
): void {
  for (let c = 0; c < stride; c += BAND) {
    const groups = min(BAND, stride - c) / LANES;
    filterBand(data + (<usize>c << 2), frames, stride, groups, sos, sections, gain, edge, scratch, low, high);
  }
}

function filterBand(
  data: usize, frames: i32, stride: i32, groups: i32, sos: usize, sections: i32, gain: f64, edge: i32, scratch: usize,
  low: f32, high: f32,
): void {
  const rowBytes = <usize>stride << 2;
  const tiles = (frames + TILE - 1) / TILE;
  const tileBytes = <usize>TILE * ROW;
  const states = scratch + <usize>(tiles * groups) * tileBytes;
  const stateBytes = <usize>sections * STATE;
  const before = states + <usize>groups * stateBytes;
  const after = before + <usize>(edge * groups) * ROW;
  const scale = f64x2.splat(gain);
  for (let g = 0; g < groups; g++) {
    const column = data + <usize>g * 32;
    const from = before + <usize>(g * edge) * ROW;
    const state = states + <usize>g * stateBytes;
    extend(column, frames, rowBytes, edge, scale, from, after + <usize>(g * edge) * ROW);
    if (edge == 0) load8(column, scale, scratch);
    start(sos, sections, edge == 0 ? scratch : from, state);
    cascade(from, edge, ROW, sos, sections, state);
  }
  for (let t = 0; t < tiles; t++) {
    const count = min(TILE, frames - t * TILE);
    for (let g = 0; g < groups; g++) {
      const rows = data + <usize>(t * TILE) * rowBytes + <usize>g * 32;
      const tile = scratch + <usize>(t * groups + g) * tileBytes;
      for (let f = 0; f < count; f++) load8(rows + <usize>f * rowBytes, scale, tile + <usize>f * ROW);
      cascade(tile, count, ROW, sos, sections, states + <usize>g * stateBytes);
    }
  }
  const backwards: usize = 0 - ROW;
  const lastTile = scratch + <usize>((tiles - 1) * groups) * tileBytes;
  const lastFrame = <usize>(frames - 1 - (tiles - 1) * TILE) * ROW;
  for (let g = 0; g < groups; g++) {
    const state = states + <usize>g * stateBytes;
    const to = after + <usize>(g * edge) * ROW;
    cascade(to, edge, ROW, sos, sections, state);
    const last = to + <usize>(edge - 1) * ROW;
    start(sos, sections, edge == 0 ? lastTile + <usize>g * tileBytes + lastFrame : last, state);
    cascade(last, edge, backwards, sos, sections, state);
  }
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  for (let t = tiles - 1; t >= 0; t--) {
    const count = min(TILE, frames - t * TILE);
    for (let g = 0; g < groups; g++) {
      const rows = data + <usize>(t * TILE) * rowBytes + <usize>g * 32;
      const tile = scratch + <usize>(t * groups + g) * tileBytes;
      cascade(tile + <usize>(count - 1) * ROW, count, backwards, sos, sections, states + <usize>g * stateBytes);
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
