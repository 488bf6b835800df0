import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { givenSections } from './butterworth.ts';
import {
  applyFilter,
  checkBand,
  filteredInfo,
  marginFrames,
  type PreparedFilter,
  preparedFilter,
} from './filterStep.ts';
import { directionParam } from './iirParams.ts';
import { dtypeParam } from './outputType.ts';

const params = z.object({
  freq: z
    .number()
    .positive()
    .default(3000)
    .describe('The frequency to remove: that of the hum, or of a whistle seen in the spectrum. 50 or 60 for mains.')
    .meta({ title: 'Frequency', unit: 'Hz' }),
  q: z
    .number()
    .positive()
    .default(30)
    .describe(
      'Sharpness: the frequency divided by the width of what is removed. Usually 30; higher spares more, rings longer.',
    )
    .meta({ title: 'Sharpness' }),
  margin_ms: z
    .union([z.literal('auto'), z.number().min(0)])
    .default('auto')
    .describe('Recording read on both sides of each piece. "auto": five times as long as the filter rings.')
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
  add_reflect_padding: z
    .boolean()
    .default(false)
    .describe('Mirror the recording at its two ends instead of beginning from its first sample. Usually off.')
    .meta({ title: 'Mirror the ends', advanced: true }),
  direction: directionParam,
  dtype: dtypeParam,
});

type Params = z.output<typeof params>;

function margin(parent: RecordingInfo, { margin_ms, q, freq }: Params): number {
  return marginFrames(parent, margin_ms === 'auto' ? (5 / Math.PI) * (q / freq) * 1000 : margin_ms);
}

/** b and a of a second-order notch whose width at half power is freq / q (scipy.signal.iirnotch; Orfanidis 1996, 11.3). */
export function notch(freq: number, q: number, samplingFrequency: number): { b: number[]; a: number[] } {
  const w = (2 * Math.PI * freq) / samplingFrequency;
  const gain = 1 / (1 + Math.tan(w / q / 2));
  const middle = -2 * gain * Math.cos(w);
  return { b: [gain, middle, gain], a: [1, middle, 2 * gain - 1] };
}

/** As SpikeInterface's notch_filter. */
export const notchFilter: Step<typeof params, PreparedFilter> = {
  name: 'notch_filter',
  label: 'Notch filter',
  help: 'Removes one frequency and leaves the rest: the hum of the mains, the whistle of a power supply. Not needed where a band-pass filter has removed that frequency already.',
  params,
  info(parent, params) {
    checkBand('notch_filter', parent, [params.freq], ['freq']);
    return filteredInfo('notch_filter', parent, params.dtype);
  },
  margin,
  prepare(parent, params) {
    const { b, a } = notch(params.freq, params.q, parent.samplingFrequency);
    const reflect = params.add_reflect_padding ? margin(parent, params) : 0;
    const { direction, dtype } = params;
    // SciPy pads polynomials of three taps as it pads one section: by nine frames.
    return preparedFilter(parent, { sos: givenSections([[...b, ...a]]) }, { direction, dtype, reflect });
  },
  apply: applyFilter,
};
