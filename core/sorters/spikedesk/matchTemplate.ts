import { power, type Template } from './template.ts';
import type { Window } from './window.ts';

/** A template ready for matching. */
export interface MatchTemplate {
  readonly main: number;
  readonly channels: Int32Array;
  /** The template with its trough later by phase / PHASES - 0.5 frames (and half a phase). [phases][channels][samples] */
  readonly phases: readonly Float32Array[];
  /** Sum of squares. */
  readonly power: number;
  /** Variance of (template · noise) over `power`. */
  readonly noise: number;
  /** Channels where its trough is deep enough to be the deepest of a spike, and how many frames later it is there. */
  readonly faces: readonly { readonly channel: number; readonly delay: number; readonly depth: number }[];
}

export const PHASES = 5;
const MIDDLE = (PHASES - 1) / 2;
/** A face's trough is at least this share of the main one's. */
const FACE = 0.3;

/** noise: covariance in time of plain noise. [samples][samples] */
export function matchTemplate(template: Template, window: Window, noise: Float64Array): MatchTemplate {
  const { samples, before } = window;
  const { wave, channels } = template;
  const depths = Array.from(channels, (_, c) => trough(wave, c * samples, samples));
  const deepest = Math.max(...depths.map((d) => d.depth));
  const total = power(wave);
  return {
    main: template.main,
    channels,
    phases: Array.from({ length: PHASES }, (_, p) => delayed(wave, samples, (p - MIDDLE) / PHASES)),
    power: total,
    noise: noiseAlong(wave, samples, noise),
    faces: Array.from(channels, (channel, c) => ({
      channel,
      delay: depths[c]!.at - before,
      depth: depths[c]!.depth,
    })).filter((face) => face.depth >= FACE * deepest),
  };
}

function trough(wave: Float32Array, from: number, samples: number): { depth: number; at: number } {
  let at = 0;
  for (let s = 1; s < samples; s++) if (wave[from + s]! < wave[from + at]!) at = s;
  return { depth: -wave[from + at]!, at };
}

/** Variance of (wave · noise) over the wave's power, for noise that is independent between channels. */
export function noiseAlong(wave: Float32Array, samples: number, noise: Float64Array): number {
  let sum = 0;
  for (let from = 0; from < wave.length; from += samples)
    for (let a = 0; a < samples; a++) {
      let row = 0;
      for (let b = 0; b < samples; b++) row += noise[a * samples + b]! * wave[from + b]!;
      sum += row * wave[from + a]!;
    }
  return sum / power(wave);
}

/** Each channel's wave later by a fraction of a frame: a sinc under a Hann window of 2 × 8 taps. */
function delayed(wave: Float32Array, samples: number, fraction: number): Float32Array {
  if (fraction === 0) return wave;
  const out = new Float32Array(wave.length);
  const taps = 8;
  for (let k = -taps; k <= taps; k++) {
    const x = k - fraction;
    if (Math.abs(x) > taps) continue;
    const weight = (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.5 + 0.5 * Math.cos((Math.PI * x) / taps));
    for (let from = 0; from < wave.length; from += samples)
      for (let s = Math.max(0, k); s < Math.min(samples, samples + k); s++)
        out[from + s]! += weight * wave[from + s - k]!;
  }
  return out;
}
