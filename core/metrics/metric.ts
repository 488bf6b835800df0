import type { z } from 'zod';
import type { ColumnInfo } from '../shared/api.ts';
import type { Entry } from '../shared/entry.ts';

/** One unit, with what the metrics need to know of it. Plain data, so that a merged unit is judged alone. */
export interface MetricUnit {
  readonly samplingFrequency: number;
  /** Frames of each segment. */
  readonly numFrames: readonly number[];
  /** Sample indices in each segment, ascending. */
  readonly trains: readonly Float64Array[];
  /** Template on the main channel, [samples], the spike at sample `nbefore`; in the unit of `noiseLevel`. */
  readonly template?: Float32Array;
  readonly nbefore?: number;
  readonly peakSign?: 'both' | 'neg' | 'pos';
  /** Of the main channel. */
  readonly noiseLevel?: number;
  /** Of every spike. */
  readonly amplitudes?: Float32Array;
}

/** A quality metric: one number a column for a unit. NaN: cannot be told. */
export interface Metric<P extends z.ZodObject = z.ZodObject> extends Entry<P> {
  /** `whole`: counts, written without a decimal point. The unit "µV" reads "raw" where there are no gains. */
  readonly columns: readonly (ColumnInfo & { readonly whole?: boolean })[];
  /** Extensions whose arrays it needs. */
  readonly dependsOn: readonly string[];
  /** Values by column name. */
  compute(unit: MetricUnit, params: z.output<P>): Readonly<Record<string, number>>;
}

export function countSpikes(unit: MetricUnit): number {
  return unit.trains.reduce((sum, train) => sum + train.length, 0);
}

export function durationSeconds(unit: MetricUnit): number {
  return unit.numFrames.reduce((sum, frames) => sum + frames, 0) / unit.samplingFrequency;
}

/** Checks the types of one entry without widening them. */
export function metric<P extends z.ZodObject>(entry: Metric<P>): Metric<P> {
  return entry;
}
