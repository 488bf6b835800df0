import type { Box, Mark } from '../gl/mark.ts';
import { pixelLines, plain } from './axis.ts';
import { fade } from './palette.ts';
import type { Seen } from './traceWindow.ts';
import type { ViewState } from './view.ts';

/** CSS pixels between two lines of the hatching; of a letter, about. */
const HATCH = 10;
const LETTER = 6.4;

/** Where the window reaches past its segment: hatched, with what ends there. */
export function edgeMarks(seen: Seen, box: Box, state: ViewState): Mark[] {
  const { startS, spanS, segmentS } = seen;
  const xOf = (s: number) => box.x + Math.min(1, Math.max(0, (s - startS) / spanS)) * box.width;
  const left = xOf(0);
  const right = xOf(segmentS);
  return [
    ...outside({ ...box, width: left - box.x }, edgeText(seen, state, -1), state),
    ...outside({ ...box, x: right, width: box.x + box.width - right }, edgeText(seen, state, 1), state),
  ];
}

function outside(area: Box, words: readonly string[], { palette }: ViewState): Mark[] {
  if (area.width < 1) return [];
  const lines: number[] = [];
  for (let d = HATCH; d < area.width + area.height; d += HATCH)
    lines.push(area.x + d - area.height, area.y + area.height, area.x + d, area.y);
  const x = area.x + area.width / 2;
  const fits = words.every((text) => text.length * LETTER < area.width - 12);
  return [
    { kind: 'fill', box: area, color: palette.faint },
    pixelLines(lines, fade(palette.line, 0.35), area),
    ...(fits ? words : []).map((text, i): Mark => {
      const y = area.y + area.height / 2 + (i - (words.length - 1) / 2) * 16;
      return { kind: 'label', x, y, text, align: 'center', tone: 'plain' };
    }),
  ];
}

/** "end of segment 0", "gap of 12.3 s" */
function edgeText({ segment, rate }: Seen, { session }: ViewState, side: 1 | -1): string[] {
  const numFrames = session.recording?.numFrames ?? [];
  const tStart = session.recording?.tStart ?? [];
  const what = numFrames.length > 1 ? `segment ${segment}` : 'the recording';
  const words = [side > 0 ? `end of ${what}` : `start of ${what}`];
  const [before, after] = side > 0 ? [segment, segment + 1] : [segment - 1, segment];
  const ended = (tStart[before] ?? Number.NaN) + (numFrames[before] ?? Number.NaN) / rate;
  const gap = (tStart[after] ?? Number.NaN) - ended;
  if (gap > 0.5 / rate) words.push(`gap of ${plain(Number(gap.toPrecision(3)))} s`);
  return words;
}
