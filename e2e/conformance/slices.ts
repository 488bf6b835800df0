import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomSlices } from '../../core/compute/randomSlices.ts';
import type { Slices } from '../../core/shared/lists.ts';
import type { RecordingInfo } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import type { GoldenPlace, Verdict } from './area.ts';

const slicesJson = z.object({ slices: z.array(z.tuple([z.number(), z.number(), z.number()])) });

/** The random chunks SpikeInterface used, saved as numbers. */
export function goldenSlices(place: GoldenPlace, entry: string): Slices {
  return slicesJson.parse(JSON.parse(readFileSync(join(place.golden, entry), 'utf8'))).slices;
}

/**
 * Where the chunks lie is chance (NumPy's generator is not imitated); that there are as many, as long, in the same
 * segments and in order of time is not: the number of rows for which it is otherwise.
 */
export function slicesVerdict(
  entry: string,
  info: RecordingInfo,
  golden: Slices,
  num_chunks_per_segment: number,
  chunk: string | number,
): Verdict {
  const length = typeof chunk === 'number' ? { chunk_size: chunk } : { chunk_duration: chunk };
  const ours = randomSlices(info, { num_chunks_per_segment, ...length });
  if (ours.length !== golden.length) return { entry, error: Number.POSITIVE_INFINITY, note: `${ours.length} chunks` };
  const wrong = ours.filter(([segment, start, end], i) => {
    const [goldenSegment, goldenStart, goldenEnd] = golden[i]!;
    const before = ours[i - 1];
    const late = before !== undefined && before[0] === segment && before[1] > start;
    const outside = start < 0 || end > (info.numFrames[segment] ?? 0);
    return segment !== goldenSegment || end - start !== goldenEnd - goldenStart || late || outside;
  });
  return { entry, error: wrong.length };
}
