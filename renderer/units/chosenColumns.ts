import type { Column } from './columns.ts';

/** What most want to see first, where it is known; of several names for the same the first. */
const USUAL: readonly (readonly string[])[] = [
  ['id'],
  ['similarity'],
  ['group'],
  ['num_spikes', 'n_spikes'],
  ['firing_rate', 'fr'],
  ['snr'],
  ['amplitude_median', 'amp', 'Amplitude'],
  ['isi_violations_ratio', 'ContamPct'],
  ['main_channel', 'ch'],
  ['depth'],
];

/** The columns that are shown, in order: the user's choice, else the usual ones. The id always. */
export function chosenColumns(columns: readonly Column[], chosen: readonly string[] | undefined): readonly Column[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const names = chosen ?? [...USUAL.flatMap((same) => same.find((name) => byName.has(name)) ?? []), ...labels(columns)];
  const shown = ['id', ...names.filter((name) => name !== 'id')].flatMap((name) => byName.get(name) ?? []);
  return shown;
}

/** `shown` with one column more or less; a new one takes its place among all columns. */
export function toggleColumn(columns: readonly Column[], shown: readonly string[], name: string): string[] {
  if (shown.includes(name)) return shown.filter((one) => one !== name);
  const rank = new Map(columns.map((column, i) => [column.name, i]));
  const place = shown.findIndex((one) => (rank.get(one) ?? 0) > (rank.get(name) ?? 0));
  return place < 0 ? [...shown, name] : [...shown.slice(0, place), name, ...shown.slice(place)];
}

/** Labels the user gave are always worth seeing. */
function labels(columns: readonly Column[]): string[] {
  return columns.filter(({ origin }) => origin === 'label').map(({ name }) => name);
}
