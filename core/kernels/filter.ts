// Forward-backward filter by second-order sections, 8 channels side by side, state in float64.
// The TypeScript twin, which says what is computed: core/compute/sosFiltFilt.ts.

/** Frames filtered by one section before the next section takes them: 8 channels of them stay in the L1 cache. */
const TILE: i32 = 64;
const LANES: i32 = 8;
/** Bytes of one frame of 8 channels as float64. */
const ROW: usize = 64;
/** One section: b0 b1 b2 a1 a2 and the state of a constant input of 1: z0 z1; float64. */
const SECTION: usize = 56;

/**
 * data: f32 [frames][stride], stride a multiple of 8; overwritten.
 * scratch: (frames + 2 edge + TILE) * 64 bytes, then sections * 128 bytes of state.
 */
export function sosfiltfilt(
  data: usize, frames: i32, stride: i32, sos: usize, sections: i32, edge: i32, scratch: usize,
): void {
  const tile = scratch + <usize>(frames + 2 * edge) * ROW;
  const state = tile + <usize>TILE * ROW;
  const rowBytes = <usize>stride << 2;
  const total = frames + 2 * edge;
  for (let c = 0; c < stride; c += LANES) {
    const column = data + (<usize>c << 2);
    extend(column, frames, rowBytes, edge, scratch);
    start(sos, sections, scratch, state);
    for (let t = 0; t < total; t += TILE) {
      const count = min(TILE, total - t);
      cascade(scratch + <usize>t * ROW, count, <i32>ROW, sos, sections, state);
    }
    start(sos, sections, scratch + <usize>(total - 1) * ROW, state);
    for (let t = total - 1; t >= edge; t -= TILE) {
      const count = min(TILE, t - edge + 1);
      cascade(scratch + <usize>t * ROW, count, -<i32>ROW, sos, sections, state);
    }
    for (let f = 0; f < frames; f++) {
      const from = scratch + <usize>(f + edge) * ROW;
      const to = column + <usize>f * rowBytes;
      v128.store(to, narrow(v128.load(from), v128.load(from, 16)));
      v128.store(to, narrow(v128.load(from, 32), v128.load(from, 48)), 16);
    }
  }
}

// @ts-ignore: decorator
@inline
function narrow(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** The 8 channels at `column` as float64 [edge + frames + edge][8], odd about both ends: 2 x[0] - x[edge] … */
function extend(column: usize, frames: i32, rowBytes: usize, edge: i32, out: usize): void {
  for (let half: usize = 0; half < 4; half++) {
    const from = column + half * 8;
    const to = out + half * 16;
    const first = f64x2.promote_low_f32x4(v128.load64_zero(from));
    const last = f64x2.promote_low_f32x4(v128.load64_zero(from + <usize>(frames - 1) * rowBytes));
    const twoFirst = f64x2.add(first, first);
    const twoLast = f64x2.add(last, last);
    for (let e = 0; e < edge; e++) {
      const before = f64x2.promote_low_f32x4(v128.load64_zero(from + <usize>(edge - e) * rowBytes));
      v128.store(to + <usize>e * ROW, f64x2.sub(twoFirst, before));
      const after = f64x2.promote_low_f32x4(v128.load64_zero(from + <usize>(frames - 2 - e) * rowBytes));
      v128.store(to + <usize>(edge + frames + e) * ROW, f64x2.sub(twoLast, after));
    }
  }
  let to = out + <usize>edge * ROW;
  for (let f = 0; f < frames; f++) {
    const from = column + <usize>f * rowBytes;
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 8)), 16);
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 16)), 32);
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from, 24)), 48);
    to += ROW;
  }
}

/** State as if the 8 values at `value` had been the input for ever. state: f64 [sections][2][8]. */
function start(sos: usize, sections: i32, value: usize, state: usize): void {
  for (let s = 0; s < sections; s++) {
    const z0 = v128.load64_splat(sos + <usize>s * SECTION, 40);
    const z1 = v128.load64_splat(sos + <usize>s * SECTION, 48);
    const to = state + <usize>s * 128;
    for (let half: usize = 0; half < 64; half += 16) {
      const x = v128.load(value + half);
      v128.store(to + half, f64x2.mul(z0, x));
      v128.store(to + half, f64x2.mul(z1, x), 64);
    }
  }
}

/** All sections over `count` rows in place, `step` bytes apart (negative: backwards in time). */
function cascade(rows: usize, count: i32, step: i32, sos: usize, sections: i32, state: usize): void {
  for (let s = 0; s < sections; s++) {
    const section = sos + <usize>s * SECTION;
    const z = state + <usize>s * 128;
    const b0 = v128.load64_splat(section);
    const b1 = v128.load64_splat(section, 8);
    const b2 = v128.load64_splat(section, 16);
    const a1 = v128.load64_splat(section, 24);
    const a2 = v128.load64_splat(section, 32);
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
      let y = f64x2.add(f64x2.mul(b0, x), p0);
      p0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p1), f64x2.mul(a1, y));
      p1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
      v128.store(at, y);
      x = v128.load(at, 16);
      y = f64x2.add(f64x2.mul(b0, x), q0);
      q0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), q1), f64x2.mul(a1, y));
      q1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
      v128.store(at, y, 16);
      x = v128.load(at, 32);
      y = f64x2.add(f64x2.mul(b0, x), r0);
      r0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), r1), f64x2.mul(a1, y));
      r1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
      v128.store(at, y, 32);
      x = v128.load(at, 48);
      y = f64x2.add(f64x2.mul(b0, x), s0);
      s0 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), s1), f64x2.mul(a1, y));
      s1 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
      v128.store(at, y, 48);
      at = <usize>(<isize>at + <isize>step);
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
}
