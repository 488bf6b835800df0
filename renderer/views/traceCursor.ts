import type { Box, Mark } from '../gl/mark.ts';
import { pixelLines, plain, roundDown } from './axis.ts';
import { fade } from './palette.ts';
import { rowOfChannel, yOfRow } from './traceRows.ts';
import type { Shown } from './traceShown.ts';
import type { Seen } from './traceWindow.ts';
import type { AnswerOf, ViewState } from './view.ts';

/** Undefined outside of the window. */
export function xOfFrame(frame: number, { startS, spanS, rate }: Seen, box: Box): number | undefined {
  const part = (frame / rate - startS) / spanS;
  return part >= 0 && part <= 1 ? box.x + part * box.width : undefined;
}

/** The time and the channel that were picked last. */
export function focusMarks({ seen, rows, found }: Shown, box: Box, { focus, palette }: ViewState): Mark[] {
  const marks: Mark[] = [];
  const row = focus.channel === undefined ? -1 : rowOfChannel(found.items, focus.channel);
  if (row >= 0 && row >= rows.first - 1 && row < rows.first + rows.count) {
    const height = box.height / rows.count;
    const y = yOfRow(row, rows, box) - height / 2;
    const band = height < 3 ? { y: y - 1, height: 3 } : { y, height };
    marks.push({ kind: 'fill', box: { ...box, ...cut(band, box) }, color: fade(palette.text, 0.14) });
  }
  const x = focus.time?.segment === seen.segment ? xOfFrame(focus.time.frame, seen, box) : undefined;
  if (x !== undefined) marks.push(pixelLines([x, box.y, x, box.y + box.height], fade(palette.text, 0.4)));
  return marks;
}

function cut({ y, height }: { readonly y: number; readonly height: number }, box: Box) {
  const top = Math.max(box.y, y);
  return { y: top, height: Math.max(0, Math.min(box.y + box.height, y + height) - top) };
}

/** `perPixel`: what a CSS pixel is high, in the tiles' unit. */
export function scaleBar(perPixel: number, { items }: AnswerOf<'traces'>, box: Box, { palette }: ViewState): Mark[] {
  const unit = items[0]?.unit;
  if (unit === undefined) return [];
  const value = roundDown(perPixel * Math.min(60, box.height / 3));
  const x = box.x + box.width - 12;
  const y = box.y + box.height - 10;
  const top = y - value / perPixel;
  return [
    pixelLines([x, top, x, y, x - 3, top, x + 3, top, x - 3, y, x + 3, y], palette.text),
    { kind: 'label', x: x - 6, y: (top + y) / 2, text: `${plain(value)} ${unit}`, align: 'right', tone: 'strong' },
  ];
}
