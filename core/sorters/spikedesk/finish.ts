import { frames } from './window.ts';

/** Spikes of all units in one stretch, in order of segment and frame. */
export interface Spikes {
  readonly segment: Int32Array;
  readonly frame: Float64Array;
  readonly unit: Int32Array;
  readonly gain: Float32Array;
}

export interface FinishArgs {
  /** Stretches in order of time. */
  readonly parts: readonly Spikes[];
  /** How far each unit's template stands out of the noise, in deviations. */
  readonly strength: Float64Array;
  /** Channels of each unit. */
  readonly channels: readonly Int32Array[];
  readonly segments: number;
  readonly samplingFrequency: number;
  readonly seconds: number;
  readonly minSpikes: number;
}

/** A unit's own spikes nearer than this are one spike found twice; those of two units nearer than this coincide. */
const SAME_MS = 0.4;
/** Two spikes of one neuron are never nearer than this. */
const REFRACTORY_MS = 1.5;
/** Of two units of which more of the smaller one's spikes coincide, the weaker is an echo of the other. */
const ECHO = 0.6;
/** Weaker units are the sum of many far ones; somewhat stronger ones are too, if they break the refractory period. */
const LEAST_STRENGTH = 7.5;
const DOUBTFUL_STRENGTH = 10;
/** Refractory violations over those of unrelated spikes at the same rate. */
const MIXED = 0.3;

/** Trains a unit, by segment; undefined for a unit that is dropped. */
export function finishUnits(args: FinishArgs): (Float64Array[] | undefined)[] {
  const { strength, samplingFrequency, seconds, minSpikes } = args;
  const same = frames(SAME_MS, samplingFrequency);
  const trains = trainsOf(args, same);
  const counts = trains.map((train) => train.reduce((sum, part) => sum + part.length, 0));
  const alive = trains.map((train, unit) => {
    if (counts[unit]! < minSpikes || strength[unit]! < LEAST_STRENGTH) return false;
    return strength[unit]! >= DOUBTFUL_STRENGTH || !isMixed(train, counts[unit]!, samplingFrequency, seconds);
  });
  const weakest = trains.map((_, i) => i).sort((a, b) => strength[a]! - strength[b]!);
  for (const unit of weakest) {
    if (!alive[unit]) continue;
    const own = new Set(args.channels[unit]);
    alive[unit] = !trains.some((other, k) => {
      if (k === unit || !alive[k] || strength[k]! < strength[unit]!) return false;
      if (!args.channels[k]!.some((channel) => own.has(channel))) return false;
      return coincidences(trains[unit]!, other, same) > ECHO * Math.min(counts[unit]!, counts[k]!);
    });
  }
  return trains.map((train, unit) => (alive[unit] ? train : undefined));
}

/** Each unit's spikes; of two that are nearly at the same time the one that fits better. */
function trainsOf({ parts, strength, segments }: FinishArgs, same: number): Float64Array[][] {
  const trains = Array.from(strength, () => Array.from({ length: segments }, (): number[] => []));
  const gains = Array.from(strength, () => new Float64Array(segments));
  for (const { segment, frame, unit, gain } of parts)
    for (let i = 0; i < frame.length; i++) {
      const train = trains[unit[i]!]![segment[i]!]!;
      const last = gains[unit[i]!]!;
      const again = train.length > 0 && frame[i]! - train[train.length - 1]! <= same;
      if (again && gain[i]! <= last[segment[i]!]!) continue;
      if (again) train[train.length - 1] = frame[i]!;
      else train.push(frame[i]!);
      last[segment[i]!] = gain[i]!;
    }
  return trains.map((unit) => unit.map((train) => Float64Array.from(train)));
}

function isMixed(train: readonly Float64Array[], count: number, samplingFrequency: number, seconds: number): boolean {
  const refractory = frames(REFRACTORY_MS, samplingFrequency);
  let violations = 0;
  for (const part of train)
    for (let i = 1; i < part.length; i++) if (part[i]! - part[i - 1]! < refractory) violations++;
  const window = (REFRACTORY_MS - SAME_MS) / 1000;
  const expected = (count * count * window) / seconds;
  // With fewer expected, chance alone may show none or one.
  return expected >= 3 && violations > MIXED * expected;
}

function coincidences(a: readonly Float64Array[], b: readonly Float64Array[], same: number): number {
  let count = 0;
  a.forEach((left, segment) => {
    const right = b[segment] ?? new Float64Array();
    for (let i = 0, j = 0; i < left.length && j < right.length; ) {
      const apart = left[i]! - right[j]!;
      const both = Math.abs(apart) <= same;
      if (both) count++;
      if (both || apart < 0) i++;
      if (both || apart > 0) j++;
    }
  });
  return count;
}
