import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnitTable } from '../../shared/api.ts';
import type { CuratedUnit } from '../../shared/curatedUnits.ts';
import { fileNameFor } from '../../store/fileName.ts';

/** Columns phy makes itself: a second one of the same name would hide it, one of another name says the same twice. */
const PHYS_OWN = new Set(
  'id cluster_id n_spikes num_spikes amp ch main_channel sh depth fr firing_rate group si_unit_id'.split(' '),
);

/**
 * cluster_<field>.tsv: the group and other labels of each unit, its own id, and one column a metric. Numbers not known
 * are left out: phy reads an empty cell as text and would then sort the column as text. `ids`: cluster id a unit;
 * `groupOf`: group of a channel, for that of each unit's main channel.
 */
export async function writeTables(
  folder: string,
  units: readonly CuratedUnit[],
  ids: Int32Array,
  table: UnitTable,
  metrics: boolean,
  groupOf: (channelId: string) => number | undefined = () => undefined,
): Promise<void> {
  const put = (field: string, values: readonly (string | number | undefined)[], file = field) =>
    writeFile(join(folder, `cluster_${fileNameFor(file)}.tsv`), tsv(field, ids, values));
  const numSpikes = new Set(units.flatMap((unit, i) => (unit.numSpikes > 0 ? [i] : [])));
  const alive = <T>(values: readonly T[]) => values.map((value, i) => (numSpikes.has(i) ? value : undefined));

  await put('group', alive(units.map((unit) => unit.group || 'unsorted')));
  await put('si_unit_id', alive(units.map((unit) => unit.unitId)), 'si_unit_ids');
  for (const key of new Set(units.flatMap((unit) => Object.keys(unit.labels))))
    if (!PHYS_OWN.has(key)) await put(key, alive(units.map((unit) => unit.labels[key]?.join(', '))));
  const main = table.columns.find(({ name }) => name === 'main_channel')?.values ?? [];
  if (main.length > 0)
    await put('channel_group', alive(Array.from<number | string>(main).map((id) => groupOf(String(id)))));
  if (!metrics) return;
  for (const { name, values } of table.columns)
    if (!PHYS_OWN.has(name)) await put(name, alive(Array.from<number | string>(values)));
}

function tsv(field: string, ids: Int32Array, values: readonly (string | number | undefined)[]): string {
  const rows = values.flatMap((value, i) =>
    value === undefined || value === '' || (typeof value === 'number' && !Number.isFinite(value))
      ? []
      : [`${ids[i]}\t${cell(String(value))}\n`],
  );
  return `cluster_id\t${cell(field)}\n${rows.join('')}`;
}

/** As Python's csv module quotes. */
function cell(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
