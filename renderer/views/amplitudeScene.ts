import type { Box, Domain, Size } from '../gl/mark.ts';
import { amplitudeRange, type ShownUnit, shownUnits } from './amplitudeSpikes.ts';
import { keepRange, type Plane } from './plane.ts';
import { type RecordingTime, recordingTime, wholeTime } from './recordingTime.ts';
import type { Data, ViewState } from './view.ts';

interface Shown {
  readonly histogram: boolean;
  readonly zoom?: [number, number] | undefined;
  readonly range?: [number, number] | undefined;
}

/** What lies where. */
export interface AmplitudeScene {
  readonly units: readonly ShownUnit[];
  readonly time: RecordingTime;
  /** Of the points: time and amplitude. */
  readonly plane: Plane;
  /** Of the histogram, at the right of the points. */
  readonly beside: Box | undefined;
  /** All amplitudes. */
  readonly all: readonly [number, number];
}

const LEFT = 52;
const TOP = 6;
const BOTTOM = 22;
const RIGHT = 8;
/** Of the histogram, CSS pixels; in smaller views there is none. */
const BESIDE = { least: 36, most: 180, part: 0.18 };

export function sceneOf(
  state: ViewState,
  data: Data,
  { histogram, zoom, range }: Shown,
  { width, height }: Size,
): AmplitudeScene | undefined {
  const units = shownUnits(state, data);
  if (units.length === 0) return undefined;
  const time = timeOf(units, state);
  const wanted = Math.round(Math.min(BESIDE.most, width * BESIDE.part));
  const besideWidth = histogram && wanted >= BESIDE.least ? wanted : 0;
  const right = RIGHT + (besideWidth > 0 ? besideWidth + 6 : 0);
  const box = {
    x: LEFT,
    y: TOP,
    width: Math.max(1, Math.floor(width - LEFT - right)),
    height: Math.max(1, Math.floor(height - TOP - BOTTOM)),
  };
  const all = amplitudeRange(units);
  const [from, to] = zoom ?? wholeTime(time);
  const [low, high] = range ?? all;
  const domain: Domain = [from, low, to, high];
  const beside = besideWidth > 0 ? { ...box, x: box.x + box.width + 6, width: besideWidth } : undefined;
  return { units, time, plane: { box, domain }, beside, all };
}

/** Where there is no recording to tell its length: up to the last spike; without a sampling rate in samples. */
export function timeOf(units: readonly ShownUnit[], state: ViewState): RecordingTime {
  const rate = units[0]?.spikes.samplingFrequency;
  const last = Math.max(1, ...units.map(({ spikes }) => spikes.sampleIndex.at(-1) ?? 1));
  return recordingTime(state, last / (rate ?? 1), rate);
}

/** Times that may be seen; undefined: all. */
export function within({ time }: AmplitudeScene, range: [number, number]): [number, number] | undefined {
  return keepRange(range, wholeTime(time), 0.05);
}
