import { plain } from './axis.ts';
import { explainSpikes, recordedFiles } from './explainUnits.ts';
import type { Data, Hit, ViewState } from './view.ts';
import { cellBox, channelAt, type Grid, pixelsOf, slotBox } from './waveformGrid.ts';
import { unitWord } from './waveformMarks.ts';
import type { WaveformOptions } from './waveformOptions.ts';
import { MAX_UNITS, type Shown, unitsOf } from './waveformUnits.ts';

/** More units' values do not fit into one line. */
const MAX_READ = 4;

/** "100 of 8,123 spikes" */
export function waveformSummary(state: ViewState, data: Data): string {
  const units = unitsOf(state, data);
  if (units.length === 0) return '';
  const more = state.unitIds.length > MAX_UNITS ? [`first ${MAX_UNITS} of ${state.unitIds.length} units`] : [];
  return [spikesSummary(units, state), ...more].join(' · ');
}

function spikesSummary(units: readonly Shown[], state: ViewState): string {
  if (units.every(({ drawn }) => drawn === 0)) return noSpikes(state);
  const each = units.map(({ waves, drawn }) => `${drawn} of ${waves.numSpikes.toLocaleString('en')}`);
  if (units.length <= 3) return `${each.join(' + ')} spikes`;
  const most = Math.max(...units.map(({ drawn }) => drawn));
  return `up to ${most} spikes of each of ${units.length} units`;
}

function noSpikes({ session }: ViewState): string {
  return session.recording ? 'templates only: no single spikes are kept' : 'no raw data: templates of the sorting only';
}

export function waveformExplain(state: ViewState, data: Data): readonly (readonly [string, string])[] {
  const { session } = state;
  const units = unitsOf(state, data);
  const [first] = units;
  const rows: (readonly [string, string])[] = [...explainSpikes(state)];
  if (!first) return rows;
  const { waves } = first;
  rows.push(['Recording', session.recording ? recordedFiles(state) : 'not there']);
  rows.push([
    'Window',
    `${plain(waves.msBefore)} ms before to ${plain(waves.msAfter)} ms after the spike, ${waves.samples} samples, in ${unitWord(waves.unit)}`,
  ]);
  rows.push([
    'Template',
    waves.unit === 'raw'
      ? 'as the sorter saved it'
      : 'mean of the random spikes the analyzer chose; the band: one standard deviation of them',
  ]);
  for (const { waves: one, drawn } of units) {
    const all = one.numSpikes.toLocaleString('en');
    const read = drawn < one.shown ? `, of ${one.shown} that were read, to stay quick` : '';
    const spikes =
      drawn > 0 ? `${drawn} of ${all} spikes, evenly chosen over the recording${read}` : `template of ${all} spikes`;
    rows.push([`Unit ${one.unitId}`, `${spikes}; ${one.channels.length} channels`]);
  }
  return rows;
}

/** Channel, time and value under the pointer, and the templates' values at that time. */
export function readWaveform(
  hit: Hit,
  units: readonly Shown[],
  grid: Grid,
  state: ViewState,
  options: WaveformOptions,
): string | undefined {
  const channel = channelAt(grid, hit);
  const [first] = units;
  if (channel === undefined || !first) return undefined;
  const { slot, unit } = slotAt(hit.x, channel, units, grid, options);
  const { samples, msBefore, msAfter } = unit.waves;
  const sample = Math.round(((hit.x - slot.x) / slot.width) * (samples - 1));
  const inside = sample >= 0 && sample < samples;
  const ms = -msBefore + (sample * (msBefore + msAfter)) / samples;
  const cell = cellBox(grid, channel);
  const perPixel = 1 / (grid.gain * pixelsOf(grid).y);
  const value = (cell.y + cell.height / 2 - hit.y) * perPixel;
  const looked = options.overlap ? units : [unit];
  const templates = looked.slice(0, MAX_READ).flatMap(({ waves }) => {
    const column = waves.channels.indexOf(channel);
    const v = waves.template[sample * waves.channels.length + column];
    return column < 0 || !inside || v === undefined ? [] : [`${waves.unitId}: ${rounded(v)}`];
  });
  const main = units.filter(({ waves }) => waves.extremumChannel === channel).map(({ waves }) => waves.unitId);
  const name = state.session.recording?.channelIds[channel] ?? channel;
  return [
    `channel ${name}`,
    ...(inside ? [`${plain(Number(ms.toFixed(2)))} ms`] : []),
    `${rounded(value)} ${unitWord(first.waves.unit)}`,
    ...(templates.length > 0 ? [`template of ${templates.join(', ')}`] : []),
    ...(main.length > 0 ? [`main channel of ${main.join(', ')}`] : []),
  ].join(' · ');
}

/** Which unit's share of a cell that is. */
export function slotAt(x: number, channel: number, units: readonly Shown[], grid: Grid, { overlap }: WaveformOptions) {
  const slots = overlap ? 1 : units.length;
  const whole = slotBox(grid, channel, 0, 1);
  const at = Math.floor(((x - whole.x) / whole.width) * slots);
  const index = Math.min(slots - 1, Math.max(0, at));
  return { slot: slotBox(grid, channel, index, slots), unit: units[index]! };
}

function rounded(v: number): string {
  return plain(Number(Math.abs(v) < 0.005 ? 0 : v.toPrecision(3)));
}

/** Samples of all templates: a row a time, a column a unit and channel. */
export function waveformTable(state: ViewState, data: Data): readonly (readonly (string | number)[])[] {
  const units = unitsOf(state, data);
  const [first] = units;
  if (!first) return [];
  const columns = units.flatMap(({ waves }) => Array.from(waves.channels, (channel, c) => ({ waves, channel, c })));
  const name = (channel: number) => state.session.recording?.channelIds[channel] ?? channel;
  const head = columns.map(
    ({ waves, channel }) => `unit ${waves.unitId} channel ${name(channel)} (${unitWord(waves.unit)})`,
  );
  const { samples, msBefore, msAfter } = first.waves;
  const step = (msBefore + msAfter) / samples;
  return [
    ['time (ms)', ...head],
    ...Array.from({ length: samples }, (_, s) => [
      Number((s * step - msBefore).toFixed(6)),
      ...columns.map(({ waves, c }) => waves.template[s * waves.channels.length + c] ?? ''),
    ]),
  ];
}
