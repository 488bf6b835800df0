import { AMPLITUDE_BINS, amplitudeCounts } from './amplitudeHistogram.ts';
import type { AmplitudeScene } from './amplitudeScene.ts';
import { type ShownUnit, spikePoints } from './amplitudeSpikes.ts';
import { binOf } from './countBins.ts';
import { inBox, type Plane, pixelX, pixelY, valueX, valueY } from './plane.ts';
import { momentAt, type RecordingTime, timeText } from './recordingTime.ts';
import { short } from './shownUnits.ts';
import type { Hit, Pointed } from './view.ts';

/** So near is a spike to the pointer that is meant, CSS pixels. */
const NEAR = 10;

/** The spike nearest to the pointer, if one is near. */
function nearestSpike(hit: Hit, units: readonly ShownUnit[], time: RecordingTime, plane: Plane) {
  let least = NEAR;
  let found: { readonly unit: ShownUnit; readonly at: number } | undefined;
  for (const unit of units) {
    const points = spikePoints(unit.spikes, time);
    for (let at = 0; at < unit.spikes.shown; at++) {
      const dx = Math.abs(pixelX(plane, points[2 * at]!) - hit.x);
      if (dx >= least) continue;
      const away = Math.hypot(dx, pixelY(plane, points[2 * at + 1]!) - hit.y);
      if (away < least) {
        least = away;
        found = { unit, at };
      }
    }
  }
  return found;
}

/** A spike with its unit, or the time where there is none. */
export function pointedAt(hit: Hit, { units, time, plane }: AmplitudeScene): Pointed | undefined {
  if (!inBox(hit, plane.box)) return undefined;
  const near = nearestSpike(hit, units, time, plane);
  if (near) {
    const { unitId, segment, sampleIndex } = near.unit.spikes;
    return { unitId, time: { segment: segment[near.at]!, frame: sampleIndex[near.at]! } };
  }
  const moment = momentAt(time, valueX(plane, hit.x));
  return moment && { time: moment };
}

/** A spike, or time and amplitude where there is none, in words. */
export function readSpike(hit: Hit, { units, time, plane }: AmplitudeScene): string | undefined {
  if (!inBox(hit, plane.box)) return undefined;
  const near = nearestSpike(hit, units, time, plane);
  const at = near ? spikePoints(near.unit.spikes, time)[2 * near.at]! : valueX(plane, hit.x);
  const told = time.rate === undefined ? `sample ${Math.round(at)}` : timeText(time, at, 3);
  if (!near) return `${told} · ${short(valueY(plane, hit.y))} ${units[0]?.spikes.unit ?? ''}`;
  const { spikes } = near.unit;
  return `unit ${spikes.unitId} · ${told} · ${short(spikes.amplitude[near.at]!)} ${spikes.unit}`;
}

/** How many spikes of each unit are in the bin of the histogram under the pointer. */
export function readBin(hit: Hit, { units, plane, all }: AmplitudeScene): string | undefined {
  const bin = binOf(valueY(plane, hit.y), all, AMPLITUDE_BINS);
  if (bin === undefined) return undefined;
  const step = (all[1] - all[0]) / AMPLITUDE_BINS;
  const from = all[0] + bin * step;
  const told = units.map(({ spikes }) => `${spikes.unitId}: ${amplitudeCounts(spikes, all)[bin]}`);
  return `${short(from)} to ${short(from + step)} ${units[0]?.spikes.unit ?? ''} · spikes of ${told.join(', ')}`;
}
