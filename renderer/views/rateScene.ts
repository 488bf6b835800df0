import type { FiringRates } from '../../core/shared/api.ts';
import type { Box, Size } from '../gl/mark.ts';
import { type HistogramRows, rowBoxes } from './histogramRows.ts';
import { keepRange, type Plane } from './plane.ts';
import type { RateOptions } from './rateOptions.ts';
import { type RecordingTime, recordingTime, wholeTime } from './recordingTime.ts';
import { short } from './shownUnits.ts';
import { answer, type Data, type ViewState } from './view.ts';

/** What lies where. */
export interface RateScene {
  readonly found: FiringRates;
  readonly time: RecordingTime;
  /** Of each unit. */
  readonly boxes: readonly Box[];
  /** Of all units together: times from left to right. */
  readonly plane: Plane;
}

export function ratesIn(data: Data): FiringRates | undefined {
  return answer(data, 'rates', 'rates')?.result;
}

export function sceneOf(
  state: ViewState,
  data: Data,
  { overlapped, zoom }: RateOptions,
  size: Size,
): RateScene | undefined {
  const found = ratesIn(data);
  const boxes = rowBoxes(size, found?.unitIds.length ?? 0, overlapped);
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (!found || !first || !last) return undefined;
  const time = recordingTime(state, found.seconds);
  const [from, to] = zoom ?? wholeTime(time);
  const box = { ...first, height: last.y + last.height - first.y };
  return { found, time, boxes, plane: { box, domain: [from, 0, to, 1] } };
}

/** Counts as spikes a second. */
export function rateRows({ found, time, plane }: RateScene, overlapped: boolean): HistogramRows {
  const { unitIds, counts, bins, binS, seconds, numSpikes } = found;
  return {
    unitIds,
    counts,
    bins,
    factors: unitIds.map(() => 1 / binS),
    span: [time.offsetS, time.offsetS + bins * binS],
    seen: [plane.domain[0], plane.domain[2]],
    xUnit: 's',
    yUnit: 'Hz',
    overlapped,
    notes: unitIds.map((_, i) => `${short(numSpikes[i]! / seconds)} Hz`),
  };
}

/** The options with which those times are seen, as far as there are such. */
export function zoomedTo(options: RateOptions, { time }: RateScene, range: [number, number]): RateOptions {
  const { zoom: _zoom, ...rest } = options;
  const zoom = keepRange(range, wholeTime(time), 0.1);
  return zoom ? { ...rest, zoom } : rest;
}
