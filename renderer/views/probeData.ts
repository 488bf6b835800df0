import type { ChannelActivity, UnitPlace, UnitSparsity } from '../../core/shared/api.ts';
import { memo } from './memo.ts';
import type { Contacts } from './probeContacts.ts';
import { type ProbeOptions, probeNode } from './probeOptions.ts';
import { curationVersion, traceVersion } from './versions.ts';
import { answer, type Data, type Query, type ViewState } from './view.ts';

export function probeQuery(state: ViewState, options: ProbeOptions): Query {
  const { session, unitIds } = state;
  const units = session.curation !== undefined;
  const version = curationVersion(session);
  const [first] = unitIds;
  const loud = options.activity === 'rms' && session.nodes.length > 0;
  const busy = options.activity === 'rate' && units;
  const node = probeNode(state, options);
  return {
    ...(units && { places: { method: 'places', args: undefined, version } }),
    ...(units &&
      options.sparsity &&
      first !== undefined && { sparsity: { method: 'sparsity', args: { unitId: first }, version } }),
    ...((loud || busy) && {
      activity: { method: 'activity', args: { node }, version: busy ? version : traceVersion(session) },
    }),
  };
}

export function placesOf(data: Data): readonly UnitPlace[] | undefined {
  return answer(data, 'places', 'places')?.result;
}

/** Which channels the first selected unit keeps: an answer about another unit is an old one. */
export function sparsityOf({ unitIds }: ViewState, data: Data, { sparsity }: ProbeOptions): UnitSparsity | undefined {
  const found = answer(data, 'sparsity', 'sparsity')?.result;
  return sparsity && found?.unitId === unitIds[0] ? found : undefined;
}

export interface Activity {
  readonly kind: 'rms' | 'rate';
  /** [channels]; NaN: not known */
  readonly values: Float64Array;
  /** Values of the darkest and the brightest contact. */
  readonly range: readonly [number, number];
  readonly unit: string;
  readonly from: ChannelActivity;
}

/** What the contacts' brightness tells; undefined: nothing, or it is not known yet. */
export function activityOf(data: Data, { activity }: ProbeOptions): Activity | undefined {
  const from = answer(data, 'activity', 'activity')?.result;
  const values = activity === 'rate' ? from?.rate : from?.rms;
  if (!from || !values || activity === 'none') return undefined;
  return memo(from, `activity ${activity}`, () => ({
    kind: activity,
    values,
    range: activity === 'rate' ? [0, quantile(values, 1) || 1] : spread(values),
    unit: activity === 'rate' ? 'spikes/s' : from.unit,
    from,
  }));
}

/** A loud broken channel must not make all others look alike. */
function spread(values: Float64Array): readonly [number, number] {
  const [low, high] = [quantile(values, 0.02), quantile(values, 0.98)];
  return high > low ? [low, high] : [0, high || 1];
}

function quantile(values: Float64Array, part: number): number {
  const known = values.filter((v) => !Number.isNaN(v)).sort();
  return known[Math.round(part * (known.length - 1))] ?? 0;
}

/** µm where a unit is drawn: shifted as its main channel is. */
export function drawnPlace({ shift }: Contacts, { x, y, z, extremumChannel }: UnitPlace): [number, number, number] {
  return [x + (shift[extremumChannel] ?? 0), y, z ?? 0];
}

/** Whether units are located in three dimensions. */
export function hasDepth(places: readonly UnitPlace[] | undefined): boolean {
  return places?.some(({ z }) => z !== undefined) ?? false;
}
