import { type SosFilter, sosFiltFilt } from './sosFiltFilt.ts';

/** A filter along the channels of a probe. */
export interface SpatialFilter {
  /** Channel of each row that is filtered, in order of depth, mirrored ones at both ends included. */
  readonly rows: Int32Array;
  /** Taper of each row. */
  readonly weights: Float32Array;
  /** Mirrored rows at each end. */
  readonly pad: number;
  readonly filter: SosFilter;
  readonly gain?: GainControl;
}

/** Each channel is divided by its own loudness before the filter, and multiplied by it afterwards. */
export interface GainControl {
  /** The window is a raised cosine of this many frames to both sides, itself excluded. */
  readonly halfWindow: number;
  /** [channels] Least loudness divided by. */
  readonly least: Float32Array;
}

/** Frames between two points of which the kernel interpolates the gain: divides the window, small against it. */
export function spanOf({ halfWindow }: GainControl): number {
  let span = Math.max(1, Math.min(24, Math.floor(halfWindow / 64)));
  while (halfWindow % span !== 0) span--;
  return span;
}

/**
 * Loudness [frames][channels]: |x| under the window, whose sum is 1; beyond the block there are zeros. The raised cosine
 * is half a constant and half a turning phase, so both are sums that slide (as in a sliding Fourier transform).
 */
function loudness(data: Float32Array, frames: number, channels: number, halfWindow: number): Float64Array {
  const out = new Float64Array(frames * channels);
  const turn = Math.PI / halfWindow;
  const cos = Float64Array.from({ length: 2 * halfWindow }, (_, i) => Math.cos(turn * i));
  const sin = Float64Array.from({ length: 2 * halfWindow }, (_, i) => Math.sin(turn * i));
  const phase = (f: number) => f % (2 * halfWindow);
  for (let c = 0; c < channels; c++) {
    let [sum, real, imaginary] = [0, 0, 0];
    const add = (f: number, sign: number) => {
      if (f < 0 || f >= frames) return;
      const x = sign * Math.abs(data[f * channels + c]!);
      sum += x;
      real += x * cos[phase(f)]!;
      imaginary += x * sin[phase(f)]!;
    };
    for (let f = 0; f < halfWindow; f++) add(f, 1);
    for (let f = 0; f < frames; f++) {
      const shifted = cos[phase(f)]! * real + sin[phase(f)]! * imaginary;
      out[f * channels + c] = Math.max(0, (sum + shifted) / (2 * halfWindow));
      add(f + halfWindow, 1);
      add(f - halfWindow, -1);
    }
  }
  return out;
}

/** In place. data: [frames][channels]. Twin of the kernel of that name, whose gains are interpolated. */
export function spatialFilter(data: Float32Array, frames: number, channels: number, spatial: SpatialFilter): void {
  const { rows, weights, pad, filter, gain } = spatial;
  const gains = gain && loudness(data, frames, channels, gain.halfWindow);
  const row = new Float32Array(rows.length);
  for (let f = 0; f < frames; f++) {
    const at = f * channels;
    if (gain && gains) for (let c = 0; c < channels; c++) data[at + c]! /= Math.max(gain.least[c]!, gains[at + c]!);
    for (let r = 0; r < rows.length; r++) row[r] = data[at + rows[r]!]! * weights[r]!;
    sosFiltFilt(row, rows.length, 1, filter);
    for (let c = 0; c < channels; c++) data[at + rows[pad + c]!] = row[pad + c]!;
    if (gains) for (let c = 0; c < channels; c++) data[at + c]! *= gains[at + c]!;
  }
}
