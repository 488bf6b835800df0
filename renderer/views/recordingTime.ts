import { atTime, type Timeline, timeline } from '../../core/shared/timeline.ts';
import type { Mark } from '../gl/mark.ts';
import { pixelLines } from './axis.ts';
import { fade } from './palette.ts';
import { pixelRects } from './pixelRects.ts';
import { keepRange, type Plane, pixelX } from './plane.ts';
import type { Moment, ViewState } from './view.ts';

/** The x axis of pictures over the whole recording: its segments one after the other. */
export interface RecordingTime {
  readonly line: Timeline;
  /** Hz; undefined: not known, then times are in samples. */
  readonly rate: number | undefined;
  /** What the axis starts at, s: the start of a single segment. */
  readonly offsetS: number;
}

/** `seconds`: how long it is, where the recording is not there to tell; `rate`: likewise. */
export function recordingTime({ session }: ViewState, seconds: number, rate?: number): RecordingTime {
  const { recording } = session;
  if (!recording) return { line: { startS: [0], totalS: seconds }, rate, offsetS: 0 };
  const { numFrames, samplingFrequency, tStart } = recording;
  return {
    line: timeline(numFrames, samplingFrequency),
    rate: samplingFrequency,
    offsetS: numFrames.length === 1 ? (tStart[0] ?? 0) : 0,
  };
}

/** Where a place in the recording lies on the axis. */
export function axisTime({ line, rate, offsetS }: RecordingTime, { segment, frame }: Moment): number | undefined {
  const start = line.startS[segment];
  return rate === undefined || start === undefined ? undefined : offsetS + start + frame / rate;
}

export function momentAt({ line, rate, offsetS }: RecordingTime, at: number): Moment | undefined {
  if (rate === undefined) return undefined;
  const { segment, timeS } = atTime(line, Math.min(line.totalS, at - offsetS));
  return { segment, frame: Math.round(timeS * rate) };
}

/** All of the axis. */
export function wholeTime({ line, offsetS }: RecordingTime): readonly [number, number] {
  return [offsetS, offsetS + Math.max(line.totalS, 1e-3)];
}

/** The times seen, moved so that a place picked elsewhere is among them; the same where it is. */
export function followed(seen: [number, number], picked: Moment | undefined, state: ViewState): [number, number] {
  if (!picked || !state.session.recording) return seen;
  const time = recordingTime(state, 0);
  const at = axisTime(time, picked);
  const [from, to] = seen;
  if (at === undefined || (at >= from && at <= to)) return seen;
  return keepRange([at - (to - from) / 2, at + (to - from) / 2], wholeTime(time), 0) ?? seen;
}

/** A time of the axis in words: in its segment, where there are several. */
export function timeText({ line, offsetS }: RecordingTime, at: number, digits: number): string {
  if (line.startS.length < 2) return `${at.toFixed(digits)} s`;
  const { segment, timeS } = atTime(line, at - offsetS);
  return `segment ${segment}, ${timeS.toFixed(digits)} s`;
}

/** The stretch that the traces show, borders of segments, the time picked last. */
export function timeMarks(time: RecordingTime, plane: Plane, { window, focus, palette }: ViewState): Mark[] {
  const { box } = plane;
  const marks: Mark[] = [];
  const from = window && axisTime(time, { segment: window.segment, frame: window.startFrame });
  const to = window && axisTime(time, { segment: window.segment, frame: window.endFrame });
  if (from !== undefined && to !== undefined) {
    const [left, right] = [pixelX(plane, from), pixelX(plane, to)];
    const width = Math.max(2, right - left);
    const band = { x: (left + right - width) / 2, y: box.y, width, height: box.height };
    marks.push(pixelRects([band], fade(palette.text, 0.22), box));
  }
  const upright = (at: number) => [pixelX(plane, at), box.y, pixelX(plane, at), box.y + box.height];
  const borders = time.line.startS.slice(1).flatMap((start) => upright(time.offsetS + start));
  if (borders.length > 0) marks.push(pixelLines(borders, palette.line, box));
  const focused = focus.time && axisTime(time, focus.time);
  if (focused !== undefined) marks.push(pixelLines(upright(focused), fade(palette.text, 0.7), box));
  return marks;
}
