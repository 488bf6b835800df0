import type { Box, LabelMark, Mark, Size } from '../gl/mark.ts';
import { pixelLines, plain, roundDown } from './axis.ts';
import { channelNames } from './channelNames.ts';
import { fade, mix, unitColor } from './palette.ts';
import type { ViewState } from './view.ts';
import { BOTTOM, cellBox, type Grid, pixelsOf, slotBox } from './waveformGrid.ts';
import { bandLines, type Lay, meanLines, spikeLines, templateLines } from './waveformLines.ts';
import type { WaveformOptions } from './waveformOptions.ts';
import { type Shown, spikeExtremes, spread } from './waveformUnits.ts';

/** Labels are elements of the page. */
const MAX_LABELS = 200;

/** All cells of a unit: four draw calls at most. */
export function unitMarks(
  unit: Shown,
  units: number,
  grid: Grid,
  state: ViewState,
  options: WaveformOptions,
  size: Size,
) {
  const { waves, order, slot, drawn } = unit;
  const { palette } = state;
  const color = unitColor(palette, order);
  const lay = { grid, slot: options.overlap ? 0 : slot, slots: options.overlap ? 1 : units };
  const placed = { box: grid.box, domain: grid.domain, clip: { x: 0, y: 0, ...size } };
  const marks: Mark[] = [];
  if (options.spikes && drawn > 0) {
    const lines = spikeLines(waves, drawn, lay);
    const clip = spikesBox(unit, grid, lay, size);
    marks.push({ kind: 'lines', ...placed, ...lines, clip, color: fade(color, spikeOpacity(unit, grid)) });
  }
  const band = options.std ? bandLines(waves, lay) : undefined;
  if (band) marks.push({ kind: 'area', ...placed, ...band, color: fade(color, 0.28) });
  if (options.mean && waves.shown > 0)
    marks.push({ kind: 'lines', ...placed, ...meanLines(waves, lay), width: 1.2, color: fade(color, 0.8) });
  if (options.template) {
    // Over its spikes it would not be seen in their colour.
    const own = options.spikes && drawn > 0 ? mix(color, palette.text, 0.45) : color;
    marks.push({ kind: 'lines', ...placed, ...templateLines(waves, lay), width: strokeWidth(grid), color: own });
  }
  return marks;
}

/** The part of the panel in which a unit's spikes can be: what is drawn elsewhere would be laid down for nothing. */
function spikesBox({ waves }: Shown, grid: Grid, lay: Lay, size: Size): Box {
  const { low, high } = spikeExtremes(waves);
  const per = pixelsOf(grid).y * grid.gain;
  const slots = Array.from(waves.channels, (channel) => slotBox(grid, channel, lay.slot, lay.slots));
  const middle = (box: Box) => box.y + box.height / 2;
  const left = Math.max(0, Math.min(...slots.map((box) => box.x)) - 1);
  const right = Math.min(size.width, Math.max(...slots.map((box) => box.x + box.width)) + 1);
  const top = Math.max(0, Math.min(...slots.map(middle)) - high * per - 1);
  const bottom = Math.min(size.height, Math.max(...slots.map(middle)) - low * per + 1);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/** A hundred spikes over each other, and over those of the next channels, must not hide the template. */
function spikeOpacity({ waves, drawn }: Shown, { gain, cells }: Grid): number {
  const rows = Math.max(1, (4 * spread(waves) * gain) / cells.cellHeight);
  return Math.min(0.5, Math.max(0.02, 12 / drawn / rows));
}

/** Templates of rows that lie close together do not run into each other. CSS pixels */
function strokeWidth(grid: Grid): number {
  return Math.min(1.8, Math.max(0.8, (grid.cells.cellHeight * pixelsOf(grid).y) / 5));
}

/** Names of channels in the upper left of their cells, where there is room; of a stack as many as there is room for. */
export function nameMarks(grid: Grid, { session }: ViewState, options: WaveformOptions, size: Size): LabelMark[] {
  const { channels } = grid.cells;
  const names = channelNames(session.recording);
  const flat = options.layout === 'flat';
  const { width, height } = cellBox(grid, channels[0]!);
  if (!flat && (width < 40 || height < 22)) return [];
  const every = flat ? Math.max(1, Math.ceil(14 / height)) : 1;
  const shown = channels.filter((channel) => Math.floor(grid.cells.y.get(channel)!) % every === 0 || !flat);
  const labels = shown.flatMap((channel): LabelMark[] => {
    const box = cellBox(grid, channel);
    const middle = box.y + height / 2;
    const [x, y] = flat ? [40, middle] : [Math.max(2, box.x + 2), Math.min(box.y + 8, middle - 10)];
    if (box.x + width < 20 || x > size.width - 20 || y < 6 || y > size.height - BOTTOM - 6) return [];
    const text = names[channel] ?? String(channel);
    return [{ kind: 'label', x, y, text, align: flat ? 'right' : 'left', tone: 'dim' }];
  });
  return labels.length > MAX_LABELS ? [] : labels;
}

/** The cell of the channel that was picked last. */
export function focusMarks(grid: Grid, { focus, palette }: ViewState, size: Size): Mark[] {
  const { channel } = focus;
  if (channel === undefined || !grid.cells.x.has(channel)) return [];
  const { x, y, width, height } = cellBox(grid, channel);
  const [right, bottom] = [x + width - 1, y + height - 1];
  const lines = [x, y, right, y, right, y, right, bottom, right, bottom, x, bottom, x, bottom, x, y];
  return [pixelLines(lines, palette.line, { x: 0, y: 0, ...size })];
}

/** Which colour is which unit, lower right, right of the scale bars. */
export function unitLabels(units: readonly Shown[], { palette }: ViewState, size: Size): LabelMark[] {
  const labels: LabelMark[] = [];
  let x = size.width - 8;
  for (const { waves, order } of units.toReversed()) {
    const text = String(waves.unitId);
    const width = 7 * text.length + 10;
    if (x - width < 170) return [];
    const color = unitColor(palette, order);
    labels.push({ kind: 'label', x, y: size.height - 10, text, align: 'right', tone: 'strong', color });
    x -= width;
  }
  return labels;
}

/** An L in the lower left: so many ms, so many µV. */
export function scaleBars({ waves }: Shown, slots: number, grid: Grid, { palette }: ViewState, size: Size): Mark[] {
  const width = (grid.waveWidth / slots) * pixelsOf(grid).x;
  const msPerPixel = (waves.msBefore + waves.msAfter) / width;
  const perPixel = 1 / (grid.gain * pixelsOf(grid).y);
  const ms = roundDown(msPerPixel * Math.min(80, width));
  const value = roundDown(perPixel * 20);
  const [x, y] = [10, size.height - 10];
  const [right, top] = [x + ms / msPerPixel, y - value / perPixel];
  const bar = (left: number, at: number, text: string): LabelMark => ({
    kind: 'label',
    x: left,
    y: at,
    text,
    align: 'left',
    tone: 'strong',
  });
  return [
    pixelLines([x, y, right, y, x, y, x, top], palette.text),
    bar(right + 5, y - 2, `${plain(ms)} ms`),
    bar(x + 5, y - 14, `${plain(value)} ${unitWord(waves.unit)}`),
  ];
}

/** A sorter's own templates have no physical unit. */
export function unitWord(unit: 'µV' | 'raw'): string {
  return unit === 'raw' ? 'raw units' : unit;
}
