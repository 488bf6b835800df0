import { expect, test } from 'vitest';
import { chooseMetrics, metrics, metricsOfUnit } from './index.ts';
import type { MetricUnit } from './metric.ts';

const unit = (trains: readonly (readonly number[])[], seconds: readonly number[], more: Partial<MetricUnit> = {}) => ({
  samplingFrequency: 1000,
  numFrames: seconds.map((s) => s * 1000),
  trains: trains.map((train) => Float64Array.from(train)),
  ...more,
});
const of = (one: MetricUnit, name: string, params = {}) =>
  metricsOfUnit(one, chooseMetrics([name], { [name]: params }));

test('num_spikes and firing_rate count all segments', () => {
  const one = unit([[1, 2, 3], [7]], [2, 2]);
  expect(of(one, 'num_spikes')).toEqual({ num_spikes: 4 });
  expect(of(one, 'firing_rate')).toEqual({ firing_rate: 1 });
});

test('presence_ratio counts the bins that hold a spike', () => {
  expect(of(unit([[10, 20, 65_000]], [180]), 'presence_ratio')).toEqual({ presence_ratio: 2 / 3 });
});

test('presence_ratio: bins start anew in a segment, the last part bin does not count', () => {
  // Segment 1: bins [0, 60), [60, 90); segment 2: [90, 150), and [150, 180) is left over.
  const one = unit([[70_000], [1000, 80_000]], [90, 90]);
  expect(of(one, 'presence_ratio')).toEqual({ presence_ratio: 2 / 3 });
});

test('presence_ratio of a short recording or an empty unit is not known', () => {
  expect(of(unit([[10]], [30]), 'presence_ratio')).toEqual({ presence_ratio: Number.NaN });
  expect(of(unit([[]], [180]), 'presence_ratio')).toEqual({ presence_ratio: Number.NaN });
});

test('presence_ratio with a threshold asks for more than a share of the mean rate', () => {
  const busy = Array.from({ length: 50 }, (_, i) => i * 1000);
  const one = unit([[...busy, 61_000, 121_000, 122_000, 123_000]], [180]);
  expect(of(one, 'presence_ratio', { mean_fr_ratio_thresh: 0.1 })).toEqual({ presence_ratio: 2 / 3 });
});

test('isi_violation counts spikes that come too soon, within a segment', () => {
  const one = unit([[100, 101, 102, 500], [503]], [10, 10]);
  // Two violations in 2 * 5 * 1.5 ms, at 0.25 Hz.
  expect(of(one, 'isi_violation')).toEqual({
    isi_violations_ratio: 2 / (2 * 5 * 0.0015) / 0.25,
    isi_violations_count: 2,
  });
  expect(of(one, 'isi_violation', { isi_threshold_ms: 1.5, min_isi_ms: 0.5 }).isi_violations_ratio).toBeCloseTo(
    2 / (2 * 5 * 0.001) / 0.25,
    9,
  );
  expect(of(unit([[]], [10]), 'isi_violation')).toEqual({
    isi_violations_ratio: Number.NaN,
    isi_violations_count: -1,
  });
});

test('snr by the size wanted', () => {
  const one = unit([[1]], [10], { template: Float32Array.of(0, 10, -40, 30), noiseLevel: 8, nbefore: 1 });
  expect(of(one, 'snr')).toEqual({ snr: 5 });
  expect(of(one, 'snr', { method: 'at_index' })).toEqual({ snr: 1.25 });
  expect(of(one, 'snr', { method: 'peak_to_peak' })).toEqual({ snr: 8.75 });
  expect(of({ ...one, peakSign: 'pos' }, 'snr')).toEqual({ snr: 3.75 });
});

test('amplitude_median', () => {
  const median = (amplitudes: readonly number[]) =>
    of(unit([[]], [10], { amplitudes: Float32Array.from(amplitudes) }), 'amplitude_median').amplitude_median;
  expect(median([-30, -10, -20])).toBe(-20);
  expect(median([-30, -10, -20, -25])).toBe(-22.5);
  expect(median([])).toBe(Number.NaN);
});

test('what a metric lacks is NaN, not an error', () => {
  const values = metricsOfUnit(unit([[1]], [10]), chooseMetrics([]));
  expect(Object.keys(values)).toEqual(metrics.flatMap((metric) => metric.columns.map((column) => column.name)));
  expect(values.snr).toBe(Number.NaN);
});

test('every metric explains itself, and wrong names are told', () => {
  for (const metric of metrics) {
    expect(metric.help.length).toBeGreaterThan(40);
    for (const column of metric.columns) expect(column.help.length).toBeGreaterThan(20);
    for (const field of Object.values(metric.params.shape)) expect(field.description?.length).toBeGreaterThan(30);
  }
  expect(() => chooseMetrics(['snrr'])).toThrow(/unknown metric "snrr"/);
  expect(() => chooseMetrics(['snr'], { snr: { methode: 'extremum' } })).toThrow(/no parameter "methode"/);
});
