import { medianInPlace } from '../compute/rowMedians.ts';
import { cubicSplineWeights } from './cubicSpline.ts';

/** A stretch of traces, [end - start][channels], and where it lies in its segment. */
export interface Stretch {
  readonly data: Float32Array;
  readonly channels: number;
  readonly start: number;
  readonly end: number;
}

/** Whole numbers lose their fraction, as in SpikeInterface. */
export type Store = (value: number) => number;

/**
 * Fills frames [from, to) by what is around, as SpikeInterface's remove_artifacts: fit points at 0, 1 and 2 `spacing`
 * from each edge, each the median of a few frames around it. In place. The stretch must reach as far as the fit points
 * do, or to the segment's end.
 */
export function bridgeGap(
  stretch: Stretch,
  from: number,
  to: number,
  spacing: number,
  mode: 'linear' | 'cubic',
  store: Store,
): void {
  const { channels, start, end } = stretch;
  const before = [2, 1, 0].map((k) => from - 1 - k * spacing).filter((frame) => frame >= start);
  const after = [0, 1, 2].map((k) => to + k * spacing).filter((frame) => frame < end);
  const points = [...before, ...after];
  const first = Math.max(from, start);
  const gap = Array.from({ length: Math.max(0, Math.min(to, end) - first) }, (_, i) => first + i);
  if (points.length < (mode === 'cubic' ? 5 : 2)) {
    const nearest = before.length >= after.length ? before.at(-1) : after[0];
    fill(stretch, gap, nearest, store);
    return;
  }
  const weights = mode === 'cubic' ? cubicSplineWeights(points, gap) : linearWeights(points, gap);
  const values = points.map((frame) => {
    if (frame === before.at(-1)) return medianFrame(stretch, frame - 3, frame);
    return frame === after[0] ? medianFrame(stretch, frame, frame + 3) : medianFrame(stretch, frame - 2, frame + 2);
  });
  for (const [i, frame] of gap.entries()) {
    const at = (frame - start) * channels;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let k = 0; k < points.length; k++) sum += weights[i]![k]! * values[k]![c]!;
      stretch.data[at + c] = store(sum);
    }
  }
}

/** Every frame of the gap as frame `nearest`; zeros where there is none. */
function fill(
  { data, channels, start }: Stretch,
  gap: readonly number[],
  nearest: number | undefined,
  store: Store,
): void {
  for (const frame of gap)
    for (let c = 0; c < channels; c++)
      data[(frame - start) * channels + c] = nearest === undefined ? 0 : store(data[(nearest - start) * channels + c]!);
}

/** Median over frames [first, last] of each channel. */
function medianFrame({ data, channels, start, end }: Stretch, first: number, last: number): Float64Array {
  const [from, to] = [Math.max(first, start), Math.min(last + 1, end)];
  const values = new Float64Array(to - from);
  return Float64Array.from({ length: channels }, (_, c) => {
    for (let frame = from; frame < to; frame++) values[frame - from] = data[(frame - start) * channels + c]!;
    return medianInPlace(values);
  });
}

function linearWeights(x: readonly number[], at: readonly number[]): Float64Array[] {
  return at.map((place) => {
    let i = 0;
    while (i < x.length - 2 && place > x[i + 1]!) i++;
    const t = (place - x[i]!) / (x[i + 1]! - x[i]!);
    const out = new Float64Array(x.length);
    out[i] = 1 - t;
    out[i + 1] = t;
    return out;
  });
}
