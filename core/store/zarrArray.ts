import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { z } from '../shared/zod.ts';
import { fromBytes } from './byteSource.ts';
import { fileError } from './fileError.ts';
import { readJson, writeJson } from './json.ts';
import { decodeNumbers, decodeRows } from './npyDecode.ts';
import { encodeValues } from './npyEncode.ts';
import { type NpyType, type NumericArray, npyType } from './npyType.ts';
import { writeFileAtomic } from './writeFile.ts';
import { type ZarrCodec, type ZarrPacking, zarrCodec } from './zarrCodec.ts';

/** .zarray of zarr version 2, with what SpikeInterface uses of it. */
export interface ZarrHeader extends ZarrPacking {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: string;
}

const config = z.looseObject({ id: z.string() });
const size = z
  .int()
  .min(0)
  .max(2 ** 48);
const schema = z.object({
  zarr_format: z.literal(2, 'not zarr version 2'),
  shape: z.array(size).max(8),
  chunks: z
    .array(
      z
        .int()
        .min(1)
        .max(2 ** 31),
    )
    .max(8),
  dtype: z.string('records are not read'),
  compressor: config.nullable(),
  filters: z.array(config).nullable(),
  order: z.literal('C', 'rows must lie one after the other (order C)'),
  dimension_separator: z.enum(['.', '/']).default('.'),
});

/** A zarr array on the disk, opened to be read. */
export interface ZarrArray {
  readonly path: string;
  readonly type: NpyType;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  /** A chunk at its full size: what lies beyond the array's end is padding. UserError if its file is not there. */
  readChunk(at: readonly number[]): Promise<Uint8Array>;
}

/** UserError naming the array if there is none, or one that is not read. */
export async function openZarrArray(path: string): Promise<ZarrArray> {
  const file = join(path, '.zarray');
  const result = schema.safeParse(await readJson(file));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new UserError(`${file} is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
      path: file,
      hint: 'Arrays of zarr version 2 are read, as SpikeInterface 0.101 to 0.105 writes them.',
    });
  }
  const { shape, chunks, dtype, compressor, filters, dimension_separator } = result.data;
  if (shape.length !== chunks.length) throw new UserError(`${file}: shape and chunks do not fit`, { path: file });
  const type = npyType(dtype, file);
  let codec: Promise<ZarrCodec> | undefined;
  const bytes = chunks.reduce((product, n) => product * n, type.size);
  return {
    path,
    type,
    shape,
    chunks,
    async readChunk(at) {
      const chunk = join(path, at.join(dimension_separator));
      codec ??= zarrCodec({ compressor, filters }, path);
      return readChunk(chunk, bytes, await codec);
    },
  };
}

async function readChunk(path: string, bytes: number, codec: ZarrCodec): Promise<Uint8Array> {
  if (!existsSync(path))
    throw new UserError(`${path}: this chunk is missing`, {
      path,
      hint: 'The folder is not whole: was it copied to the end? Its samples are not taken for zeros.',
    });
  let packed: Uint8Array;
  try {
    packed = readFileSync(path);
  } catch (error) {
    throw fileError(error, 'read', path);
  }
  try {
    return await codec.decode(packed, bytes);
  } catch (error) {
    throw new UserError(`${path} is damaged: ${error instanceof Error ? error.message : String(error)}`, {
      path,
      hint: 'Copy it again from where it is whole.',
      cause: error,
    });
  }
}

/** A small array of one dimension, whole: numbers or text. */
export async function readZarrList(path: string): Promise<NumericArray | string[]> {
  const array = await openZarrArray(path);
  const [count = 0, ...more] = array.shape;
  const [rows = 1] = array.chunks;
  if (more.length > 0 || count > 10_000_000) throw new UserError(`${path} is no list`, { path });
  const pieces: Uint8Array[] = [];
  for (let i = 0; i * rows < count; i++) pieces.push(await array.readChunk([i]));
  const source = fromBytes(path, Buffer.concat(pieces).subarray(0, count * array.type.size));
  if (array.type.kind !== 'U' && array.type.kind !== 'S') return decodeNumbers(source, 0, count, array.type);
  const out: string[] = [];
  decodeRows(source, 0, count, [{ type: array.type, offset: 0, out }], array.type.size);
  return out;
}

/** .zarray of an array whose chunks are written by others. */
export async function writeZarrHeader(path: string, header: ZarrHeader): Promise<void> {
  mkdirSync(path, { recursive: true });
  const { kind } = npyType(header.dtype, path);
  const fill = kind === 'U' || kind === 'S' ? '' : kind === 'b' ? false : 0;
  await writeJson(join(path, '.zarray'), { ...header, fill_value: fill, order: 'C', zarr_format: 2 });
}

/** An array of one dimension in one chunk, not packed, as SpikeInterface keeps ids and properties. */
export async function writeZarrList(
  path: string,
  values: readonly number[] | readonly string[] | readonly boolean[],
  dtype = listType(values),
): Promise<void> {
  const count = values.length;
  await writeZarrHeader(path, { shape: [count], chunks: [Math.max(1, count)], dtype, compressor: null, filters: null });
  if (count > 0) await writeFileAtomic(join(path, '0'), encodeValues(values, npyType(dtype, path)));
}

function listType(values: readonly (number | string | boolean)[]): string {
  if (typeof values[0] === 'string') return `<U${Math.max(1, ...values.map((value) => [...String(value)].length))}`;
  if (typeof values[0] === 'boolean') return '|b1';
  return values.every((value) => Number.isSafeInteger(value)) ? '<i8' : '<f8';
}
