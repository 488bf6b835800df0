import type { UnitAmplitudes } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { memo } from './memo.ts';
import { bytes, fade, unitColor } from './palette.ts';
import { extent } from './plane.ts';
import { axisTime, type RecordingTime } from './recordingTime.ts';
import { answer, type Data, type ViewState } from './view.ts';

/** A selected unit whose amplitudes are there. */
export interface ShownUnit {
  readonly spikes: UnitAmplitudes;
  /** Of the selection: tells the colour. */
  readonly order: number;
}

export const MAX_UNITS = 8;

export function nameOf(unitId: UnitId): string {
  return `${typeof unitId} ${unitId}`;
}

export function shownUnits({ unitIds }: ViewState, data: Data): ShownUnit[] {
  return unitIds.slice(0, MAX_UNITS).flatMap((unitId, order) => {
    const spikes = answer(data, nameOf(unitId), 'amplitudes')?.items[0];
    return spikes ? [{ spikes, order }] : [];
  });
}

/** Time on the axis and amplitude of each spike. out: [spikes][2] */
export function spikePoints(spikes: UnitAmplitudes, time: RecordingTime): Float32Array {
  const { rate, offsetS, line } = time;
  return memo(spikes, `points ${rate} ${offsetS} ${line.startS.join()}`, () => {
    const { segment, sampleIndex, amplitude } = spikes;
    const out = new Float32Array(2 * amplitude.length);
    for (let i = 0; i < amplitude.length; i++) {
      // Without a sampling rate: in samples.
      out[2 * i] = axisTime(time, { segment: segment[i]!, frame: sampleIndex[i]! }) ?? sampleIndex[i]!;
      out[2 * i + 1] = amplitude[i]!;
    }
    return out;
  });
}

export function spikeColors({ spikes, order }: ShownUnit, { palette }: ViewState): Uint8Array {
  const opacity = spikes.shown > 2000 ? 0.5 : 0.8;
  const color = fade(unitColor(palette, order), opacity);
  return memo(spikes, `colors ${palette.name} ${order % palette.units.length}`, () => bytes(color, spikes.shown));
}

/** Least and greatest amplitude of the units, with some room. */
export function amplitudeRange(units: readonly ShownUnit[]): [number, number] {
  const ends = units.flatMap(({ spikes }) => memo(spikes, 'extent', () => extent(spikes.amplitude)) ?? []);
  const [low, high] = extent(ends) ?? [0, 1];
  const room = 0.05 * (high - low) || 0.05 * Math.abs(high) || 1;
  return [low - room, high + room];
}

export function medianAmplitude(spikes: UnitAmplitudes): number {
  return memo(spikes, 'median', () => {
    const sorted = Float32Array.from(spikes.amplitude).sort();
    return sorted.length === 0 ? Number.NaN : sorted[Math.floor(sorted.length / 2)]!;
  });
}
