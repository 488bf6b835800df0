import type { Basis } from './basis.ts';
import type { LocalCluster } from './neighbourhood.ts';
import type { Window } from './window.ts';

/** The mean spike of a unit on the channels where it is seen; its trough lies at window.before on `main`. */
export interface Template {
  readonly main: number;
  readonly channels: Int32Array;
  /** [channels][samples] */
  readonly wave: Float32Array;
  /** Spikes it is the mean of. */
  readonly count: number;
}

/** The mean waveforms behind a cluster's mean weights. */
export function clusterTemplate(cluster: LocalCluster, near: Int32Array, basis: Basis, window: Window): Template {
  const { samples } = window;
  const wave = new Float32Array(near.length * samples);
  for (let c = 0; c < near.length; c++)
    for (let k = 0; k < basis.size; k++) {
      const weight = cluster.weights[c * basis.size + k]!;
      for (let s = 0; s < samples; s++) wave[c * samples + s]! += weight * basis.shapes[k * samples + s]!;
    }
  return centred({ main: cluster.channel, channels: near, wave, count: cluster.count }, window);
}

/** The template with `main` where it is deepest, moved in time so that the trough lies at window.before. */
export function centred(template: Template, window: Window): Template {
  const { samples, before } = window;
  let deepest = 0;
  for (let i = 1; i < template.wave.length; i++) if (template.wave[i]! < template.wave[deepest]!) deepest = i;
  const channel = Math.floor(deepest / samples);
  const moved = shifted(template.wave, samples, before - (deepest % samples));
  return { ...template, main: template.channels[channel]!, wave: moved };
}

/** Each channel's wave `frames` later; zeros come in. */
export function shifted(wave: Float32Array, samples: number, frames: number): Float32Array {
  if (frames === 0) return wave;
  const out = new Float32Array(wave.length);
  for (let at = 0; at < wave.length; at += samples)
    for (let s = Math.max(0, frames); s < Math.min(samples, samples + frames); s++)
      out[at + s] = wave[at + s - frames]!;
  return out;
}

/** Without the channels that carry little: below `share` of the strongest channel's length. */
export function sparse(template: Template, samples: number, share: number): Template {
  const lengths = Float64Array.from(template.channels, (_, c) => channelLength(template, c, samples));
  const most = Math.max(...lengths);
  const keep = Array.from(lengths, (_, c) => c).filter((c) => lengths[c]! >= share * most);
  const wave = new Float32Array(keep.length * samples);
  keep.forEach((c, i) => {
    wave.set(template.wave.subarray(c * samples, (c + 1) * samples), i * samples);
  });
  return { ...template, channels: Int32Array.from(keep, (c) => template.channels[c]!), wave };
}

function channelLength(template: Template, channel: number, samples: number): number {
  let power = 0;
  for (let i = channel * samples; i < (channel + 1) * samples; i++) power += template.wave[i]! ** 2;
  return Math.sqrt(power);
}

export function power(wave: Float32Array): number {
  let sum = 0;
  for (const v of wave) sum += v * v;
  return sum;
}

export interface Likeness {
  /** Squared distance at the best shift, over the larger template's power; 0: the same. */
  readonly distance: number;
  /** How much later `b` has to be to lie on `a`, frames. */
  readonly shift: number;
}

/** How alike two templates are, at the best of the shifts up to `most` frames. */
export function likeness(a: Template, b: Template, samples: number, most: number): Likeness {
  const place = new Map(Array.from(b.channels, (channel, i) => [channel, i]));
  const total = power(a.wave) + power(b.wave);
  const larger = Math.max(power(a.wave), power(b.wave));
  let best: Likeness = { distance: total / larger, shift: 0 };
  for (let shift = -most; shift <= most; shift++) {
    let product = 0;
    a.channels.forEach((channel, i) => {
      const j = place.get(channel);
      if (j !== undefined) product += dot(a.wave, i * samples, b.wave, j * samples, samples, shift);
    });
    const distance = (total - 2 * product) / larger;
    if (distance < best.distance) best = { distance, shift };
  }
  return best;
}

function dot(a: Float32Array, atA: number, b: Float32Array, atB: number, samples: number, shift: number): number {
  let sum = 0;
  for (let s = Math.max(0, shift); s < Math.min(samples, samples + shift); s++)
    sum += a[atA + s]! * b[atB + s - shift]!;
  return sum;
}
