import { UserError } from '../shared/errors.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

/** A stretch of frames [start, end) of a segment. */
export interface Period {
  readonly segment: number;
  readonly start: number;
  readonly end: number;
}

const range = z.tuple([z.int(), z.int()]);

/** SpikeInterface's structured array, as JSON. */
export const periodRows = z.array(
  z.object({
    segment_index: z.int(),
    start_sample_index: z.int(),
    end_sample_index: z.int(),
    sign: z.enum(['positive', 'negative']).optional(),
  }),
);

/** A list of [start, end] a segment; of one segment the list itself will do. */
export const periodLists = z.union([z.array(range), z.array(z.array(range))]);

export type PeriodRows = z.output<typeof periodRows>;
type Given = PeriodRows | z.output<typeof periodLists>;

/** The periods in order of time. UserError if one is not in the recording, ends before it begins, or two overlap. */
export function periodsOf(step: string, param: string, given: Given, { numFrames }: RecordingInfo): readonly Period[] {
  const at = `step "${step}", ${param}`;
  const periods = listed(at, given, numFrames.length);
  periods.sort((a, b) => a.segment - b.segment || a.start - b.start);
  for (const [i, { segment, start, end }] of periods.entries()) {
    const frames = numFrames[segment];
    if (frames === undefined) throw new UserError(`${at}: there is no segment ${segment}`);
    if (start > end) throw new UserError(`${at}: a period ends (frame ${end}) before it begins (frame ${start})`);
    if (start < 0 || end > frames)
      throw new UserError(`${at}: frames ${start} to ${end} are not all in segment ${segment}, which has ${frames}`, {
        hint: 'Periods are counted in frames from the beginning of their segment.',
      });
    const before = periods[i - 1];
    if (before?.segment === segment && before.end > start)
      throw new UserError(`${at}: periods ${before.start} to ${before.end} and ${start} to ${end} overlap`, {
        hint: 'Join them to one.',
      });
  }
  return periods;
}

function listed(at: string, given: Given, segments: number): Period[] {
  const lists: (readonly [number, number])[][] = [];
  const flat: (readonly [number, number])[] = [];
  const rows: Period[] = [];
  for (const one of given) {
    if (!Array.isArray(one))
      rows.push({ segment: one.segment_index, start: one.start_sample_index, end: one.end_sample_index });
    else if (isRange(one)) flat.push(one);
    else lists.push(one);
  }
  if (flat.length > 0 && segments !== 1)
    throw new UserError(`${at}: the recording has ${segments} segments, each needs a list of its own`, {
      hint: 'Write [[[start, end], …], …], one list a segment.',
    });
  if (lists.length > 0 && lists.length !== segments)
    throw new UserError(`${at}: ${lists.length} lists for ${segments} segments`, { hint: 'Give one list a segment.' });
  const perSegment = flat.length > 0 ? [flat] : lists;
  return [...rows, ...perSegment.flatMap((list, segment) => list.map(([start, end]) => ({ segment, start, end })))];
}

function isRange(one: [number, number] | [number, number][]): one is [number, number] {
  return typeof one[0] === 'number';
}

/** As SpikeInterface's rows, for the recipe. */
export function asRows(periods: readonly (Period & { readonly sign?: 'positive' | 'negative' })[]): PeriodRows {
  return periods.map(({ segment, start, end, sign }) => ({
    segment_index: segment,
    start_sample_index: start,
    end_sample_index: end,
    ...(sign && { sign }),
  }));
}

/** Periods in order of time, those at most one frame apart joined (SpikeInterface's rule for what its chunks cut). */
export function joinedEvents<P extends Period>(periods: readonly P[]): P[] {
  const out: P[] = [];
  for (const one of periods.toSorted((a, b) => a.segment - b.segment || a.start - b.start)) {
    const last = out.at(-1);
    if (last && last.segment === one.segment && last.end + 1 >= one.start)
      out[out.length - 1] = { ...one, start: last.start, end: Math.max(last.end, one.end) };
    else out.push(one);
  }
  return out;
}
