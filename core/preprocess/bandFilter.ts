import { polynomialFilter } from '../compute/polynomialFilter.ts';
import { UserError } from '../shared/errors.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { givenSections } from './butterworth.ts';
import {
  checkBand,
  type Direction,
  fivePeriodsMs,
  marginFrames,
  type PreparedFilter,
  preparedFilter,
} from './filterStep.ts';
import { designed, iirParams } from './iirParams.ts';
import { dtypeParam } from './outputType.ts';

const hz = z.number().positive();

/** What SpikeInterface's filter and causal_filter have in common. */
export const bandFilterParams = {
  band: z
    .union([hz, z.tuple([hz, hz])])
    .default([300, 6000])
    .describe('What is kept: from and to for a band-pass, the lower corner alone for a high-pass. Usually 300 to 6000.')
    .meta({ title: 'Band', unit: 'Hz' }),
  btype: z
    .enum(['bandpass', 'highpass'])
    .default('bandpass')
    .describe('bandpass keeps what lies between two frequencies, highpass all above one.')
    .meta({ title: 'Type' }),
  ...iirParams,
  coeff: z
    .array(z.array(z.number()))
    .nullable()
    .default(null)
    .describe(
      'Own coefficients instead of a band: rows of six numbers for "sos", or [b, a] for "ba", as SciPy writes them. Usually empty.',
    )
    .meta({ title: 'Coefficients', advanced: true }),
  dtype: dtypeParam,
};

type BandFilterParams = z.output<z.ZodObject<typeof bandFilterParams>> & { readonly margin_ms: number | null };

export function checkBandFilter(step: string, parent: RecordingInfo, params: BandFilterParams): void {
  const { band, btype, coeff, filter_mode } = params;
  if (coeff) {
    checkCoefficients(step, coeff, filter_mode);
    return;
  }
  if ((btype === 'highpass') === Array.isArray(band))
    throw new UserError(
      `step "${step}": band has ${Array.isArray(band) ? 'two frequencies' : 'one frequency'} and btype is "${btype}"`,
      { hint: 'band is one number for "highpass" and two, such as [300, 6000], for "bandpass".' },
    );
  checkBand(step, parent, bandOf(params), ["band's lower end", "band's upper end"]);
}

function checkCoefficients(step: string, coeff: readonly (readonly number[])[], mode: 'sos' | 'ba'): void {
  const right =
    mode === 'sos'
      ? coeff.length > 0 && coeff.every((row) => row.length === 6 && row[3] !== 0)
      : coeff.length === 2 && coeff.every((side) => side.length > 0) && coeff[1]![0] !== 0;
  if (!right)
    throw new UserError(`step "${step}": coeff does not have the form that filter_mode "${mode}" asks for`, {
      hint: mode === 'sos' ? 'Rows of six numbers: b0 b1 b2 a0 a1 a2.' : 'Two lists of numbers: [b, a], a[0] not 0.',
    });
}

/** Without margin_ms: five periods of the lower corner, as bandpass_filter does; SpikeInterface insists on a number. */
export function bandFilterMargin(parent: RecordingInfo, params: BandFilterParams): number {
  return marginFrames(parent, params.margin_ms ?? fivePeriodsMs(bandOf(params)[0]!));
}

export function prepareBandFilter(
  parent: RecordingInfo,
  params: BandFilterParams,
  direction: Direction,
): PreparedFilter {
  const { dtype, add_reflect_padding } = params;
  const reflect = add_reflect_padding ? bandFilterMargin(parent, params) : 0;
  return preparedFilter(parent, filterOf(parent, params), { direction, dtype, reflect });
}

function filterOf(parent: RecordingInfo, params: BandFilterParams): PreparedFilter['filter'] {
  const { coeff, filter_mode } = params;
  if (!coeff) return { sos: designed(params, bandOf(params), parent.samplingFrequency) };
  if (filter_mode === 'ba') return { polynomials: polynomialFilter(coeff[0]!, coeff[1]!) };
  if (coeff.every((row) => row[0] !== 0)) return { sos: givenSections(coeff) };
  // A section that delays has no b0 to divide by: multiplied out, it needs none.
  const product = (from: number) => coeff.map((row) => row.slice(from, from + 3)).reduce(multiplied);
  return { polynomials: polynomialFilter(product(0), product(3)) };
}

function multiplied(a: readonly number[], b: readonly number[]): number[] {
  const out = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      out[i + j]! += x * y;
    });
  });
  return out;
}

function bandOf({ band }: BandFilterParams): readonly number[] {
  return typeof band === 'number' ? [band] : band;
}
