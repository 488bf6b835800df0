import { UserError } from '../shared/errors.ts';
import type { DType, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

const types = z.enum(['int16', 'int32', 'float32', 'float64']).nullable();
const title = { title: 'Number type', advanced: true };

/** The `dtype` every step has. */
export const dtypeParam = types
  .default(null)
  .describe(
    'Number type of the result. Empty: that of the recording. Whole numbers (int16) are rounded: smaller files, an error of half a raw unit; float32 keeps fractions.',
  )
  .meta(title);

/** The `dtype` of steps whose result has fractions. */
export const floatDtypeParam = types
  .default('float32')
  .describe(
    'Number type of the result. Usually float32, which keeps fractions. Empty: that of the recording; whole numbers are rounded.',
  )
  .meta(title);

/** The type a step gives. Unsigned types cannot hold what a filter or a difference gives: SpikeInterface refuses them too. */
export function outputType(step: string, parent: RecordingInfo, dtype: DType | null): DType {
  const type = dtype ?? parent.dtype;
  if (type.startsWith('u'))
    throw new UserError(
      `step "${step}": the recording's numbers are unsigned (${type}), the result would be negative`,
      {
        hint: 'Set the step\'s "dtype" to "float32" or "int32".',
      },
    );
  return type;
}
