import type { UnitId } from '../../core/shared/sorting.ts';
import type { Color } from '../gl/mark.ts';
import { unitColor } from './palette.ts';
import type { ViewState } from './view.ts';

/** Of a selected unit its own, of others grey. */
export function colorOf({ palette, unitIds }: ViewState, unitId: UnitId): Color {
  const order = unitIds.indexOf(unitId);
  return order < 0 ? palette.neutral : unitColor(palette, order);
}

/** " · first 20 of 35 units", where more are selected than are shown. */
export function moreUnits({ unitIds }: ViewState, most: number): string {
  return unitIds.length > most ? ` · first ${most} of ${unitIds.length} units` : '';
}

/** The name of a unit, its end where there is no room for all. */
export function shortId(unitId: UnitId, width: number): string {
  const room = Math.max(2, Math.floor(width / 7));
  const text = String(unitId);
  return text.length <= room ? text : `…${text.slice(1 - room)}`;
}

/** A number for people: three digits that count, thousands with commas. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) || size >= 1000
      ? Math.round(value).toLocaleString('en')
      : size < 1e-3
        ? value.toExponential(1)
        : String(Number(value.toPrecision(3)));
  return text.replace('-', '−');
}
