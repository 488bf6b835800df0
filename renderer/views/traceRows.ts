import type { TraceTile } from '../../core/shared/api.ts';
import type { Box, LabelMark, Mark } from '../gl/mark.ts';
import { pixelLines } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { memo } from './memo.ts';
import { fade } from './palette.ts';
import { channelsOfRows } from './traceTiles.ts';
import type { TraceOptions } from './traceWindow.ts';
import type { ViewState } from './view.ts';

/** The rows that are seen, the lowest first; parts of rows too. */
export interface Rows {
  readonly first: number;
  readonly count: number;
  readonly all: number;
}

/** More rows than these are an image, unless the user says otherwise. */
export const MOST_LINES = 96;

export function rowsOf(items: readonly TraceTile[], { rows }: TraceOptions): Rows {
  const all = channelsOfRows(items).length;
  if (!rows) return { first: 0, count: all, all };
  const count = Math.min(rows[1], all);
  return { first: Math.min(all - count, Math.max(0, rows[0])), count, all };
}

/** As the user chose, else by how many rows are seen of `all`. */
export function showsImage({ image, rows }: TraceOptions, all: number): boolean {
  return image === 'auto' ? (rows ? Math.min(all, rows[1]) : all) > MOST_LINES : image === 'image';
}

export function rowAt(y: number, { first, count }: Rows, box: Box): number {
  return Math.floor(first + ((box.y + box.height - y) / box.height) * count);
}

/** Where the middle of a row is. */
export function yOfRow(row: number, { first, count }: Rows, box: Box): number {
  return box.y + box.height - ((row + 0.5 - first) / count) * box.height;
}

/** The row of a channel; −1: it is not shown. */
export function rowOfChannel(items: readonly TraceTile[], channel: number): number {
  return channelsOfRows(items).indexOf(channel);
}

/** Where not all rows are seen, those with a channel's in the middle; where it is seen, they stay. */
export function withRow(items: readonly TraceTile[], options: TraceOptions, channel: number): TraceOptions {
  const row = rowOfChannel(items, channel);
  const { first, count, all } = rowsOf(items, options);
  if (!options.rows || row < 0 || (row >= first && row + 1 <= first + count)) return options;
  return { ...options, rows: [Math.min(all - count, Math.max(0, row + 0.5 - count / 2)), count] };
}

const STEPS = [1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 48, 64, 96, 128];

/** Names of channels left of the box, as many as have room, and the line they stand at. */
export function rowLabels(items: readonly TraceTile[], rows: Rows, box: Box, state: ViewState): Mark[] {
  const height = box.height / rows.count;
  const every = STEPS.find((n) => n * height >= 14) ?? 256;
  const names = channelNames(state.session.recording);
  const channels = channelsOfRows(items);
  const labels: LabelMark[] = [];
  for (let row = every * Math.ceil(Math.floor(rows.first) / every); row < rows.first + rows.count; row += every) {
    const y = yOfRow(row, rows, box);
    const channel = channels[row];
    if (channel === undefined || y < box.y + 6 || y > box.y + box.height - 4) continue;
    const tone = channel === state.focus.channel ? 'strong' : 'dim';
    labels.push({ kind: 'label', x: box.x - 6, y, text: names[channel] ?? String(channel), align: 'right', tone });
  }
  return [...labels, pixelLines([box.x, box.y, box.x, box.y + box.height], state.palette.line)];
}

/** Lines between rows of different shanks and the shanks' names, where there are several. */
export function shankMarks(items: readonly TraceTile[], rows: Rows, box: Box, state: ViewState): Mark[] {
  const runs = shankRuns(channelsOfRows(items), state);
  if (runs.length < 2) return [];
  const edges: number[] = [];
  const marks: Mark[] = [];
  for (const { name, from, to } of runs) {
    const top = Math.max(box.y, yOfRow(to - 0.5, rows, box));
    const bottom = Math.min(box.y + box.height, yOfRow(from - 0.5, rows, box));
    if (bottom <= top) continue;
    if (top > box.y) edges.push(box.x, top, box.x + box.width, top);
    if (bottom - top >= 32)
      marks.push({ kind: 'label', x: box.x + 6, y: top + 9, text: name, align: 'left', tone: 'dim' });
  }
  return [pixelLines(edges, fade(state.palette.line, 0.8)), ...marks];
}

interface Run {
  readonly name: string;
  readonly from: number;
  /** Without it. */
  to: number;
}

/** Stretches of rows of one shank; none where rows of shanks lie between each other. */
function shankRuns(channels: Int32Array, { session: { layout } }: ViewState): readonly Run[] {
  if (!layout) return [];
  return memo(layout, `shanks ${channels.join(' ')}`, () => {
    const several = new Set(layout.probe).size > 1;
    const runs: Run[] = [];
    channels.forEach((channel, row) => {
      const shank = `shank ${layout.shank[channel] || '0'}`;
      const name = several ? `probe ${layout.probe[channel]}, ${shank}` : shank;
      const last = runs.at(-1);
      if (last?.name === name) last.to = row + 1;
      else runs.push({ name, from: row, to: row + 1 });
    });
    return runs.length === new Set(runs.map(({ name }) => name)).size ? runs : [];
  });
}
