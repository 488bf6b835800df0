import { UserError } from '../shared/errors.ts';
import type { NpyArray } from '../store/npy.ts';
import { roundHalfEven } from './correlate.ts';
import type { Stored } from './stored.ts';

/** Mean waveform of every unit. */
export interface Templates {
  /** [units][samples][channels], 0 off a unit's channels. */
  readonly average: Float32Array | Float64Array;
  readonly std: Float32Array | Float64Array | undefined;
  readonly units: number;
  readonly samples: number;
  readonly channels: number;
  readonly nbefore: number;
  readonly msBefore: number;
  readonly msAfter: number;
}

/** The templates extension as arrays; the median where there is no average. */
export function templatesOf(stored: Stored, samplingFrequency: number): Templates {
  const average = stored.arrays.average ?? stored.arrays.median;
  const data = floats(average);
  const [units = 0, samples = 0, channels = 0] = average?.shape ?? [];
  if (!data || average?.shape.length !== 3)
    throw new UserError(`${stored.folder}: the templates have neither average nor median`, { path: stored.folder });
  const msBefore = Number(stored.params.ms_before ?? 1);
  const msAfter = Number(stored.params.ms_after ?? 2);
  const nbefore = samplesOf(msBefore, samplingFrequency);
  return { average: data, std: floats(stored.arrays.std), units, samples, channels, nbefore, msBefore, msAfter };
}

export function floats(array: NpyArray | undefined): Float32Array | Float64Array | undefined {
  if (array?.kind !== 'numbers') return undefined;
  const { data } = array;
  return data instanceof Float32Array || data instanceof Float64Array ? data : Float64Array.from(data);
}

/** SpikeInterface's ms_to_samples. */
export function samplesOf(ms: number, samplingFrequency: number): number {
  return roundHalfEven((ms * samplingFrequency) / 1000);
}
