import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { applyClipping, type Clipping } from './clipping.ts';
import { storedValue } from './storedValue.ts';

const params = z.object({
  a_min: z
    .number()
    .nullable()
    .default(null)
    .describe("Samples below it become it, in the recording's own units. Empty: no lower limit.")
    .meta({ title: 'Lowest' }),
  a_max: z
    .number()
    .nullable()
    .default(null)
    .describe("Samples above it become it, in the recording's own units. Empty: no upper limit.")
    .meta({ title: 'Highest' }),
});

/** As SpikeInterface's clip. */
export const clip: Step<typeof params, Clipping> = {
  name: 'clip',
  label: 'Clip',
  help: 'Limits samples to a range, so that a few giant artefacts cannot dominate what is learnt from the data later. Choose limits well beyond the largest spikes.',
  params,
  info(parent, { a_min, a_max }) {
    if (a_min !== null && a_max !== null && a_min > a_max)
      throw new UserError(`step "clip": a_min (${a_min}) is above a_max (${a_max})`, {
        hint: 'a_min is the lower limit, usually negative.',
      });
    return parent;
  },
  margin: () => 0,
  prepare: ({ dtype }, { a_min, a_max }) => ({
    low: a_min === null ? undefined : { at: a_min, becomes: storedValue(a_min, dtype) },
    high: a_max === null ? undefined : { at: a_max, becomes: storedValue(a_max, dtype) },
  }),
  apply: applyClipping,
};
