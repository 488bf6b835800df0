import { centred, likeness, power, shifted, type Template } from './template.ts';
import type { Window } from './window.ts';

export interface MergeOptions {
  readonly window: Window;
  /** Frames templates may lie apart. */
  readonly mostShift: number;
  /** Templates nearer than this are one unit: squared distance over the larger one's power. */
  readonly distance: number;
  /** … unless single spikes can be told apart: their distance is above this, in deviations of the noise … */
  readonly deviations: number;
  /** … and above this, as a share: of large units the halves seen from two channels can be told apart easily. */
  readonly alike: number;
  /** Variance of the noise along a typical template. */
  readonly noise: number;
}

/**
 * Joins the templates of one unit that was found from several channels, nearest first; what they become is their mean
 * by spikes.
 */
export function mergeTemplates(given: readonly Template[], options: MergeOptions): Template[] {
  const { window } = options;
  const alive: (Template | undefined)[] = [...given];
  const known = new Map<number, number>();
  const distanceOf = (a: number, b: number): number => {
    const key = a * given.length + b;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const near = alive[a]!.channels.includes(alive[b]!.main) || alive[b]!.channels.includes(alive[a]!.main);
    const value = near ? judged(alive[a]!, alive[b]!, options) : Number.POSITIVE_INFINITY;
    known.set(key, value);
    return value;
  };
  for (;;) {
    let best = { a: -1, b: -1, distance: options.distance };
    for (let a = 0; a < alive.length; a++)
      for (let b = a + 1; b < alive.length; b++) {
        if (!alive[a] || !alive[b]) continue;
        const distance = distanceOf(a, b);
        if (distance < best.distance) best = { a, b, distance };
      }
    if (best.a < 0) break;
    alive[best.a] = joined(alive[best.a]!, alive[best.b]!, options);
    alive[best.b] = undefined;
    for (let k = 0; k < alive.length; k++) {
      known.delete(best.a * given.length + k);
      known.delete(k * given.length + best.a);
    }
  }
  return alive.flatMap((template) => (template ? [centred(template, window)] : []));
}

function judged(a: Template, b: Template, options: MergeOptions): number {
  const { distance } = likeness(a, b, options.window.samples, options.mostShift);
  const larger = Math.max(power(a.wave), power(b.wave));
  const apart = Math.sqrt((Math.max(0, distance) * larger) / options.noise);
  return apart > options.deviations && distance > options.alike ? Number.POSITIVE_INFINITY : distance;
}

/** The mean of two templates by their spikes; a channel that only one has keeps that one's wave. */
function joined(a: Template, b: Template, options: MergeOptions): Template {
  const { samples } = options.window;
  const { shift } = likeness(a, b, samples, options.mostShift);
  const moved = shifted(b.wave, samples, shift);
  const channels = Int32Array.from(new Set([...a.channels, ...b.channels]));
  const wave = new Float32Array(channels.length * samples);
  channels.forEach((channel, c) => {
    const inA = a.channels.indexOf(channel);
    const inB = b.channels.indexOf(channel);
    const share = inA < 0 ? 0 : inB < 0 ? 1 : a.count / (a.count + b.count);
    for (let s = 0; s < samples; s++) {
      const fromA = inA < 0 ? 0 : a.wave[inA * samples + s]!;
      const fromB = inB < 0 ? 0 : moved[inB * samples + s]!;
      wave[c * samples + s] = share * fromA + (1 - share) * fromB;
    }
  });
  return { main: a.count >= b.count ? a.main : b.main, channels, wave, count: a.count + b.count };
}
