import { totalSeconds } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import { stepped } from './steps.ts';
import type { ViewState } from './view.ts';

export const params = z.object({
  bins: z
    .number()
    .int()
    .min(1)
    .max(20_000)
    .default(200)
    .describe('Into how many equal parts the recording is cut, unless their length is given.'),
  binBy: z
    .enum(['number', 'length'])
    .default('number')
    .meta({ title: 'Bins by' })
    .describe('The number of bins, or the length of a bin.'),
  binS: z
    .number()
    .min(0.01)
    .max(86_400)
    .default(10)
    .meta({ unit: 's', title: 'Bin length' })
    .describe('Of one bin, if bins are by length; made a little shorter, so that they fit the recording.'),
  overlapped: z
    .boolean()
    .default(false)
    .meta({ title: 'Over each other' })
    .describe('All units in one plot; or one plot a unit.'),
  /** Times of the axis that are seen; left out: all. */
  zoom: z.tuple([z.number(), z.number()]).optional().meta({ moment: true }),
});
export type RateOptions = z.output<typeof params>;

const MOST_BINS = 20_000;
/** What the wheel steps through. */
const BINS = [20, 50, 100, 200, 500, 1000, 2000, 5000];
const LENGTHS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600];

/** As many as were asked for, or as fit the length asked for. */
export function binsOf({ session: { recording } }: ViewState, { bins, binBy, binS }: RateOptions): number {
  if (binBy === 'number' || !recording) return bins;
  return Math.min(MOST_BINS, Math.max(1, Math.ceil(totalSeconds(recording) / binS)));
}

/** More and shorter bins when the wheel is turned away. */
export function withBins(options: RateOptions, turn: number): RateOptions {
  const { bins, binBy, binS } = options;
  if (binBy === 'number') return { ...options, bins: stepped(BINS, bins, -turn) };
  return { ...options, binS: stepped(LENGTHS_S, binS, turn) };
}
