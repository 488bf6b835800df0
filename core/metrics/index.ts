import { findEntry, parseParams } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import { amplitudeMedian } from './amplitudeMedian.ts';
import { firingRate } from './firingRate.ts';
import { isiViolation } from './isiViolation.ts';
import type { Metric, MetricUnit } from './metric.ts';
import { numSpikes } from './numSpikes.ts';
import { presenceRatio } from './presenceRatio.ts';
import { snr } from './snr.ts';

/** The order is that of the table. */
export const metrics: readonly Metric[] = [numSpikes, firingRate, presenceRatio, snr, isiViolation, amplitudeMedian];

/** A metric and its checked params. */
export interface ChosenMetric {
  readonly metric: Metric;
  readonly params: Readonly<Record<string, Json>>;
}

/** The metrics of those names (empty: all), params by metric name; unknown names and params are a UserError. */
export function chooseMetrics(
  names: readonly string[],
  params: Readonly<Record<string, unknown>> = {},
): readonly ChosenMetric[] {
  for (const name of Object.keys(params)) findEntry(metrics, 'metric', name);
  const chosen = names.length === 0 ? metrics : names.map((name) => findEntry(metrics, 'metric', name));
  return chosen.map((metric) => ({
    metric,
    params: parseParams(metric, 'metric', params[metric.name]) as Readonly<Record<string, Json>>,
  }));
}

/** Every column of the chosen metrics for one unit. */
export function metricsOfUnit(unit: MetricUnit, chosen: readonly ChosenMetric[]): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const { metric, params } of chosen) Object.assign(values, metric.compute(unit, params));
  return values;
}
