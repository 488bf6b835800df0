import { kernels } from '../compute/kernels.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { DType } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

/** out = data * gain + offset, a value a channel. */
export interface Scaling {
  readonly gain: Float64Array;
  readonly offset: Float64Array;
  readonly whole: WholeRange | undefined;
}

/** In place, rounded to float32 after each operation as NumPy does. data: [frames][channels] */
export function applyScaling(data: Float32Array, frames: number, { gain, offset, whole }: Scaling): Float32Array {
  const channels = gain.length;
  for (let f = 0, at = 0; f < frames; f++)
    for (let c = 0; c < channels; c++, at++) data[at] = Math.fround(data[at]! * gain[c]!) + offset[c]!;
  if (whole) kernels().wholeNumbers(data, whole);
  return data;
}

/** What the steps that learn a gain and an offset keep. */
const learnt = z.object({ gain: z.array(z.number()), offset: z.array(z.number()) });

/** The scaling a step has learnt. */
export function learntScaling(
  step: string,
  fitted: Readonly<Record<string, Json>> | undefined,
  channels: number,
  dtype: DType,
): Scaling {
  const result = learnt.safeParse(fitted);
  if (!result.success || result.data.gain.length !== channels || result.data.offset.length !== channels)
    throw new Error(`${step}: its gains have not been learnt from this recording yet`);
  return {
    gain: Float64Array.from(result.data.gain),
    offset: Float64Array.from(result.data.offset),
    whole: wholeRange(dtype),
  };
}

/** A value a channel, or one for all of them. */
export const channelValues = z.union([z.number(), z.array(z.number())]);

/** `given` for each channel. UserError if it is a list of another length. */
export function eachChannel(
  step: string,
  param: string,
  given: number | readonly number[],
  channels: number,
): number[] {
  if (typeof given === 'number') return new Array<number>(channels).fill(given);
  if (given.length !== channels)
    throw new UserError(`step "${step}", ${param}: ${given.length} values for ${channels} channels`, {
      hint: 'Give one number, or one a channel in the order of the channels.',
    });
  return [...given];
}

/** A channel that never changes has no scale: it comes out as 0 everywhere, where a division would give NaN. */
export function inverse(width: number): number {
  return width === 0 ? 0 : 1 / width;
}
