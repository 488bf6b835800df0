import type { Correlograms } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { z } from '../../core/shared/zod.ts';
import type { Box, Color, Mark, Size } from '../gl/mark.ts';
import { pixelLines, plain } from './axis.ts';
import { memo } from './memo.ts';
import { fade, unitColor } from './palette.ts';
import { curationVersion } from './versions.ts';
import { answer, type Hit, type Query, type View, type ViewState } from './view.ts';

const params = z.object({
  windowMs: z.number().min(2).max(2000).default(50).meta({ unit: 'ms', title: 'Window' }).describe('The whole width.'),
  binMs: z.number().min(0.05).max(100).default(1).meta({ unit: 'ms', title: 'Bin' }).describe('Width of a bar.'),
  refractoryMs: z
    .number()
    .min(0)
    .max(100)
    .default(2)
    .meta({ unit: 'ms', title: 'Refractory period' })
    .describe('Where the upright lines are.'),
});
type CorrelogramOptions = z.output<typeof params>;

const MAX_UNITS = 20;
const TOP = 18;
const LEFT = 8;
const BOTTOM = 20;

export const correlogram: View<CorrelogramOptions> = {
  name: 'correlogram',
  label: 'Correlograms',
  help: 'How often the unit of the column fires before and after spikes of the unit of the row; on the diagonal, a unit with itself. Dashed across: the rate expected of independent units. Upright lines: the refractory period, within which a good unit fires hardly ever. Wheel: longer or shorter window; ctrl+wheel: bins.',
  params,

  query({ session, unitIds }, { windowMs, binMs }): Query {
    if (!session.curation || unitIds.length === 0) return {};
    const args = { unitIds: unitIds.slice(0, MAX_UNITS), windowMs, binMs };
    return { counts: { method: 'correlograms', args, version: curationVersion(session) } };
  },

  draw(state, data, options, size) {
    const marks: Mark[] = [{ kind: 'fill', box: { x: 0, y: 0, ...size }, color: state.palette.background }];
    const found = answer(data, 'counts', 'correlograms')?.result;
    if (!found) return marks;
    const n = found.unitIds.length;
    for (let row = 0; row < n; row++)
      for (let column = 0; column < n; column++) marks.push(...cellMarks(found, row, column, options, state, size));
    found.unitIds.forEach((unitId, i) => {
      const cell = cellBox(size, n, 0, i);
      const text = shortened(unitId, cell.width);
      marks.push({
        kind: 'label',
        x: cell.x + cell.width / 2,
        y: TOP / 2,
        text,
        align: 'center',
        tone: 'strong',
        color: colorOf(state, unitId),
      });
    });
    const corner = cellBox(size, n, n - 1, 0);
    const y = corner.y + corner.height + 11;
    marks.push(...lagLabels(corner, y, found.windowMs / 2));
    return marks;
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see how they fire together.' : undefined;
  },

  summary({ unitIds }, _data, { windowMs, binMs }) {
    const shown = unitIds.length > MAX_UNITS ? ` · first ${MAX_UNITS} of ${unitIds.length} units` : '';
    return `all spikes · ${plain(windowMs)} ms in bins of ${plain(binMs)} ms${shown}`;
  },

  explain() {
    return [['Spikes', 'all spikes of the units shown']];
  },

  read(hit, _state, data, _options, size) {
    const found = answer(data, 'counts', 'correlograms')?.result;
    const at = found && cellAt(hit, size, found.unitIds.length);
    if (!found || !at) return undefined;
    const bin = Math.min(found.bins - 1, Math.floor(at.x * found.bins));
    const lag = bin * found.binMs - found.windowMs / 2;
    const count = found.counts[(at.row * found.unitIds.length + at.column) * found.bins + bin]!;
    const rate = count / found.numSpikes[at.row]! / (found.binMs / 1000);
    const [a, b] = [found.unitIds[at.row], found.unitIds[at.column]];
    const pair = at.row === at.column ? `unit ${a}` : `unit ${b} around ${a}`;
    return `${pair} · ${plain(lag)} to ${plain(lag + found.binMs)} ms · ${count.toLocaleString('en')} pairs · ${rate.toPrecision(3)} Hz`;
  },

  wheel(hit, turn, _state, options) {
    const steps = hit.ctrl ? [0.1, 0.2, 0.5, 1, 2, 5] : [10, 20, 50, 100, 200, 500];
    const now = hit.ctrl ? options.binMs : options.windowMs;
    const at = Math.max(0, steps.indexOf(now));
    const next = steps[Math.min(steps.length - 1, Math.max(0, at - Math.sign(turn)))]!;
    const changed = hit.ctrl ? { ...options, binMs: next } : { ...options, windowMs: next };
    const bins = changed.windowMs / changed.binMs;
    return bins >= 10 && bins <= 1000 ? changed : options;
  },

  reset() {
    return params.parse({});
  },
};

/** Lags below a cell, as many as have room. */
function lagLabels({ x, width }: Box, y: number, half: number): Mark[] {
  const label = (at: number, text: string, align: 'left' | 'center' | 'right'): Mark => ({
    kind: 'label',
    x: at,
    y,
    text,
    align,
    tone: 'dim',
  });
  if (width < 60) return [label(x, `±${plain(half)} ms`, 'left')];
  const ends = [label(x, `−${plain(half)}`, 'left'), label(x + width, `${plain(half)} ms`, 'right')];
  return width < 110 ? ends : [...ends, label(x + width / 2, '0', 'center')];
}

function cellBox({ width, height }: Size, n: number, row: number, column: number): Box {
  const gap = n > 6 ? 2 : 6;
  const w = (width - 2 * LEFT + gap) / n;
  const h = (height - TOP - BOTTOM + gap) / n;
  return { x: LEFT + column * w, y: TOP + row * h, width: Math.max(1, w - gap), height: Math.max(1, h - gap) };
}

function cellAt(hit: Hit, size: Size, n: number): { row: number; column: number; x: number } | undefined {
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      const box = cellBox(size, n, row, column);
      if (hit.x >= box.x && hit.x < box.x + box.width && hit.y >= box.y && hit.y < box.y + box.height)
        return { row, column, x: (hit.x - box.x) / box.width };
    }
  return undefined;
}

/** Bars from the bottom, with a little room above the highest. */
function cellMarks(
  found: Correlograms,
  row: number,
  column: number,
  { refractoryMs }: CorrelogramOptions,
  state: ViewState,
  size: Size,
): Mark[] {
  const { counts, bins, windowMs, binMs, numSpikes, seconds } = found;
  const { palette } = state;
  const n = found.unitIds.length;
  const box = cellBox(size, n, row, column);
  const index = row * n + column;
  const heights = memo(counts, 'float32', () => Float32Array.from(counts));
  let most = 0;
  for (let i = index * bins; i < (index + 1) * bins; i++) most = Math.max(most, counts[i]!);
  const binS = binMs / 1000;
  const expected = (numSpikes[row]! * numSpikes[column]! * binS) / seconds;
  const top = 1.15 * Math.max(most, row === column ? 0 : Math.min(expected, 1.2 * most), 1);
  const own: Color = row === column ? colorOf(state, found.unitIds[row]!) : palette.neutral;
  const marks: Mark[] = [
    { kind: 'fill', box, color: palette.faint },
    { kind: 'bars', box, heights, bins, row: index, top, color: own },
  ];
  const middle = box.x + box.width / 2;
  const off = (refractoryMs / windowMs) * box.width;
  if (2 * refractoryMs < windowMs) {
    const ends = [
      middle - off,
      box.y,
      middle - off,
      box.y + box.height,
      middle + off,
      box.y,
      middle + off,
      box.y + box.height,
    ];
    marks.push(pixelLines(ends, fade(palette.text, 0.35), box));
  }
  const y = box.y + box.height * (1 - expected / top);
  if (y > box.y) marks.push(pixelLines(dashes(box.x, box.x + box.width, y), fade(palette.text, 0.8), box));
  if (box.width > 72 && box.height > 40) {
    const rate = most / numSpikes[row]! / binS;
    marks.push({
      kind: 'label',
      x: box.x + 4,
      y: box.y + 8,
      text: rateText(rate),
      align: 'left',
      tone: 'dim',
    });
  }
  return marks;
}

/** Of the highest bar. */
function rateText(rate: number): string {
  if (!Number.isFinite(rate)) return '';
  return rate >= 100 ? `${Math.round(rate)} Hz` : rate === 0 ? '0 Hz' : `${rate.toPrecision(2)} Hz`;
}

function dashes(from: number, to: number, y: number): number[] {
  const ends: number[] = [];
  for (let x = from; x < to; x += 7) ends.push(x, y, Math.min(x + 4, to), y);
  return ends;
}

function colorOf({ palette, unitIds }: ViewState, unitId: UnitId): Color {
  const order = unitIds.indexOf(unitId);
  return order < 0 ? palette.neutral : unitColor(palette, order);
}

function shortened(unitId: UnitId, width: number): string {
  const room = Math.max(2, Math.floor(width / 7));
  const text = String(unitId);
  return text.length <= room ? text : `…${text.slice(1 - room)}`;
}
