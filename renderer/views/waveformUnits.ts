import type { UnitWaveforms } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { memo } from './memo.ts';
import { unitVersion } from './versions.ts';
import { type Ask, answer, type Data, type Query, type ViewState } from './view.ts';
import type { WaveformOptions } from './waveformOptions.ts';

/** As phy. */
export const MAX_UNITS = 8;
/** Points of single spikes that all units share: more cannot be moved smoothly without a graphics card. */
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

/** The lowest trough and the highest peak of all templates, and the larger of both. */
export function extremes(units: readonly Shown[]): { low: number; high: number; most: number } {
  const one = (waves: UnitWaveforms) =>
    memo(waves, 'extremes', () => ({
      low: waves.template.reduce((least, v) => Math.min(least, v), 0),
      high: waves.template.reduce((most, v) => Math.max(most, v), 0),
    }));
  const all = units.map(({ waves }) => one(waves));
  const low = Math.min(0, ...all.map((unit) => unit.low));
  const high = Math.max(0, ...all.map((unit) => unit.high));
  return { low, high, most: Math.max(-low, high) || 1 };
}

function nameOf(unitId: UnitId): string {
  return `${typeof unitId} ${unitId}`;
}
