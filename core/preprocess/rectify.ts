import { wholeRange } from '../compute/wholeNumbers.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';

const params = z.object({});

/** As SpikeInterface's rectify, but −32768 becomes 32767 where NumPy's int16 has no positive of it. */
export const rectify: Step<typeof params, number> = {
  name: 'rectify',
  label: 'Rectify',
  help: 'Makes every sample positive (its absolute value): the first half of an envelope, as for multi-unit activity: band-pass, rectify, then a slow low-pass filter. Not for spike sorting.',
  params,
  info: (parent) => parent,
  margin: () => 0,
  prepare: ({ dtype }) => wholeRange(dtype)?.high ?? Number.POSITIVE_INFINITY,
  apply(data, _frames, most) {
    for (let i = 0; i < data.length; i++) data[i] = Math.min(most, Math.abs(data[i]!));
    return data;
  },
};
