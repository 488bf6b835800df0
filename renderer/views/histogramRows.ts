import type { UnitId } from '../../core/shared/sorting.ts';
import type { Box, LabelMark, Mark, Size } from '../gl/mark.ts';
import { bottomAxis, leftAxis, pixelLines } from './axis.ts';
import { rowBars } from './histogramBars.ts';
import { pixelRects } from './pixelRects.ts';
import { inBox } from './plane.ts';
import { colorOf, short } from './shownUnits.ts';
import type { Hit, ViewState } from './view.ts';

/** One histogram a unit, below each other or over each other, with the same x axis. */
export interface HistogramRows {
  readonly unitIds: readonly UnitId[];
  /** [units][bins] */
  readonly counts: Float64Array;
  readonly bins: number;
  /** What the counts of each unit are multiplied by to be heights. */
  readonly factors: readonly number[];
  /** x of the first bin's left and the last bin's right edge; what is seen of it. */
  readonly span: readonly [number, number];
  readonly seen: readonly [number, number];
  readonly xUnit: string;
  readonly yUnit: string;
  /** Heights are counts. */
  readonly whole?: boolean;
  readonly overlapped: boolean;
  /** Said of each unit in its row, behind its name. */
  readonly notes?: readonly string[];
}

const LEFT = 52;
const RIGHT = 8;
const TOP = 6;
const BOTTOM = 22;
/** Above the highest bar, CSS pixels: the name has room there, where the row is high enough to have one. */
const HEADROOM = 17;
const LEAST_NAMED = 44;

/** The box of each unit's histogram. */
export function rowBoxes({ width, height }: Size, n: number, overlapped: boolean): readonly Box[] {
  const all = { x: LEFT, y: TOP, width: Math.max(1, Math.floor(width - LEFT - RIGHT)), height: height - TOP - BOTTOM };
  if (overlapped) return Array.from({ length: n }, () => ({ ...all, height: Math.max(1, Math.floor(all.height)) }));
  const gap = n > 6 ? 2 : 8;
  const edge = (i: number) => Math.round(TOP + (i * (all.height + gap)) / n);
  return Array.from({ length: n }, (_, i) => ({
    ...all,
    y: edge(i),
    height: Math.max(1, edge(i + 1) - gap - edge(i)),
  }));
}

/** Whose row is under the pointer; where they lie over each other, that of the first unit. */
export function rowAt(hit: Hit, boxes: readonly Box[]): number | undefined {
  const at = boxes.findIndex((box) => inBox(hit, box));
  return at < 0 ? undefined : at;
}

export function rowMarks(rows: HistogramRows, boxes: readonly Box[], state: ViewState): Mark[] {
  const { palette } = state;
  const { overlapped, seen, xUnit, yUnit, whole = false, unitIds } = rows;
  const tops = topsOf(rows, boxes);
  const last = boxes.at(-1);
  if (!last) return [];
  const every = everyRow(boxes);
  const axes = (overlapped ? [last] : boxes).flatMap((box, i): Mark[] => {
    const unit = i === 0 ? yUnit : '';
    if (box.height >= LEAST_NAMED) return leftAxis({ box, from: 0, to: tops[i]!, unit, palette, whole });
    const line = pixelLines([box.x, box.y, box.x, box.y + box.height], palette.line);
    const most = `${short(tops[i]! / headroom(box))}${i === 0 ? ` ${yUnit}` : ''}`;
    return i % every !== 0 ? [line] : [line, dim(box.x - 6, box.y + Math.min(6, box.height / 2), most, 'right')];
  });
  return [
    pixelRects(overlapped ? [last] : boxes, palette.faint),
    ...rowBars(rows, boxes, tops, state),
    ...axes,
    ...bottomAxis({ box: last, from: seen[0], to: seen[1], unit: xUnit, palette }),
    ...unitIds.flatMap((_, i) => (overlapped || i % every === 0 ? nameLabel(rows, boxes[i]!, i, state) : [])),
  ];
}

/** Each, every second … row has room for its texts. */
function everyRow(boxes: readonly Box[]): number {
  const pitch = boxes.length < 2 ? Number.POSITIVE_INFINITY : boxes[1]!.y - boxes[0]!.y;
  return pitch > 0 ? Math.max(1, Math.ceil(13 / pitch)) : 1;
}

/** What reaches the top of each row. */
function topsOf(
  { unitIds, counts, bins, factors, overlapped }: HistogramRows,
  boxes: readonly Box[],
): readonly number[] {
  const own = unitIds.map((_, i) => {
    let most = 0;
    for (let bin = i * bins; bin < (i + 1) * bins; bin++) most = Math.max(most, counts[bin]!);
    return headroom(boxes[i]!) * (most * factors[i]! || 1);
  });
  return overlapped ? own.map(() => Math.max(...own)) : own;
}

function headroom({ height }: Box): number {
  return height >= LEAST_NAMED ? height / (height - HEADROOM) : 1.1;
}

/** At the right end of the row; where rows lie over each other, one below the other. */
function nameLabel({ unitIds, notes, overlapped }: HistogramRows, box: Box, i: number, state: ViewState) {
  const y = box.y + Math.min(8, box.height / 2) + (overlapped ? 14 * i : 0);
  if (overlapped && y > box.y + box.height - 4) return [];
  const room = box.width > 160 && box.height >= LEAST_NAMED && (!overlapped || unitIds.length < 5);
  const note = notes?.[i] && room ? ` · ${notes[i]}` : '';
  const label: LabelMark = {
    kind: 'label',
    x: box.x + box.width - 4,
    y,
    text: `${unitIds[i]}${note}`,
    align: 'right',
    tone: 'strong',
    color: colorOf(state, unitIds[i]!),
  };
  return [label];
}

function dim(x: number, y: number, text: string, align: LabelMark['align']): LabelMark {
  return { kind: 'label', x, y, text, align, tone: 'dim' };
}
