import { kernels } from '../compute/kernels.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { outputType } from './outputType.ts';

const params = z.object({
  dtype: z
    .enum(['int8', 'int16', 'int32', 'float32', 'float64'])
    .nullable()
    .default(null)
    .describe('Number type of the result: int16 halves a saved file, float32 keeps fractions. Empty: as it is.')
    .meta({ title: 'Number type' }),
  round: z
    .boolean()
    .nullable()
    .default(null)
    .describe(
      'Round to the nearest whole number. Empty: where the result is of whole numbers. No: fractions are cut off.',
    )
    .meta({ title: 'Round', advanced: true }),
});

interface Prepared {
  readonly round: boolean;
  readonly whole: WholeRange | undefined;
}

/** As SpikeInterface's astype, but values beyond a type's range stay at its end where NumPy's wrap around. */
export const astype: Step<typeof params, Prepared> = {
  name: 'astype',
  label: 'Number type',
  help: 'Changes the type the samples are stored in: int16 for a small file after steps that gave float32, float32 so that later steps do not round. Unsigned recordings: use "unsigned to signed" first.',
  params,
  info: (parent, { dtype }) => ({ ...parent, dtype: outputType('astype', parent, dtype) }),
  margin: () => 0,
  prepare(parent, { dtype, round }) {
    const whole = wholeRange(dtype ?? parent.dtype);
    return { whole, round: round ?? whole !== undefined };
  },
  apply(data, _frames, { round, whole }) {
    if (!round && whole) for (let i = 0; i < data.length; i++) data[i] = Math.trunc(data[i]!);
    if (round || whole) kernels().wholeNumbers(data, whole ?? ANY);
    return data;
  },
};

const ANY: WholeRange = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
