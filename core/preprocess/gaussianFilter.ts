import { kernels } from '../compute/kernels.ts';
import { reflected } from '../compute/reflected.ts';
import { circleLength, type SpectralPlan, spectralPlan } from '../compute/spectrum.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

const params = z.object({
  freq_min: z
    .number()
    .positive()
    .nullable()
    .default(300)
    .describe('Slower waves than this are removed. Usually 300; empty: none are, which smooths only.')
    .meta({ title: 'From', unit: 'Hz' }),
  freq_max: z
    .number()
    .positive()
    .nullable()
    .default(5000)
    .describe('Faster waves than this are removed. Usually 5000; empty: none are.')
    .meta({ title: 'To', unit: 'Hz' }),
  margin_sd: z
    .number()
    .positive()
    .default(5)
    .describe('Recording read on both sides of each piece, in widths of the wider Gaussian. Usually 5.')
    .meta({ title: 'Margin', unit: 'widths', advanced: true }),
});

type Params = z.output<typeof params>;

interface Prepared {
  readonly channels: number;
  readonly margin: number;
  readonly numFrames: readonly number[];
  readonly whole: WholeRange | undefined;
  readonly response: (hz: number) => number;
  readonly samplingFrequency: number;
  readonly plans: Map<number, SpectralPlan>;
}

/** Width of the Gaussian in time, frames, whose response is down to exp(-1/2) at `hz`. */
function width(hz: number, samplingFrequency: number): number {
  return samplingFrequency / (2 * Math.PI * hz);
}

function margin(parent: RecordingInfo, { freq_min, freq_max, margin_sd }: Params): number {
  const widths = [freq_min, freq_max].map((hz) => (hz === null ? 0 : width(hz, parent.samplingFrequency)));
  return 1 + Math.floor(Math.max(...widths) * margin_sd);
}

/** Response of smoothing with a Gaussian. A narrow one, of few samples, is not Gaussian in frequency: it is summed up. */
function smoothing(corner: number, samplingFrequency: number): (hz: number) => number {
  if (corner <= samplingFrequency / 8) return (hz) => Math.exp(-((hz / corner) ** 2) / 2);
  const sigma = width(corner, samplingFrequency);
  const limit = Math.round(5 * sigma) + 1;
  const taps = Array.from(
    { length: 2 * limit + 1 },
    (_, i) => Math.exp(-(((i - limit) / sigma) ** 2) / 2) / (sigma * Math.sqrt(2 * Math.PI)),
  );
  return (hz) =>
    Math.abs(
      taps.reduce((sum, tap, i) => sum + tap * Math.cos((2 * Math.PI * hz * (i - limit)) / samplingFrequency), 0),
    );
}

/** As SpikeInterface's gaussian_filter: smoothed narrowly, less what a wide smoothing leaves. */
export const gaussianFilter: Step<typeof params, Prepared> = {
  name: 'gaussian_filter',
  label: 'Gaussian filter',
  help: 'A soft band-pass filter made of two Gaussians: it never rings, and its edges are so gentle that more of the field potential and the hiss stays. For looking at the shape of spikes; otherwise use the band-pass filter.',
  params,
  info(parent, { freq_min, freq_max }) {
    if (freq_min === null && freq_max === null)
      throw new UserError('step "gaussian_filter": freq_min and freq_max are both empty', {
        hint: 'Set at least one; 300 and 5000 Hz are usual.',
      });
    if (freq_min !== null && freq_max !== null && freq_min >= freq_max)
      throw new UserError(`step "gaussian_filter": freq_min ${freq_min} Hz is not below freq_max ${freq_max} Hz`, {
        hint: '300 and 5000 Hz are usual.',
      });
    const nyquist = parent.samplingFrequency / 2;
    for (const [name, hz] of Object.entries({ freq_min, freq_max }))
      if (hz !== null && hz >= nyquist)
        throw new UserError(
          `step "gaussian_filter": ${name} ${hz} Hz is not below half the sampling frequency (${nyquist} Hz)`,
          { hint: `Lower ${name} or leave it empty.` },
        );
    return { ...parent, isFiltered: true };
  },
  margin,

  prepare(parent, params) {
    const { samplingFrequency } = parent;
    const { freq_min, freq_max } = params;
    const narrow = freq_max === null ? () => 1 : smoothing(freq_max, samplingFrequency);
    const wide = freq_min === null ? () => 0 : smoothing(freq_min, samplingFrequency);
    return {
      channels: parent.channelIds.length,
      margin: margin(parent, params),
      numFrames: parent.numFrames,
      whole: wholeRange(parent.dtype),
      response: (hz) => narrow(hz) * (1 - wide(hz)),
      samplingFrequency,
      plans: new Map(),
    };
  },

  apply(data, frames, prepared, { segment, startFrame }) {
    if (frames === 0) return data;
    const { channels, margin, numFrames, whole } = prepared;
    const before = startFrame === 0 ? margin : 0;
    const after = startFrame + frames === numFrames[segment] ? margin : 0;
    const padded = reflected(data, frames, channels, before, after);
    const count = before + frames + after;
    kernels().multiplySpectrum(padded, count, channels, planOf(prepared, circleLength(count)), whole);
    return padded.subarray(before * channels, (before + frames) * channels);
  },
};

/** Lengths kept: that of whole blocks, of the last one, of the two at a segment's ends. */
const MOST_PLANS = 4;

function planOf({ plans, channels, response, samplingFrequency }: Prepared, length: number): SpectralPlan {
  const known = plans.get(length);
  if (known) return known;
  const all = Array.from({ length: channels }, (_, c) => c);
  const plan = spectralPlan(length, [all], (_, k) => [response((k * samplingFrequency) / length), 0]);
  if (plans.size >= MOST_PLANS) plans.clear();
  plans.set(length, plan);
  return plan;
}
