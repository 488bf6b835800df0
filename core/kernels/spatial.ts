// High-pass filter along the channels, with automatic gain control. The TypeScript twin: core/compute/spatialFilter.ts.
//
// 64 frames at a time are divided by their gains, turned so that channels follow each other, mirrored, filtered by
// sosfiltfilt as if the frames were its channels, turned back and multiplied by their gains.

import { sosfiltfilt } from './filter';
import { whole } from './round';

const TILE: i32 = 64;

/**
 * Sums over spans of frames, for the gains: of |x|, |x| cos and |x| sin. phases: f32 [spans * span][2], cos and sin of
 * each frame. sums: f32 [spans][3][stride]. data: f32 [frames][stride], stride a multiple of 4.
 */
export function spanSums(data: usize, frames: i32, stride: i32, span: i32, phases: usize, sums: usize): void {
  const rowBytes = <usize>stride << 2;
  let to = sums;
  for (let first = 0; first < frames; first += span, to += 3 * rowBytes) {
    const count = min(span, frames - first);
    const rows = data + <usize>first * rowBytes;
    for (let c: usize = 0; c < rowBytes; c += 16) {
      let sum = f32x4.splat(0);
      let cos = sum;
      let sin = sum;
      let at = rows + c;
      let phase = phases + (<usize>first << 3);
      for (let f = 0; f < count; f++, at += rowBytes, phase += 8) {
        const x = f32x4.abs(v128.load(at));
        sum = f32x4.add(sum, x);
        cos = f32x4.add(cos, f32x4.mul(x, v128.load32_splat(phase)));
        sin = f32x4.add(sin, f32x4.mul(x, v128.load32_splat(phase, 4)));
      }
      v128.store(to + c, sum);
      v128.store(to + rowBytes + c, cos);
      v128.store(to + 2 * rowBytes + c, sin);
    }
  }
}

/**
 * data: f32 [frames][stride], filtered in place. rows: i32 [count], the byte offset in a frame of each row that is
 * filtered, mirrored ones included; weights: f32 [count], their taper. The rows from `pad` on are written back, one a
 * channel. grid: f32 [points][stride], gains every `span` frames from one before the first frame on, or 0 for none;
 * cubic: f32 [span][4]; least: f32 [stride], the least gains divided by. tile: f32 [count][64]; gains: f32 [64][stride].
 * sos, sections, gain, edge, scratch: as sosfiltfilt. Rounded into [low, high] unless low > high.
 */
export function spatialFilter(
  data: usize, frames: i32, stride: i32, channels: i32, rows: usize, weights: usize, count: i32, pad: i32,
  grid: usize, span: i32, cubic: usize, least: usize, tile: usize, gains: usize,
  sos: usize, sections: i32, gain: f64, edge: i32, scratch: usize, low: f32, high: f32,
): void {
  const rowBytes = <usize>stride << 2;
  for (let first = 0; first < frames; first += TILE) {
    const block = data + <usize>first * rowBytes;
    const used = min(TILE, frames - first);
    if (grid) {
      interpolate(grid, first, used, rowBytes, span, cubic, gains);
      divide(block, used, rowBytes, gains, least);
    }
    for (let r = 0; r < count; r++) {
      const to = tile + (<usize>r << 8);
      const from = block + <usize>load<i32>(rows + (<usize>r << 2));
      const weight = load<f32>(weights + (<usize>r << 2));
      for (let f = 0; f < used; f++)
        store<f32>(to + (<usize>f << 2), weight * load<f32>(from + <usize>f * rowBytes));
      for (let f = used; f < TILE; f++) store<f32>(to + (<usize>f << 2), 0);
    }
    sosfiltfilt(tile, count, TILE, sos, sections, gain, edge, scratch, 1, 0);
    for (let r = pad; r < pad + channels; r++) {
      const from = tile + (<usize>r << 8);
      const to = block + <usize>load<i32>(rows + (<usize>r << 2));
      for (let f = 0; f < used; f++)
        store<f32>(to + <usize>f * rowBytes, load<f32>(from + (<usize>f << 2)));
    }
    finish(block, used, rowBytes, grid ? gains : 0, low, high);
  }
}

/** Lagrange's cubic through the two points before and the two after each frame. */
function interpolate(grid: usize, first: i32, used: i32, rowBytes: usize, span: i32, cubic: usize, gains: usize): void {
  let point = grid + <usize>(first / span) * rowBytes;
  let within = first % span;
  for (let f = 0; f < used; f++) {
    const w = cubic + (<usize>within << 4);
    const w0 = v128.load32_splat(w);
    const w1 = v128.load32_splat(w, 4);
    const w2 = v128.load32_splat(w, 8);
    const w3 = v128.load32_splat(w, 12);
    const to = gains + <usize>f * rowBytes;
    for (let c: usize = 0; c < rowBytes; c += 16) {
      const at = point + c;
      let sum = f32x4.mul(w0, v128.load(at));
      sum = f32x4.add(sum, f32x4.mul(w1, v128.load(at + rowBytes)));
      sum = f32x4.add(sum, f32x4.mul(w2, v128.load(at + 2 * rowBytes)));
      sum = f32x4.add(sum, f32x4.mul(w3, v128.load(at + 3 * rowBytes)));
      v128.store(to + c, sum);
    }
    if (++within == span) {
      within = 0;
      point += rowBytes;
    }
  }
}

function divide(block: usize, used: i32, rowBytes: usize, gains: usize, least: usize): void {
  for (let f = 0; f < used; f++) {
    const row = block + <usize>f * rowBytes;
    const gain = gains + <usize>f * rowBytes;
    for (let c: usize = 0; c < rowBytes; c += 16)
      v128.store(row + c, f32x4.div(v128.load(row + c), f32x4.pmax(v128.load(gain + c), v128.load(least + c))));
  }
}

function finish(block: usize, used: i32, rowBytes: usize, gains: usize, low: f32, high: f32): void {
  if (!gains && low > high) return;
  const from = f32x4.splat(low);
  const to = f32x4.splat(high);
  const bytes = <usize>used * rowBytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    let x = v128.load(block + at);
    if (gains) x = f32x4.mul(x, v128.load(gains + at));
    v128.store(block + at, low > high ? x : whole(x, from, to));
  }
}
