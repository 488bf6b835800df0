import { breathe } from '../compute/breathe.ts';
import { chooseMetrics, metricsOfUnit } from '../metrics/index.ts';
import type { UnitColumn } from '../shared/api.ts';
import type { OpenedSorting } from '../shared/lists.ts';
import { mergedTrains, type UnitTrains } from '../shared/unitTrains.ts';
import type { SortedTemplates } from './phyTemplates.ts';

/** Main channel and its depth. `rows`: parts of each unit. */
export function channelColumns(templates: SortedTemplates, rows: readonly (readonly number[])[]): UnitColumn[] {
  const channels = rows.map((parts) => templates.mean(parts).extremumChannel);
  return [
    {
      name: 'main_channel',
      label: 'Channel',
      unit: '',
      help: 'The channel on which the unit is largest.',
      values: channels.map((channel) => templates.label(channel)),
    },
    {
      name: 'depth',
      label: 'Depth',
      unit: 'µm',
      help: 'Place of the main channel along the probe.',
      values: Float64Array.from(channels, (channel) => templates.position(channel)[1]),
    },
  ];
}

/** The metrics that need nothing but spikes. */
export async function spikeMetrics(
  trains: UnitTrains,
  numFrames: readonly number[],
  rows: readonly (readonly number[])[],
  signal: AbortSignal,
): Promise<UnitColumn[]> {
  const chosen = chooseMetrics([]).filter(({ metric }) => metric.dependsOn.length === 0);
  const columns = chosen.flatMap(({ metric }) =>
    metric.columns.map((column) => ({ ...column, values: new Float64Array(rows.length) })),
  );
  const { samplingFrequency } = trains;
  for (const [i, parts] of rows.entries()) {
    await breathe(signal);
    const own = numFrames.map(
      (_, segment) => mergedTrains(parts.map((part) => trains.train(part, segment))).sampleIndex,
    );
    const values = metricsOfUnit({ samplingFrequency, numFrames, trains: own }, chosen);
    for (const column of columns) column.values[i] = values[column.name] ?? Number.NaN;
  }
  return columns;
}

/** Numbers of the folder's own tables; not known of merged units. */
export function toldColumns(columns: OpenedSorting['columns'], rows: readonly (readonly number[])[]): UnitColumn[] {
  return Object.entries(columns)
    .filter(([, values]) => values.some((value) => typeof value === 'number'))
    .map(
      ([name, values]): UnitColumn => ({
        name,
        label: name.replaceAll('_', ' '),
        unit: '',
        help: `${name}, as the folder has it.`,
        values: Float64Array.from(rows, ([row, ...more]) =>
          row !== undefined && more.length === 0 ? Number(values[row] ?? Number.NaN) : Number.NaN,
        ),
      }),
    );
}
