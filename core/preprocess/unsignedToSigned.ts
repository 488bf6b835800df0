import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { DType } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

const signed = { uint8: 'int8', uint16: 'int16', uint32: 'int32' } as const satisfies Partial<Record<DType, DType>>;

const params = z.object({
  bit_depth: z
    .int()
    .min(1)
    .max(32)
    .nullable()
    .default(null)
    .describe(
      'Bits of the converter, where they are fewer than those of the file: 12 for 12-bit samples in 16-bit numbers. Empty: all bits.',
    )
    .meta({ title: 'Bits', advanced: true }),
});

function isUnsigned(dtype: DType): dtype is keyof typeof signed {
  return dtype in signed;
}

/** As SpikeInterface's unsigned_to_signed. The offset to µV stays as it was. */
export const unsignedToSigned: Step<typeof params, number> = {
  name: 'unsigned_to_signed',
  label: 'Unsigned to signed',
  help: 'Moves the middle of an unsigned recording (uint16, with its silence at 32768) to 0 and makes it signed: the first step for such recordings (MaxWell, MEArec, some Intan files), since other steps give negative numbers.',
  params,
  info(parent, { bit_depth }) {
    const { dtype } = parent;
    if (!isUnsigned(dtype))
      throw new UserError(`step "unsigned_to_signed": the recording's numbers (${dtype}) are signed already`, {
        hint: 'Leave the step out.',
      });
    const bits = Number(dtype.slice(4));
    if (bit_depth !== null && bit_depth > bits)
      throw new UserError(
        `step "unsigned_to_signed": bit_depth ${bit_depth} is more than the ${bits} bits of ${dtype}`,
      );
    return { ...parent, dtype: signed[dtype] };
  },
  margin: () => 0,
  prepare: ({ dtype }, { bit_depth }) => 2 ** ((bit_depth ?? Number(dtype.slice(4))) - 1),
  apply(data, _frames, middle) {
    for (let i = 0; i < data.length; i++) data[i]! -= middle;
    return data;
  },
};
