import type { UnitTable } from '../../core/shared/api.ts';
import type { Box, Color, LabelMark, PointsMark } from '../gl/mark.ts';
import { labelsApart } from './labelsApart.ts';
import { memoBoth } from './memoBoth.ts';
import { MAX_COLORS } from './metricBars.ts';
import { rowsOf } from './metricColumns.ts';
import { bytes, fade, type Palette, unitColor } from './palette.ts';
import { extent, inBox, type Plane, pixelX, pixelY } from './plane.ts';
import type { ViewState } from './view.ts';

/** Units as points: their values as drawn (NaN: not drawn) and diameters, CSS pixels. [units] each */
export interface MetricPoints {
  readonly table: UnitTable;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly diameter: Float32Array;
  /** 1: the unit table shows it. */
  readonly kept: Uint8Array;
  /** Changes with what x, y and diameter are made of. */
  readonly key: string;
}

const CLASSES = 6;
/** So many units would hide each other at full size. */
const MANY = 300;

/** From 5 to 15 pixels (from 3 to 8 for many units) by the logarithm of the values; small where it is not known. */
export function diameters(values: Float64Array | undefined, units: number): Float32Array {
  const [least, step] = units > MANY ? [3, 1] : [5, 2];
  if (!values) return new Float32Array(units).fill(least + step);
  const positive = values.map((v) => (v > 0 && Number.isFinite(v) ? Math.log10(v) : Number.NaN));
  const [low, high] = extent(positive) ?? [0, 1];
  return Float32Array.from(positive, (v) => {
    const part = Number.isNaN(v) ? 0 : high > low ? (v - low) / (high - low) : 0.5;
    return least + step * Math.round(part * (CLASSES - 1));
  });
}

/** A mark for each diameter, of units in and out of the table; selected units above them, each in its colour. */
export function pointMarks(points: MetricPoints, plane: Plane, state: ViewState): PointsMark[] {
  const { box, domain } = plane;
  const { palette, unitIds } = state;
  const groups = memoBoth(points.table, points.kept, 'points', `${points.key} ${palette.name}`, () =>
    groupsOf(points, palette),
  );
  const marks: PointsMark[] = groups.map((group) => ({ kind: 'points', box, domain, ...group }));
  const key = `${points.key} ${palette.name} ${JSON.stringify(unitIds)}`;
  const selected = memoBoth(points.table, points.kept, 'selected', key, () => selectedGroups(points, state));
  for (const { position, rims, colors, size } of selected) {
    marks.push({ kind: 'points', box, domain, position, colors: rims, size: size + 3 });
    marks.push({ kind: 'points', box, domain, position, colors, size });
  }
  return marks;
}

/** Names of the first selected units beside their points. */
export function pointLabels(points: MetricPoints, plane: Plane, { palette, unitIds }: ViewState): LabelMark[] {
  const rows = rowsOf(points.table);
  const { box } = plane;
  const labels = unitIds.slice(0, MAX_COLORS).flatMap((unitId, order): LabelMark[][] => {
    const row = rows.get(unitId);
    if (row === undefined || !isDrawn(points, row)) return [];
    const [x, y] = [pixelX(plane, points.x[row]!), pixelY(plane, points.y[row]!)];
    if (!inBox({ x, y }, box)) return [];
    const off = points.diameter[row]! / 2 + 5;
    const name = { kind: 'label', text: String(unitId), tone: 'strong', color: unitColor(palette, order) } as const;
    const places: LabelMark[] = [
      { ...name, x: x + off, y, align: 'left' },
      { ...name, x: x - off, y, align: 'right' },
      { ...name, x, y: y - off - 6, align: 'center' },
      { ...name, x, y: y + off + 6, align: 'center' },
    ];
    return [places.filter((label) => hasRoom(label, box))];
  });
  return labelsApart(labels);
}

function hasRoom({ x, y, text, align }: LabelMark, box: Box): boolean {
  const width = 7 * text.length;
  const from = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return from >= box.x && from + width <= box.x + box.width && y >= box.y + 6 && y <= box.y + box.height - 6;
}

/** The row of the unit nearest to a place, if one is near; a selected one before others. */
export function nearestRow(
  hit: { readonly x: number; readonly y: number },
  points: MetricPoints,
  plane: Plane,
  { unitIds }: ViewState,
): number | undefined {
  const selected = new Set(unitIds);
  let least = 8;
  let found: number | undefined;
  for (let row = 0; row < points.x.length; row++) {
    if (!isDrawn(points, row)) continue;
    const away = Math.hypot(pixelX(plane, points.x[row]!) - hit.x, pixelY(plane, points.y[row]!) - hit.y);
    const apart = away - points.diameter[row]! / 4 - (selected.has(points.table.unitIds[row]!) ? 2 : 0);
    if (apart < least) {
      least = apart;
      found = row;
    }
  }
  return found;
}

export function isDrawn({ x, y }: MetricPoints, row: number): boolean {
  return !Number.isNaN(x[row]!) && !Number.isNaN(y[row]!);
}

function groupsOf(points: MetricPoints, palette: Palette): Pick<PointsMark, 'position' | 'colors' | 'size'>[] {
  const groups = new Map<string, { size: number; kept: boolean; position: number[] }>();
  for (let row = 0; row < points.x.length; row++) {
    if (!isDrawn(points, row)) continue;
    const [size, kept] = [points.diameter[row]!, points.kept[row] === 1];
    const name = `${kept} ${size}`;
    const group = groups.get(name) ?? { size, kept, position: [] };
    groups.set(name, group);
    group.position.push(points.x[row]!, points.y[row]!);
  }
  // Pale ones below, large ones below small ones.
  const ordered = [...groups.values()].sort((a, b) => Number(a.kept) - Number(b.kept) || b.size - a.size);
  return ordered.map(({ size, kept, position }) => ({
    size,
    position: Float32Array.from(position),
    colors: bytes(fade(palette.neutral, kept ? 0.75 : 0.25), position.length / 2),
  }));
}

/** Selected units of one diameter each, the first selected last: on top. */
function selectedGroups(points: MetricPoints, { palette, unitIds }: ViewState) {
  const rows = rowsOf(points.table);
  const groups = new Map<number, { row: number; color: Color }[]>();
  for (let order = unitIds.length - 1; order >= 0; order--) {
    const row = rows.get(unitIds[order]!);
    if (row === undefined || !isDrawn(points, row)) continue;
    const size = points.diameter[row]! + 3;
    const group = groups.get(size) ?? [];
    groups.set(size, group);
    group.push({ row, color: order < MAX_COLORS ? unitColor(palette, order) : palette.text });
  }
  return [...groups]
    .sort(([a], [b]) => b - a)
    .map(([size, group]) => ({
      size,
      position: Float32Array.from(group.flatMap(({ row }) => [points.x[row]!, points.y[row]!])),
      rims: bytes(palette.background, group.length),
      colors: Uint8Array.from(group.flatMap(({ color }) => [...bytes(color)])),
    }));
}
