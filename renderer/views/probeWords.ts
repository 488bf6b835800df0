import type { UnitPlace } from '../../core/shared/api.ts';
import type { ChannelLayout } from '../../core/shared/probe.ts';
import { plain } from './axis.ts';
import { explainSpikes, recordedFiles } from './explainUnits.ts';
import { MAX_UNITS } from './probeContactMarks.ts';
import { contactsOf, shankCount } from './probeContacts.ts';
import { activityOf, hasDepth, placesOf, sparsityOf } from './probeData.ts';
import { nodeLabel, type ProbeOptions } from './probeOptions.ts';
import type { Data, ViewState } from './view.ts';

/** "384 contacts · 150 units · RMS after common reference · unit 7 keeps 12 channels (radius: …)" */
export function probeSummary(state: ViewState, data: Data, options: ProbeOptions): string {
  const { session, unitIds } = state;
  const places = placesOf(data);
  const activity = activityOf(data, options);
  const sparsity = sparsityOf(state, data, options);
  const words = [
    ...(session.layout ? [count(session.layout.x.length, 'contact')] : []),
    ...(places ? [count(places.length, 'unit')] : []),
    ...(activity?.kind === 'rms' ? [`RMS after ${nodeLabel(session.nodes[activity.from.node])}`] : []),
    ...(activity?.kind === 'rate' ? ['spikes of the units at each contact'] : []),
    ...(options.activity === 'rms' && session.nodes.length === 0 ? ['RMS needs the raw data'] : []),
    ...(options.activity === 'rate' && !activity && !session.curation ? ['no units yet to count spikes of'] : []),
    ...(sparsity
      ? [`unit ${sparsity.unitId} keeps ${count(kept(sparsity.kept), 'channel')} (${withoutNotes(sparsity.rule)})`]
      : []),
    ...(unitIds.length > MAX_UNITS ? [`channels of the first ${MAX_UNITS} of ${unitIds.length} units`] : []),
    ...(session.layout && contactsOf(session.layout, options.trueGaps).shifted
      ? ['gaps between shanks are not to scale']
      : []),
    ...(options.solid && places && places.length > 0 && !hasDepth(places)
      ? ['units are located in two dimensions: z = 0']
      : []),
  ];
  return words.join(' · ');
}

export function probeExplain(
  state: ViewState,
  data: Data,
  options: ProbeOptions,
): readonly (readonly [string, string])[] {
  const { session } = state;
  const { layout } = session;
  const places = placesOf(data);
  const activity = activityOf(data, options);
  const sparsity = sparsityOf(state, data, options);
  const chosen = session.session.probe ? 'the probe chosen for this session' : 'the probe that the recording carries';
  const shanks = layout ? shankCount(layout) : 0;
  const rows: (readonly [string, string])[] = [
    ['Recording', recordedFiles(state)],
    ['Contacts', layout ? `${layout.x.length} on ${count(shanks, 'shank')}, of ${chosen}` : 'none'],
  ];
  if (places)
    rows.push(...explainSpikes(state), [
      'Located',
      `${places.length} of them, from their templates or as the folder has it`,
    ]);
  if (activity?.kind === 'rms')
    rows.push([
      'Shade',
      `RMS of each channel after ${nodeLabel(session.nodes[activity.from.node])}, from ${activity.from.source}; the loudest and quietest 2 % of the channels are not told apart`,
    ]);
  if (activity?.kind === 'rate')
    rows.push(['Shade', 'spikes a second of all units whose main channel it is; all spikes count']);
  if (sparsity) rows.push([`Channels of unit ${sparsity.unitId}`, sparsity.rule]);
  if (options.solid)
    rows.push([
      '3D',
      `parallel lines of sight; ${hasDepth(places) ? 'z as the units are located' : 'no z is known: 0'}`,
    ]);
  return rows;
}

/** What is known of a unit. */
export function readUnit({ unitId, x, y, z, extremumChannel }: UnitPlace, state: ViewState): string {
  const at = [x, y, ...(z === undefined ? [] : [z])].map((v) => v.toFixed(1).replace('-', '−')).join(', ');
  return `unit ${unitId} · ${at} µm · main channel ${channelName(extremumChannel, state)}`;
}

/** What is known of a contact, and why the first selected unit keeps it or not. */
export function readContact(
  channel: number,
  layout: ChannelLayout,
  state: ViewState,
  data: Data,
  options: ProbeOptions,
): string {
  const activity = activityOf(data, options);
  const value = activity?.values[channel];
  const words = [
    `channel ${channelName(channel, state)}`,
    ...(layout.shank[channel] ? [`shank ${layout.shank[channel]}`] : []),
    `${plain(layout.x[channel]!)}, ${plain(layout.y[channel]!)} µm`,
    ...(activity && value !== undefined ? [measured(value, activity.kind, activity.unit)] : []),
    ...reason(channel, state, data, options),
  ];
  return words.join(' · ');
}

function measured(value: number, kind: 'rms' | 'rate', unit: string): string {
  if (Number.isNaN(value)) return kind === 'rms' ? 'RMS not known' : 'rate not known';
  const number = plain(Number(value.toPrecision(3)));
  return kind === 'rms' ? `RMS ${number} ${unit}` : `${number} ${unit}`;
}

function reason(channel: number, state: ViewState, data: Data, options: ProbeOptions): string[] {
  const sparsity = sparsityOf(state, data, options);
  if (!sparsity) return [];
  const { unitId, extremumChannel, distance, amplitude, unit, radiusUm } = sparsity;
  const keeps = sparsity.kept[channel] === 1;
  const verdict = `${keeps ? 'kept' : 'left out'} for unit ${unitId}`;
  if (channel === extremumChannel) return [`${verdict}: its main channel${height(amplitude[channel], unit)}`];
  const away = distance[channel] ?? Number.NaN;
  if (Number.isNaN(away)) return [`${verdict}${height(amplitude[channel], unit)}`];
  const far = `${plain(Math.round(away))} µm from its main channel`;
  const limit = radiusUm === undefined ? '' : keeps ? `, within ${plain(radiusUm)} µm` : ` > ${plain(radiusUm)} µm`;
  return [`${verdict}: ${far}${limit}${height(amplitude[channel], unit)}`];
}

function height(amplitude: number | undefined, unit: string): string {
  if (amplitude === undefined || Number.isNaN(amplitude)) return '';
  return `, ${plain(Number(amplitude.toPrecision(3)))} ${unit} peak to peak`;
}

/** All units, with where they are. */
export function probeTable(state: ViewState, data: Data): readonly (readonly (string | number)[])[] {
  const places = placesOf(data) ?? [];
  const deep = hasDepth(places);
  const head = ['unit', 'x (µm)', 'y (µm)', ...(deep ? ['z (µm)'] : []), 'main channel'];
  return [
    head,
    ...places.map(({ unitId, x, y, z, extremumChannel }) => [
      unitId,
      x,
      y,
      ...(deep ? [z ?? ''] : []),
      channelName(extremumChannel, state),
    ]),
  ];
}

function channelName(channel: number, { session }: ViewState): string {
  return String(session.recording?.channelIds[channel] ?? channel);
}

function kept(mask: Uint8Array): number {
  return mask.reduce((sum, one) => sum + one, 0);
}

function count(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}

/** What stands in brackets is for the explanation: a head has room for one line. */
function withoutNotes(rule: string): string {
  return rule.replaceAll(/ \([^)]*\)/g, '');
}
