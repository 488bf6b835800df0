import type { Random } from '../shared/random.ts';
import { type SegmentSpikes, sortSpikes } from '../shared/sorting.ts';

/** Rates drawn lognormal around 4 Hz, kept within [low, high] Hz. */
export function drawRates(units: number, low: number, high: number, r: Random): Float64Array {
  return Float64Array.from({ length: units }, () =>
    Math.min(high, Math.max(low, Math.exp(Math.log(4) + 0.9 * r.gaussian()))),
  );
}

/** Poisson spikes with a dead time after each, none in the first or last `edge` frames. rates: Hz a unit. */
export function drawTrains(
  rates: Float64Array,
  frames: number,
  samplingFrequency: number,
  refractoryMs: number,
  edge: number,
  r: Random,
): SegmentSpikes {
  const dead = refractoryMs / 1000;
  const sampleIndex: number[] = [];
  const unitIndex: number[] = [];
  rates.forEach((rate, unit) => {
    const pause = Math.max(1e-6, 1 / rate - dead);
    let last = -1;
    for (let t = -Math.log(1 - r.uniform()) * pause; ; t += dead - Math.log(1 - r.uniform()) * pause) {
      const frame = edge + Math.round(t * samplingFrequency);
      if (frame >= frames - edge) break;
      if (frame === last) continue;
      sampleIndex.push(frame);
      unitIndex.push(unit);
      last = frame;
    }
  });
  return sortSpikes(sampleIndex, unitIndex);
}
