import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { fromBytes } from '../store/byteSource.ts';
import { decodeNumbers } from '../store/npyDecode.ts';
import type { NumericArray } from '../store/npyType.ts';
import type { ZarrArray } from '../store/zarrArray.ts';

/** Unpacked chunks kept: neighbouring reads (margins, tiles) ask for the same ones. */
const KEPT_BYTES = 64 * 2 ** 20;

/** Traces of zarr arrays [frames][channels], one a segment, chunked in both directions. */
export function zarrTraces(info: RecordingInfo, arrays: readonly ZarrArray[]): Recording {
  const channels = info.channelIds.length;
  const kept = new Map<string, Promise<NumericArray>>();
  let keptBytes = 0;

  function chunkOf(segment: number, array: ZarrArray, row: number, column: number): Promise<NumericArray> {
    const key = `${segment} ${row} ${column}`;
    const found = kept.get(key);
    if (found) {
      kept.delete(key);
      kept.set(key, found); // youngest last
      return found;
    }
    const bytes = array.chunks.reduce((product, n) => product * n, array.type.size);
    for (const oldest of kept.keys()) {
      if (keptBytes + bytes <= KEPT_BYTES) break;
      kept.delete(oldest);
      keptBytes -= bytes;
    }
    const read = numbersOf(array, [row, column]);
    read.catch(() => {
      if (kept.delete(key)) keptBytes -= bytes;
    });
    kept.set(key, read);
    keptBytes += bytes;
    return read;
  }

  return {
    info,
    async read(segment, startFrame, endFrame) {
      const array = arrays[segment];
      const total = info.numFrames[segment] ?? 0;
      if (!array || !(startFrame >= 0 && startFrame <= endFrame && endFrame <= total))
        throw new RangeError(`frames ${startFrame} to ${endFrame} of ${total}`);
      const out = new Float32Array((endFrame - startFrame) * channels);
      const [rows = 1, columns = 1] = array.chunks;
      for (let row = Math.floor(startFrame / rows); row * rows < endFrame; row++)
        for (let column = 0; column * columns < channels; column++) {
          const values = await chunkOf(segment, array, row, column);
          const [from, to] = [Math.max(startFrame, row * rows), Math.min(endFrame, (row + 1) * rows)];
          const first = column * columns;
          const width = Math.min(columns, channels - first);
          for (let f = from; f < to; f++) {
            const at = (f - row * rows) * columns;
            const put = (f - startFrame) * channels + first;
            for (let c = 0; c < width; c++) out[put + c] = values[at + c]!;
          }
        }
      return out;
    },
    close() {
      kept.clear();
      keptBytes = 0;
    },
  };
}

async function numbersOf(array: ZarrArray, at: readonly number[]): Promise<NumericArray> {
  const bytes = await array.readChunk(at);
  return decodeNumbers(fromBytes(array.path, bytes), 0, bytes.byteLength / array.type.size, array.type);
}
