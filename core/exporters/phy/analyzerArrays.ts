import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { type NumericArray, readNumbers } from '../../store/npy.ts';

export interface ExtensionArray {
  readonly data: NumericArray;
  readonly shape: readonly number[];
}

/** An array of an extension that phy cannot do without. */
export async function extensionArray(analyzer: string, extension: string, file: string): Promise<ExtensionArray> {
  try {
    return await readNumbers(join(analyzer, 'extensions', extension, file));
  } catch (error) {
    throw new UserError(`phy needs "${extension}", which the analyzer in ${analyzer} does not have`, {
      path: analyzer,
      hint: `Add ${extension} to what is computed, and run Analyze again.`,
      cause: error,
    });
  }
}

/** [units][channels]; an analyzer without the file is dense. */
export async function sparsityMask(analyzer: string, size: number): Promise<Uint8Array> {
  const mask = await readNumbers(join(analyzer, 'sparsity_mask.npy')).catch(() => undefined);
  return mask && mask.data.length === size ? Uint8Array.from(mask.data) : new Uint8Array(size).fill(1);
}
