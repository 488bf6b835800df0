import { UserError } from '../shared/errors.ts';
import { z } from '../shared/zod.ts';
import { type NpyType, npyType } from './npyType.ts';

/** How a zarr array's chunks are packed: .zarray's `compressor` and `filters`. */
export interface ZarrPacking {
  readonly compressor: Readonly<Record<string, unknown>> | null;
  readonly filters: readonly Readonly<Record<string, unknown>>[] | null;
}

export interface ZarrCodec {
  encode(chunk: Uint8Array): Promise<Uint8Array>;
  /** `bytes`: how many the chunk has unpacked. */
  decode(packed: Uint8Array, bytes: number): Promise<Uint8Array>;
}

/** The codecs that are known, by zarr's `id`. */
const KNOWN = ['blosc', 'zstd', 'lz4', 'zlib', 'gzip'] as const;

interface NumcodecsCodec {
  fromConfig(config: Record<string, unknown> & { id: string }): {
    encode(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
    decode(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  };
}

const delta = z.object({ id: z.literal('delta'), dtype: z.string(), astype: z.string().optional() });

/** UserError naming the codec if it is not one of ours. `name` is the array, for messages. */
export async function zarrCodec({ compressor, filters }: ZarrPacking, name: string): Promise<ZarrCodec> {
  const pack = compressor && (await openCompressor(compressor, name));
  const deltas = (filters ?? []).map((filter) => deltaType(filter, name));
  return {
    async encode(chunk) {
      let bytes = chunk;
      if (deltas.length > 0) bytes = bytes.slice();
      for (const type of deltas) intoDifferences(bytes, type);
      return pack ? pack.encode(bytes) : bytes;
    },
    async decode(packed, bytes) {
      const out = pack ? await unpacked(pack, packed, bytes, compressor?.id === 'blosc') : packed.slice();
      if (out.byteLength !== bytes) throw new Error(`${out.byteLength} bytes instead of ${bytes}`);
      for (const type of deltas.toReversed()) fromDifferences(out, type);
      return out;
    },
  };
}

type Pack = ReturnType<NumcodecsCodec['fromConfig']>;

async function openCompressor(config: Readonly<Record<string, unknown>>, name: string): Promise<Pack> {
  const id = KNOWN.find((known) => known === config.id);
  if (id) {
    const codecs: Readonly<Record<typeof id, NumcodecsCodec>> = await import('./numcodecs.ts');
    return codecs[id].fromConfig({ ...config, id });
  }
  throw new UserError(`${name} is packed with "${String(config.id)}", which is not known here`, {
    path: name,
    hint: `Known are ${KNOWN.join(', ')}. Save it again with one of them.`,
  });
}

async function unpacked(pack: Pack, packed: Uint8Array, bytes: number, blosc: boolean): Promise<Uint8Array> {
  // Blosc's header tells the size: a damaged one must not ask for all memory.
  if (blosc) {
    if (packed.byteLength < 16) throw new Error('it is cut');
    const view = new DataView(packed.buffer, packed.byteOffset, 16);
    if (view.getUint32(4, true) !== bytes || view.getUint32(12, true) !== packed.byteLength)
      throw new Error('its header does not fit its size');
  }
  return pack.decode(packed);
}

function deltaType(filter: Readonly<Record<string, unknown>>, name: string): NpyType {
  const known = delta.safeParse(filter);
  const type = known.success && npyType(known.data.dtype, name);
  const same = known.success && (known.data.astype ?? known.data.dtype) === known.data.dtype;
  if (
    type &&
    same &&
    !type.bigEndian &&
    (type.kind === 'i' || type.kind === 'u' || (type.kind === 'f' && type.size > 2))
  )
    return type;
  throw new UserError(`${name} is filtered with "${String(filter.id)}", which is not known here`, {
    path: name,
    hint: 'Known is "delta" that keeps the number type. Save it again with that or without filters.',
  });
}

/** Integers of `bytes` as arrays in which sums wrap around as NumPy's do; 8 bytes as BigInt64. */
function numbersOf(bytes: Uint8Array, { kind, size }: NpyType) {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const count = byteLength / size;
  if (kind === 'f')
    return size === 4 ? new Float32Array(buffer, byteOffset, count) : new Float64Array(buffer, byteOffset, count);
  if (size === 1) return new Int8Array(buffer, byteOffset, count);
  if (size === 2) return new Int16Array(buffer, byteOffset, count);
  if (size === 4) return new Int32Array(buffer, byteOffset, count);
  return new BigInt64Array(buffer, byteOffset, count);
}

/** As numcodecs' Delta: the first number, then differences to the one before, over the whole chunk. In place. */
function intoDifferences(bytes: Uint8Array, type: NpyType): void {
  const values = numbersOf(bytes, type);
  if (values instanceof BigInt64Array) for (let i = values.length - 1; i > 0; i--) values[i]! -= values[i - 1]!;
  else for (let i = values.length - 1; i > 0; i--) values[i]! -= values[i - 1]!;
  keep(bytes, values);
}

function fromDifferences(bytes: Uint8Array, type: NpyType): void {
  const values = numbersOf(bytes, type);
  if (values instanceof BigInt64Array) for (let i = 1; i < values.length; i++) values[i]! += values[i - 1]!;
  else for (let i = 1; i < values.length; i++) values[i]! += values[i - 1]!;
  keep(bytes, values);
}

function keep(bytes: Uint8Array, values: ArrayBufferView): void {
  if (values.buffer !== bytes.buffer) bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
