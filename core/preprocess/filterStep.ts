import { kernels } from '../compute/kernels.ts';
import type { SosFilter } from '../compute/sosFiltFilt.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { DType, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { butterworth } from './butterworth.ts';
import { dtypeParam, outputType } from './outputType.ts';

/** What bandpass_filter and highpass_filter have in common. */
export const filterParams = {
  filter_order: z
    .int()
    .min(1)
    .max(10)
    .default(5)
    .describe('Steepness: how fast frequencies outside the band fade. Usually 3 to 5; higher rings more.')
    .meta({ title: 'Order', advanced: true }),
  margin_ms: z
    .union([z.literal('auto'), z.number().min(0)])
    .default('auto')
    .describe(
      'Recording read on both sides of each piece so that pieces join without a seam. "auto": five periods of the lower corner.',
    )
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
  ignore_low_freq_error: z
    .boolean()
    .default(false)
    .describe('Allow a lower corner below 100 Hz, where pieces of a recording join less well.')
    .meta({ title: 'Allow below 100 Hz', advanced: true }),
  dtype: dtypeParam,
};

interface FilterParams {
  readonly freq_min: number;
  readonly freq_max?: number;
  readonly filter_order: number;
  readonly margin_ms: 'auto' | number;
  readonly ignore_low_freq_error: boolean;
  readonly dtype: DType | null;
}

export interface PreparedFilter {
  readonly filter: SosFilter;
  readonly channels: number;
  readonly whole: WholeRange | undefined;
}

/** SpikeInterface raises below this too: the filter forgets so slowly that pieces show seams. */
const LOWEST_HZ = 100;

export function filterInfo(step: string, parent: RecordingInfo, params: FilterParams): RecordingInfo {
  const { freq_min, freq_max, ignore_low_freq_error } = params;
  const nyquist = parent.samplingFrequency / 2;
  const at = `step "${step}"`;
  if (freq_max !== undefined && freq_max >= nyquist)
    throw new UserError(`${at}: freq_max ${freq_max} Hz is not below half the sampling frequency (${nyquist} Hz)`, {
      hint: 'Lower freq_max, or use highpass_filter.',
    });
  if (freq_min >= (freq_max ?? nyquist))
    throw new UserError(`${at}: freq_min ${freq_min} Hz is not below ${freq_max ?? nyquist} Hz`);
  if (freq_min < LOWEST_HZ && !ignore_low_freq_error)
    throw new UserError(
      `${at}: freq_min ${freq_min} Hz is below ${LOWEST_HZ} Hz; pieces of the recording may not join`,
      {
        hint: 'For spikes 300 Hz is usual. For slow signals set ignore_low_freq_error to true.',
      },
    );
  return {
    ...parent,
    dtype: outputType(step, parent, params.dtype),
    isFiltered: true,
    // A band without 0 Hz has no offset left.
    ...(parent.offsetToUv && { offsetToUv: parent.offsetToUv.map(() => 0) }),
  };
}

export function filterMargin(parent: RecordingInfo, params: FilterParams): number {
  const ms = params.margin_ms === 'auto' ? 5 * (1000 / params.freq_min) : params.margin_ms;
  return Math.floor((ms * parent.samplingFrequency) / 1000);
}

export function prepareFilter(parent: RecordingInfo, params: FilterParams): PreparedFilter {
  const { freq_min, freq_max, filter_order, dtype } = params;
  const band = freq_max === undefined ? [freq_min] : [freq_min, freq_max];
  return {
    filter: butterworth(filter_order, band, parent.samplingFrequency),
    channels: parent.channelIds.length,
    whole: wholeRange(dtype ?? parent.dtype),
  };
}

export function applyFilter(data: Float32Array, frames: number, prepared: PreparedFilter): Float32Array {
  kernels().sosFiltFilt(data, frames, prepared.channels, prepared.filter, prepared.whole);
  return data;
}
