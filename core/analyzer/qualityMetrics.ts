import { chooseMetrics, metrics, metricsOfUnit } from '../metrics/index.ts';
import { z } from '../shared/zod.ts';
import { extension } from './extension.ts';
import { metricUnits } from './metricUnits.ts';

const params = z.object({
  metric_names: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe('Which metrics; usual: empty, all of them. Each says what it is for.')
    .meta({ title: 'Metrics' }),
  metric_params: z
    .record(z.string(), z.record(z.string(), z.json()))
    .nullable()
    .default(null)
    .describe('Parameters by metric; those left out have their usual values.')
    .meta({ title: 'Parameters of the metrics', advanced: true }),
  metrics_to_compute: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe('Kept for SpikeInterface, which can add to an older table; here all named metrics are computed.')
    .meta({ advanced: true }),
  delete_existing_metrics: z
    .boolean()
    .default(false)
    .describe('Kept for SpikeInterface; here the table is always made anew.')
    .meta({ advanced: true }),
  periods: z
    .null()
    .default(null)
    .describe('Kept for SpikeInterface: parts of the recording; here always all of it.')
    .meta({ advanced: true }),
});

export const qualityMetrics = extension({
  name: 'quality_metrics',
  label: 'Quality metrics',
  help: 'Numbers that tell good units from bad: how many spikes, how clean, how far out of the noise. They are the columns of the unit table.',
  siClass: 'metrics.quality.quality_metrics.ComputeQualityMetrics',
  traces: 'none',
  params,
  dependsOn: (chosen) => [
    ...new Set(chooseMetrics(chosen.metric_names ?? []).flatMap(({ metric }) => metric.dependsOn)),
  ],
  settle(chosen) {
    const picked = chooseMetrics(chosen.metric_names ?? [], chosen.metric_params ?? {});
    const names = picked.map(({ metric }) => metric.name);
    const all = chooseMetrics([], chosen.metric_params ?? {});
    return {
      ...chosen,
      metric_names: names,
      metrics_to_compute: names,
      metric_params: Object.fromEntries(all.map(({ metric, params: own }) => [metric.name, { ...own }])),
    };
  },
  async compute({ contents, params: chosen, stored, breathe }) {
    const picked = chooseMetrics(chosen.metric_names ?? [], chosen.metric_params ?? {});
    const needs = new Set(picked.flatMap(({ metric }) => metric.dependsOn));
    const found = new Map(await Promise.all(Array.from(needs, async (name) => [name, await stored(name)] as const)));
    const ofUnit = metricUnits(contents, (name) => found.get(name));
    const { unitIds } = contents.sorting;
    const columns = picked.flatMap(({ metric }) =>
      metric.columns.map(({ name, whole = false }) => ({ name, whole, values: new Float64Array(unitIds.length) })),
    );
    for (const row of unitIds.keys()) {
      const values = metricsOfUnit(ofUnit(row), picked);
      for (const column of columns) column.values[row] = values[column.name] ?? Number.NaN;
      await breathe();
    }
    return { tables: { metrics: { index: unitIds, columns } } };
  },
});

/** Every column a metric of ours gives, by name. */
export const metricColumns = new Map(
  metrics.flatMap((metric) => metric.columns.map((column) => [column.name, column] as const)),
);
