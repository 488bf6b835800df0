import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analyzer } from '../../core/analyzer/analyzer.ts';
import { parseCsv } from '../../core/analyzer/csv.ts';
import { z } from '../../core/shared/zod.ts';
import type { GoldenPlace, Verdict } from './area.ts';
import { computeIn, goldenParams, type Params } from './goldenAnalyzer.ts';

const metricsJson = z.object({
  params: z.record(z.string(), z.record(z.string(), z.json())).optional(),
  metrics: z.object({
    unit_ids: z.array(z.string()),
    columns: z.array(z.string()),
    values: z.record(z.string(), z.record(z.string(), z.union([z.number(), z.null(), z.string()]))),
  }),
});

/** Every column of the table the analyzer holds, and of the tables saved beside it. */
export async function* checkMetrics(
  place: GoldenPlace,
  folder: string,
  ours: Analyzer,
  name: string,
): AsyncGenerator<Verdict, void> {
  const file = join(place.golden, folder, 'extensions/quality_metrics/metrics.csv');
  const golden = parseCsv(readFileSync(file, 'utf8'), file);
  const { metric_params } = goldenParams(place, folder, 'quality_metrics');
  const own = await metricsWith(place, ours, z.record(z.string(), z.json()).parse(metric_params));
  for (const [column, values] of Object.entries(golden.columns))
    yield {
      entry: `${folder}/extensions/quality_metrics/metrics.csv`,
      part: column,
      ...(own[column] ? { ours: own[column], golden: Array.from(values, Number) } : { missing: true }),
    };
  const tables: Readonly<Record<string, readonly string[]>> = {
    main: ['quality_metrics_short', 'quality_metrics_default'],
    twoseg: ['twoseg_quality_metrics'],
    best_channels: ['best_channels_quality_metrics'],
  };
  for (const table of tables[name] ?? []) {
    const entry = `analyzer/${table}.json`;
    const read: unknown = JSON.parse(readFileSync(join(place.golden, entry), 'utf8'));
    const { params, metrics } = metricsJson.parse(wrapped(read));
    const columns = await metricsWith(place, ours, params ?? z.record(z.string(), z.json()).parse(metric_params));
    for (const column of metrics.columns)
      yield {
        entry,
        part: column,
        ...(columns[column]
          ? {
              ours: columns[column],
              golden: metrics.unit_ids.map((unit) => Number(metrics.values[unit]?.[column] ?? Number.NaN)),
            }
          : { missing: true }),
      };
  }
}

/** Some tables have their params beside them, some do not. */
function wrapped(table: unknown): unknown {
  return typeof table === 'object' && table !== null && 'metrics' in table ? table : { metrics: table };
}

/** Our columns by name, with SpikeInterface's params of the metrics we have. */
async function metricsWith(place: GoldenPlace, ours: Analyzer, params: Params): Promise<Record<string, Float64Array>> {
  const known = ['num_spikes', 'firing_rate', 'presence_ratio', 'snr', 'isi_violation', 'amplitude_median'];
  const metric_params = Object.fromEntries(known.map((name) => [name, params[name] ?? {}]));
  await computeIn(place, ours, [{ name: 'quality_metrics', params: { metric_names: known, metric_params } }]);
  const { columns = {} } = (await ours.extension('quality_metrics'))?.tables.metrics ?? {};
  return Object.fromEntries(
    Object.entries(columns).filter((one): one is [string, Float64Array] => one[1] instanceof Float64Array),
  );
}
