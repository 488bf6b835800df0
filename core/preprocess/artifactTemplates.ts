import { medianInPlace } from '../compute/rowMedians.ts';
import { abortError } from '../shared/errors.ts';
import type { Recording } from '../shared/recording.ts';
import type { Trigger } from './triggers.ts';

/**
 * Mean or median of the traces around the triggers of each label: [before + after][channels]. Triggers too near to the
 * ends of their segment are left out.
 */
export async function artifactTemplates(
  recording: Recording,
  triggers: readonly (readonly Trigger[])[],
  [before, after]: readonly [number, number],
  operator: 'average' | 'median',
  signal: AbortSignal,
): Promise<Record<string, number[][]>> {
  const { channelIds, numFrames } = recording.info;
  const labels = new Set(triggers.flat().map(({ label }) => label));
  const out: Record<string, number[][]> = {};
  for (const label of labels) {
    const places = triggers.flatMap((list, segment) =>
      list
        .filter((one) => one.label === label && one.frame >= before && one.frame + after <= numFrames[segment]!)
        .map(({ frame }) => [segment, frame - before] as const),
    );
    const read = async ([segment, from]: readonly [number, number]) => {
      if (signal.aborted) throw abortError();
      return recording.read(segment, from, from + before + after);
    };
    const size = (before + after) * channelIds.length;
    const template = operator === 'average' ? await averaged(places, size, read) : await medians(places, size, read);
    out[label] = Array.from({ length: before + after }, (_, f) =>
      Array.from(template.subarray(f * channelIds.length, (f + 1) * channelIds.length)),
    );
  }
  return out;
}

type Place = readonly [segment: number, from: number];
type Read = (place: Place) => Promise<Float32Array>;

async function averaged(places: readonly Place[], size: number, read: Read): Promise<Float32Array> {
  const sum = new Float64Array(size);
  for (const place of places) for (const [i, value] of (await read(place)).entries()) sum[i]! += value;
  return Float32Array.from(sum, (total) => (places.length > 0 ? total / places.length : 0));
}

async function medians(places: readonly Place[], size: number, read: Read): Promise<Float32Array> {
  const pieces: Float32Array[] = [];
  for (const place of places) pieces.push((await read(place)).slice());
  const values = new Float32Array(pieces.length);
  return Float32Array.from({ length: size }, (_, i) => {
    for (const [k, piece] of pieces.entries()) values[k] = piece[i]!;
    return pieces.length > 0 ? medianInPlace(values) : 0;
  });
}
