import type { UnitWaveforms } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { memo } from './memo.ts';
import { unitVersion } from './versions.ts';
import { type Ask, answer, type Data, type Query, type ViewState } from './view.ts';
import type { WaveformOptions } from './waveformOptions.ts';

/** As phy. */
export const MAX_UNITS = 8;
/** Points of single spikes that all units share: more could not be moved smoothly without a graphics card. */
const POINTS = 500_000;
const FEWEST = 10;

/** A selected unit whose waveforms are there. */
export interface Shown {
  readonly waves: UnitWaveforms;
  /** Place in the selection: its colour. */
  readonly order: number;
  /** Place among those shown, for units side by side. */
  readonly slot: number;
  /** Single spikes that are drawn, evenly chosen of waves.shown. */
  readonly drawn: number;
}

/** Each unit by itself, so that one more asks for one only. */
export function waveformQuery({ session, unitIds }: ViewState, { maxSpikes }: WaveformOptions): Query {
  if (!session.curation) return {};
  const version = unitVersion(session);
  const ask = (unitId: UnitId): [string, Ask] => [
    nameOf(unitId),
    { method: 'waveforms', args: { unitIds: [unitId], maxSpikes }, version },
  ];
  return Object.fromEntries(unitIds.slice(0, MAX_UNITS).map(ask));
}

export function unitsOf({ unitIds }: ViewState, data: Data): Shown[] {
  const found = unitIds.slice(0, MAX_UNITS).flatMap((unitId, order) => {
    const waves = answer(data, nameOf(unitId), 'waveforms')?.items[0];
    return waves ? [{ waves, order }] : [];
  });
  const points = found.reduce((sum, { waves }) => sum + waves.channels.length * waves.samples, 0);
  const room = Math.max(FEWEST, Math.floor(POINTS / Math.max(1, points)));
  return found.map(({ waves, order }, slot) => ({ waves, order, slot, drawn: Math.min(waves.shown, room) }));
}

/** All channels that a unit shown is on, ascending. */
export function channelsOf(units: readonly Shown[]): number[] {
  return [...new Set(units.flatMap(({ waves }) => [...waves.channels]))].sort((a, b) => a - b);
}

/** The largest value of a template, either way. */
export function peak(units: readonly Shown[]): number {
  const one = (waves: UnitWaveforms) =>
    memo(waves, 'peak', () => waves.template.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
  return Math.max(0, ...units.map(({ waves }) => one(waves))) || 1;
}

/** Lowest and highest value of most single spikes on each channel: two standard deviations from the template. */
export function reaches(waves: UnitWaveforms): { readonly low: Float32Array; readonly high: Float32Array } {
  return memo(waves, 'reaches', () => {
    const { template, std } = waves;
    const channels = waves.channels.length;
    const [low, high] = [new Float32Array(channels), new Float32Array(channels)];
    template.forEach((v, i) => {
      const c = i % channels;
      low[c] = Math.min(low[c]!, v - 2 * std[i]!);
      high[c] = Math.max(high[c]!, v + 2 * std[i]!);
    });
    return { low, high };
  });
}

/** The lowest and the highest value of all single spikes. */
export function spikeExtremes(waves: UnitWaveforms): { readonly low: number; readonly high: number } {
  return memo(waves, 'spike extremes', () => {
    let [low, high] = [0, 0];
    for (const v of waves.spikes) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
    return { low, high };
  });
}

/** How far single spikes usually are from the template, one standard deviation. */
export function spread(waves: UnitWaveforms): number {
  return memo(waves, 'spread', () => waves.std.toSorted()[waves.std.length >> 1] ?? 0);
}

function nameOf(unitId: UnitId): string {
  return `${typeof unitId} ${unitId}`;
}
