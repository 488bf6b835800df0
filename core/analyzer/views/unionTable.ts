import { type ChosenMetric, chooseMetrics, metrics, metricsOfUnit } from '../../metrics/index.ts';
import type { ColumnInfo, UnitColumn, UnitTable } from '../../shared/api.ts';
import type { Contents } from '../contents.ts';
import { partsOf, type UnionUnit, unionMetricUnit } from '../curated.ts';
import { metricUnits } from '../metricUnits.ts';
import { metricColumns } from '../qualityMetrics.ts';
import { asObject, type Stored } from '../stored.ts';
import { floats } from '../templates.ts';
import { type Shapes, shapesOf } from './unionShapes.ts';

type Find = (name: string) => Promise<Stored | undefined>;

/** Main channel, depth and every metric of the units in force. */
export async function unionTable(
  contents: Contents,
  units: readonly UnionUnit[],
  find: Find,
  breathe: () => Promise<void>,
): Promise<UnitTable> {
  const parts = units.map((unit) => partsOf(contents, unit));
  const saved = await find('quality_metrics');
  const shapes = await shapesIfThere(contents, find);
  const places = await placeColumns(contents, parts, shapes, await find('unit_locations'));
  const columns = await metricValues(contents, parts, saved, shapes, find, breathe);
  const others = await otherTables(parts, find);
  return { unitIds: units.map((unit) => unit.unitId), columns: [...places, ...columns, ...others] };
}

async function shapesIfThere(contents: Contents, find: Find): Promise<Shapes | undefined> {
  const found = new Map<string, Stored>();
  for (const name of ['templates', 'random_spikes']) {
    const stored = await find(name);
    if (!stored) return undefined;
    found.set(name, stored);
  }
  return shapesOf(contents, async (name) => found.get(name)!);
}

async function placeColumns(
  { info }: Contents,
  parts: readonly (readonly number[])[],
  shapes: Shapes | undefined,
  locations: Stored | undefined,
): Promise<UnitColumn[]> {
  if (!shapes) return [];
  return [
    {
      name: 'main_channel',
      label: 'Channel',
      unit: '',
      help: 'The channel on which the unit is largest.',
      values: parts.map((rows) => String(info.channelIds[shapes.template(rows).mainChannel])),
    },
    {
      name: 'depth',
      label: 'Depth',
      unit: 'µm',
      help: 'Place of the unit along the probe, from how its template fades over the contacts.',
      values: Float64Array.from(parts, (rows) => shapes.place(rows, locations)[1]),
    },
  ];
}

/** As saved for original units; merged ones by the metrics we have, NaN or empty in other columns. */
async function metricValues(
  contents: Contents,
  parts: readonly (readonly number[])[],
  saved: Stored | undefined,
  shapes: Shapes | undefined,
  find: Find,
  breathe: () => Promise<void>,
): Promise<UnitColumn[]> {
  const table = saved?.tables.metrics;
  const chosen = chosenMetrics(saved);
  const names = table
    ? Object.keys(table.columns)
    : chosen.flatMap(({ metric }) => metric.columns.map((column) => column.name));
  const fromTable = (rows: readonly number[]) => table !== undefined && rows.length === 1;
  const columns = names.map((name): UnitColumn => {
    const old = table?.columns[name];
    const info = columnInfo(name, contents.returnInUv);
    if (old && !(old instanceof Float64Array))
      return { ...info, values: parts.map((rows) => (fromTable(rows) ? (old[rows[0]!] ?? '') : '')) };
    return {
      ...info,
      values: Float64Array.from(parts, (rows) => (fromTable(rows) ? (old?.[rows[0]!] ?? Number.NaN) : Number.NaN)),
    };
  });
  if (parts.every(fromTable)) return columns;
  const needs = [...new Set(chosen.flatMap(({ metric }) => metric.dependsOn))];
  const stored = new Map(await Promise.all(needs.map(async (name) => [name, await find(name)] as const)));
  const ofUnit = metricUnits(contents, (name) => stored.get(name));
  const noise = floats(stored.get('noise_levels')?.arrays.noise_levels);
  for (const [row, rows] of parts.entries()) {
    if (fromTable(rows)) continue;
    const nbefore = shapes?.templates.nbefore ?? 0;
    const unit = unionMetricUnit(ofUnit, rows, shapes?.template(rows), nbefore, noise);
    const values = metricsOfUnit(unit, chosen);
    for (const column of columns)
      if (column.values instanceof Float64Array) column.values[row] = values[column.name] ?? Number.NaN;
    await breathe();
  }
  return columns;
}

/** Tables only SpikeInterface computes: as saved, not known of merged units. */
async function otherTables(parts: readonly (readonly number[])[], find: Find): Promise<UnitColumn[]> {
  const table = (await find('template_metrics'))?.tables.metrics;
  return Object.entries(table?.columns ?? {}).map(([name, values]): UnitColumn => {
    const info = columnInfo(name, true);
    if (values instanceof Float64Array)
      return {
        ...info,
        values: Float64Array.from(parts, ([row, more]) => (more === undefined ? values[row!]! : Number.NaN)),
      };
    return { ...info, values: parts.map(([row, more]) => (more === undefined ? (values[row!] ?? '') : '')) };
  });
}

/** The metrics of the saved table that we know, with its params; all without one. */
function chosenMetrics(saved: Stored | undefined): readonly ChosenMetric[] {
  const listed = saved?.params.metric_names;
  const names = Array.isArray(listed)
    ? metrics.map((metric) => metric.name).filter((name) => listed.includes(name))
    : [];
  if (saved && names.length === 0) return [];
  const params = asObject(saved?.params.metric_params) ?? {};
  const known = metrics.filter((metric) => metric.params.safeParse(params[metric.name] ?? {}).success);
  return chooseMetrics(names, Object.fromEntries(known.map((metric) => [metric.name, params[metric.name] ?? {}])));
}

function columnInfo(name: string, inUv: boolean): ColumnInfo {
  const known = metricColumns.get(name);
  if (!known)
    return { name, label: name.replaceAll('_', ' '), unit: '', help: `${name}, as SpikeInterface computed it.` };
  return { name, label: known.label, help: known.help, unit: known.unit === 'µV' && !inUv ? 'raw' : known.unit };
}
