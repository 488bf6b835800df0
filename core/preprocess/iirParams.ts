import type { SosFilter } from '../compute/sosFiltFilt.ts';
import { UserError } from '../shared/errors.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { bessel } from './bessel.ts';
import { butterworth } from './butterworth.ts';
import { checkBand, fivePeriodsMs, marginFrames, type PreparedFilter, preparedFilter } from './filterStep.ts';
import { dtypeParam } from './outputType.ts';

/** SpikeInterface's filter_kwargs: what all filters with a band have in common. */
export const iirParams = {
  filter_order: z
    .int()
    .min(1)
    .max(10)
    .default(5)
    .describe('Steepness: how fast frequencies outside the band fade. Usually 3 to 5; higher rings more.')
    .meta({ title: 'Order', advanced: true }),
  ftype: z
    .enum(['butter', 'bessel'])
    .default('butter')
    .describe(
      'Kind of filter. butter: flat inside the band, the usual one. bessel: keeps the shape of waves, soft edges.',
    )
    .meta({ title: 'Kind', advanced: true }),
  filter_mode: z
    .enum(['sos', 'ba'])
    .default('sos')
    .describe(
      'How SpikeInterface writes the coefficients: second-order sections (sos) or two polynomials (ba). The result is the same; here sections are always what runs, because polynomials lose digits in narrow bands.',
    )
    .meta({ title: 'Form', advanced: true }),
  add_reflect_padding: z
    .boolean()
    .default(false)
    .describe('Mirror the recording at its two ends instead of beginning from its first sample. Usually off.')
    .meta({ title: 'Mirror the ends', advanced: true }),
};

export const directionParam = z
  .enum(['forward', 'backward', 'forward-backward'])
  .default('forward-backward')
  .describe(
    'forward-backward: run twice, so that nothing is delayed (twice the order); the usual one. forward or backward: once, as hardware does, which delays waves and changes their shape.',
  )
  .meta({ title: 'Direction', advanced: true });

/** What band-pass and high-pass filter share beyond the band itself. */
export const passParams = {
  ...iirParams,
  direction: directionParam,
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

type IirParams = z.output<z.ZodObject<typeof iirParams>>;
type PassParams = z.output<z.ZodObject<typeof passParams>> & { readonly freq_min: number; readonly freq_max?: number };

/** `band`: [low, high] or [low], Hz. */
export function designed({ ftype, filter_order }: IirParams, band: readonly number[], hz: number): SosFilter {
  return { butter: butterworth, bessel }[ftype](filter_order, band, hz);
}

/** SpikeInterface raises below this too: the filter forgets so slowly that pieces show seams. */
const LOWEST_HZ = 100;

export function checkPass(step: string, parent: RecordingInfo, params: PassParams): void {
  const { freq_min, ignore_low_freq_error } = params;
  checkBand(step, parent, bandOf(params));
  if (freq_min < LOWEST_HZ && !ignore_low_freq_error)
    throw new UserError(
      `step "${step}": freq_min ${freq_min} Hz is below ${LOWEST_HZ} Hz; pieces of the recording may not join`,
      { hint: 'For spikes 300 Hz is usual. For slow signals set ignore_low_freq_error to true.' },
    );
}

export function passMargin(parent: RecordingInfo, { margin_ms, freq_min }: PassParams): number {
  return marginFrames(parent, margin_ms === 'auto' ? fivePeriodsMs(freq_min) : margin_ms);
}

export function preparePass(parent: RecordingInfo, params: PassParams): PreparedFilter {
  const { direction, dtype, add_reflect_padding } = params;
  const sos = designed(params, bandOf(params), parent.samplingFrequency);
  const reflect = add_reflect_padding ? passMargin(parent, params) : 0;
  return preparedFilter(parent, { sos }, { direction, dtype, reflect });
}

function bandOf({ freq_min, freq_max }: PassParams): readonly number[] {
  return freq_max === undefined ? [freq_min] : [freq_min, freq_max];
}
