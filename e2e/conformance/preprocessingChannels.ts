import { join } from 'node:path';
import { unsignedToSigned } from '../../core/preprocess/unsignedToSigned.ts';
import { memoryRecording } from '../../core/shared/memoryRecording.ts';
import { stepRecording } from '../../core/shared/stepRecording.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { GoldenPlace, Verdict } from './area.ts';
import { after, bandpass, type Chain, step } from './chains.ts';

/** Steps that order, combine and add channels. */
export const channelOperations: Readonly<Record<string, Chain>> = {
  depth_order: step('depth_order'),
  depth_order_y_flip: step('depth_order', { dimensions: 'y', flip: true }),
  average_across_direction: after(bandpass, step('average_across_direction')),
  directional_derivative_y: after(bandpass, step('directional_derivative')),
  directional_derivative_y2: after(bandpass, step('directional_derivative', { order: 2 })),
  zero_channel_pad: step('zero_channel_pad', { num_channels: 28 }),
};

/** Its source is an array of its own. */
export async function unsignedVerdict(place: GoldenPlace): Promise<readonly Verdict[]> {
  const { data: input, shape } = await readNumbers(join(place.golden, 'preprocessing/unsigned_input.npy'));
  const [frames = 0, channels = 0] = shape;
  const parent = memoryRecording([Float32Array.from(input, Number)], {
    channelIds: Array.from({ length: channels }, (_, c) => c),
    dtype: 'uint16',
  });
  const signed = stepRecording({ step: unsignedToSigned, params: { bit_depth: null } }, parent);
  const golden = await readNumbers(join(place.golden, 'preprocessing/unsigned_to_signed.npy'));
  return [
    { entry: 'preprocessing/unsigned_input.npy', ours: await parent.read(0, 0, frames), golden: input },
    { entry: 'preprocessing/unsigned_to_signed.npy', ours: await signed.read(0, 0, frames), golden: golden.data },
  ];
}
