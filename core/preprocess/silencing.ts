import { kernels } from '../compute/kernels.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import type { BlockPlace } from '../shared/lists.ts';
import { random } from '../shared/random.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { apodize, mergedPeriods } from './apodization.ts';
import type { Period } from './periods.ts';

export const silenceMode = z
  .enum(['zeros', 'noise', 'apodization'])
  .default('zeros')
  .describe(
    'What periods become. zeros: 0, for traces around 0 (after a filter). noise: random samples as loud as each channel is. apodization: 0 with soft ends, which ring less in a later filter.',
  )
  .meta({ title: 'Fill with' });

export interface Silencing {
  readonly mode: z.output<typeof silenceMode>;
  readonly periods: readonly Period[];
  /** For "apodization": frames of the taper. */
  readonly taper: number;
  /** For "noise": standard deviation of each channel. */
  readonly noiseLevels: Float64Array;
  readonly seed: number;
  readonly whole: WholeRange | undefined;
  readonly channels: number;
}

export function silencing(
  { dtype, channelIds, numFrames }: RecordingInfo,
  periods: readonly Period[],
  options: Pick<Silencing, 'mode' | 'taper' | 'seed'> & { readonly noiseLevels: readonly number[] },
): Silencing {
  const { mode, taper } = options;
  return {
    ...options,
    periods: mode === 'apodization' ? mergedPeriods(periods, taper, numFrames) : periods,
    noiseLevels: Float64Array.from(options.noiseLevels),
    whole: wholeRange(dtype),
    channels: channelIds.length,
  };
}

/** In place. data: [frames][channels] */
export function applySilencing(data: Float32Array, frames: number, silencing: Silencing, at: BlockPlace): Float32Array {
  const { mode, periods, channels, taper, whole } = silencing;
  if (mode === 'apodization') {
    const here = periods.filter(({ segment }) => segment === at.segment);
    apodize(data, frames, channels, here, taper, at.startFrame, whole !== undefined);
    return data;
  }
  for (const { segment, start, end } of periods) {
    const from = Math.max(start - at.startFrame, 0);
    const to = Math.min(end - at.startFrame, frames);
    if (segment !== at.segment || from >= to) continue;
    const silent = data.subarray(from * channels, to * channels);
    if (mode === 'zeros') silent.fill(0);
    else fillWithNoise(silent, silencing, segment, at.startFrame + from);
  }
  return data;
}

/** Each frame from a seed of its own: a block is the same however the recording is cut. */
function fillWithNoise(out: Float32Array, silencing: Silencing, segment: number, startFrame: number): void {
  const { channels, noiseLevels, seed, whole } = silencing;
  for (let at = 0, frame = startFrame; at < out.length; frame++) {
    const draw = random(seed * 0x9e3779b1 + segment * 0x85ebca77 + frame);
    for (let c = 0; c < channels; c++, at++) out[at] = noiseLevels[c]! * draw.gaussian();
  }
  if (whole) kernels().wholeNumbers(out, whole);
}
