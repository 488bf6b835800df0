import { kernels } from '../compute/kernels.ts';
import { type PolynomialFilter, polynomialFiltFilt, polynomialOneWay } from '../compute/polynomialFilter.ts';
import { reflected } from '../compute/reflected.ts';
import { type SosFilter, sosOneWay } from '../compute/sosFiltFilt.ts';
import { type WholeRange, wholeNumbers, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { BlockPlace } from '../shared/lists.ts';
import type { DType, RecordingInfo } from '../shared/recording.ts';
import { outputType } from './outputType.ts';

export type Direction = 'forward' | 'backward' | 'forward-backward';

/** What every filter of this kind does to a recording's description. */
export function filteredInfo(step: string, parent: RecordingInfo, dtype: DType | null): RecordingInfo {
  return {
    ...parent,
    dtype: outputType(step, parent, dtype),
    isFiltered: true,
    // A band without 0 Hz has no offset left.
    ...(parent.offsetToUv && { offsetToUv: parent.offsetToUv.map(() => 0) }),
  };
}

/** UserError unless 0 < low < high < half the sampling frequency. `names`: the parameters that say so. */
export function checkBand(
  step: string,
  parent: RecordingInfo,
  band: readonly number[],
  names: readonly string[] = ['freq_min', 'freq_max'],
): void {
  const nyquist = parent.samplingFrequency / 2;
  const [low, high] = band;
  const [lowName, highName] = names;
  if (high !== undefined && high >= nyquist)
    throw new UserError(
      `step "${step}": ${highName} ${high} Hz is not below half the sampling frequency (${nyquist} Hz)`,
      { hint: `Lower ${highName}, or use highpass_filter.` },
    );
  if (low !== undefined && low >= (high ?? nyquist))
    throw new UserError(`step "${step}": ${lowName} ${low} Hz is not below ${high ?? nyquist} Hz`, {
      hint: `Lower ${lowName}: for spikes 300 Hz is usual.`,
    });
}

export function marginFrames(parent: RecordingInfo, ms: number): number {
  return Math.floor((ms * parent.samplingFrequency) / 1000);
}

/** How often a filter's slowest wave swings before it is forgotten. */
export function fivePeriodsMs(hz: number): number {
  return 5 * (1000 / hz);
}

/** How a filter runs over a block. */
export interface PreparedFilter {
  readonly filter: { readonly sos: SosFilter } | { readonly polynomials: PolynomialFilter };
  readonly direction: Direction;
  readonly channels: number;
  readonly whole: WholeRange | undefined;
  /** Frames mirrored beyond the recording's ends; and its length, a segment. */
  readonly reflect: number;
  readonly numFrames: readonly number[];
}

export function preparedFilter(
  parent: RecordingInfo,
  filter: PreparedFilter['filter'],
  options: { readonly direction: Direction; readonly dtype: DType | null; readonly reflect?: number },
): PreparedFilter {
  const { direction, dtype, reflect = 0 } = options;
  return {
    filter,
    direction,
    channels: parent.channelIds.length,
    whole: wholeRange(dtype ?? parent.dtype),
    reflect,
    numFrames: parent.numFrames,
  };
}

export function applyFilter(
  data: Float32Array,
  frames: number,
  prepared: PreparedFilter,
  at: BlockPlace,
): Float32Array {
  const { channels, reflect } = prepared;
  if (frames === 0) return data;
  const end = at.startFrame + frames === prepared.numFrames[at.segment];
  const [before, after] = [at.startFrame === 0 ? reflect : 0, end ? reflect : 0];
  if (before === 0 && after === 0) return run(data, frames, prepared);
  const out = run(reflected(data, frames, channels, before, after), before + frames + after, prepared);
  return out.subarray(before * channels, (before + frames) * channels);
}

function run(data: Float32Array, frames: number, prepared: PreparedFilter): Float32Array {
  const { filter, direction, channels, whole } = prepared;
  if (direction === 'forward-backward' && 'sos' in filter) {
    kernels().sosFiltFilt(data, frames, channels, filter.sos, whole);
    return data;
  }
  const backward = direction === 'backward';
  if ('sos' in filter) sosOneWay(data, frames, channels, filter.sos, backward);
  else if (direction === 'forward-backward') polynomialFiltFilt(data, frames, channels, filter.polynomials);
  else polynomialOneWay(data, frames, channels, filter.polynomials, backward);
  if (whole) wholeNumbers(data, whole);
  return data;
}
