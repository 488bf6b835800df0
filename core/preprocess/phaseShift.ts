import { fft } from '../compute/fft.ts';
import { kernels } from '../compute/kernels.ts';
import { circleLength, type SpectralPlan, spectralPlan } from '../compute/spectrum.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { marginFrames } from './filterStep.ts';
import { dtypeParam } from './outputType.ts';

const params = z.object({
  margin_ms: z
    .number()
    .min(0)
    .default(40)
    .describe(
      'Recording read on both sides of each piece, faded out towards its ends, so that pieces join. Usually 40.',
    )
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
  inter_sample_shift: z
    .array(z.number())
    .nullable()
    .default(null)
    .describe(
      'How much later each channel was sampled than the first, as a part of the time between samples. Empty: what the recording says of itself (SpikeGLX and Open Ephys do for Neuropixels).',
    )
    .meta({ title: 'Shifts', advanced: true }),
  dtype: dtypeParam,
});

type Params = z.output<typeof params>;

interface Prepared {
  /** Of equal shift each; channels without a shift are in none. */
  readonly groups: readonly (readonly number[])[];
  readonly shifts: readonly number[];
  readonly channels: number;
  readonly margin: number;
  readonly numFrames: readonly number[];
  readonly whole: WholeRange | undefined;
  /** By kind of block; filled as blocks come. */
  readonly plans: Map<string, SpectralPlan>;
}

/** Samples of time each channel is late, [channels]. */
function shiftsOf(parent: RecordingInfo, { inter_sample_shift }: Params): number[] {
  const channels = parent.channelIds.length;
  const shifts = inter_sample_shift ?? parent.properties.inter_sample_shift?.map(Number);
  if (!shifts)
    throw new UserError(
      'step "phase_shift": the recording does not say when each channel was sampled (property "inter_sample_shift")',
      {
        hint: 'Leave the step out, or give inter_sample_shift: one number a channel, for Neuropixels 1.0 multiples of 1/13.',
      },
    );
  if (shifts.length !== channels || !shifts.every(Number.isFinite))
    throw new UserError(
      `step "phase_shift": inter_sample_shift has ${shifts.length} numbers, the recording ${channels} channels`,
      { hint: 'One finite number a channel is right.' },
    );
  return shifts;
}

/**
 * As SpikeInterface's phase_shift: each channel's spectrum is turned by its delay. At the recording's ends zeros follow;
 * inside it a block's margins are faded out, as SpikeInterface fades them. A block faded on both sides is
 * turned on a circle of a handier length than SpikeInterface's, which only what is at the Nyquist frequency could tell;
 * where the recording begins or ends abruptly there is much of that, and SpikeInterface's own circle is used.
 */
export const phaseShift: Step<typeof params, Prepared> = {
  name: 'phase_shift',
  label: 'Phase shift',
  help: 'Neuropixels probes sample their channels in turn, not at once. This moves every channel back to one moment, so that what all channels share can be subtracted. Comes first in the chain, before any reference.',
  params,
  info(parent, params) {
    shiftsOf(parent, params);
    return { ...parent, dtype: params.dtype ?? parent.dtype };
  },
  margin: (parent, { margin_ms }) => marginFrames(parent, margin_ms),

  prepare(parent, params) {
    const perChannel = shiftsOf(parent, params);
    const shifts = [...new Set(perChannel)];
    return {
      groups: shifts.map((shift) => perChannel.flatMap((own, c) => (own === shift ? [c] : []))),
      shifts,
      channels: perChannel.length,
      margin: marginFrames(parent, params.margin_ms),
      numFrames: parent.numFrames,
      whole: wholeRange(params.dtype ?? parent.dtype),
      plans: new Map(),
    };
  },

  apply(data, frames, prepared, { segment, startFrame }) {
    if (frames === 0) return data;
    const { channels, margin, numFrames, whole } = prepared;
    const starts = startFrame === 0;
    const ends = startFrame + frames === numFrames[segment];
    if (!starts) fade(data, channels, margin, frames, (f) => f);
    if (!ends) fade(data, channels, margin, frames, (f) => frames - 1 - f);
    const circle = starts || ends ? frames + (Number(starts) + Number(ends)) * margin : undefined;
    kernels().multiplySpectrum(data, frames, channels, planOf(prepared, frames, circle), whole);
    return data;
  },
};

/** A raised cosine over the first `margin` frames, counted from the end that `at` says. */
function fade(data: Float32Array, channels: number, margin: number, frames: number, at: (f: number) => number): void {
  for (let f = 0; f < Math.min(margin, frames); f++) {
    const weight = (1 - Math.cos((f / margin) * Math.PI)) / 2;
    const row = at(f) * channels;
    for (let i = row; i < row + channels; i++) data[i]! *= weight;
  }
}

/** Blocks kept a plan for: whole ones, and those at a segment's ends. */
const MOST_PLANS = 4;

/** `circle`: the length of SpikeInterface's circle, where it matters. */
function planOf({ plans, groups, shifts }: Prepared, frames: number, circle: number | undefined): SpectralPlan {
  const key = `${frames} ${circle}`;
  const known = plans.get(key);
  if (known) return known;
  const plan = circle === undefined ? turned(groups, shifts, frames) : convolved(groups, shifts, frames, circle);
  if (plans.size >= MOST_PLANS) plans.clear();
  plans.set(key, plan);
  return plan;
}

function turned(groups: Prepared['groups'], shifts: readonly number[], frames: number): SpectralPlan {
  const length = circleLength(frames);
  return spectralPlan(length, groups, (g, k) => {
    const turn = (2 * Math.PI * k * shifts[g]!) / length;
    return [Math.cos(turn), -Math.sin(turn)];
  });
}

/** Turning on a circle of any length is a convolution with the sine over the tangent: laid out on one twice as long. */
function convolved(
  groups: Prepared['groups'],
  shifts: readonly number[],
  frames: number,
  circle: number,
): SpectralPlan {
  const length = circleLength(2 * frames - 1);
  const spectra = shifts.map((shift) => {
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let lag = 1 - frames; lag < frames; lag++) re[(lag + length) % length] = weight(lag - shift, circle);
    fft(re, im, -1);
    return { re, im };
  });
  return spectralPlan(length, groups, (g, k) => [spectra[g]!.re[k]!, spectra[g]!.im[k]!]);
}

/** What a sample gives to one `late` samples later (Dirichlet's kernel; an even circle halves its highest frequency). */
function weight(late: number, circle: number): number {
  const angle = (Math.PI * late) / circle;
  const sine = Math.sin(angle);
  if (Math.abs(sine) < 1e-12) return 1;
  return (Math.sin(Math.PI * late) * (circle % 2 === 0 ? Math.cos(angle) : 1)) / (circle * sine);
}
