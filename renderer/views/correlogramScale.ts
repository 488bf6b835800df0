import type { Correlograms } from '../../core/shared/api.ts';

/** How the heights of correlograms are told. */
export type Scale = 'counts' | 'rate' | 'ratio';

/**
 * What a count of the pair is multiplied by. A pair [row, column] counts how often the row's unit fires at a lag after
 * the column's: its rate around one spike of the column's unit.
 */
export function scaleFactor(found: Correlograms, row: number, column: number, scale: Scale): number {
  if (scale === 'counts') return 1;
  const reference = found.numSpikes[column]! * (found.binMs / 1000);
  const factor = scale === 'rate' ? 1 / reference : 1 / expectedCount(found, row, column);
  return Number.isFinite(factor) ? factor : 0;
}

/** Pairs a bin of two units that fire independently, each at its mean rate. */
export function expectedCount({ numSpikes, binMs, seconds }: Correlograms, row: number, column: number): number {
  return (numSpikes[row]! * numSpikes[column]! * (binMs / 1000)) / seconds;
}

/** The highest bar of a pair, in counts. */
function highest({ counts, bins, unitIds }: Correlograms, row: number, column: number): number {
  const first = (row * unitIds.length + column) * bins;
  let most = 0;
  for (let i = first; i < first + bins; i++) most = Math.max(most, counts[i]!);
  return most;
}

/** Heights that reach the top of each cell, in the scale. [units][units]; shared: all the same. */
export function tops(found: Correlograms, scale: Scale, shared: boolean): Float64Array {
  const n = found.unitIds.length;
  const own = Float64Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    const factor = scaleFactor(found, row, column, scale);
    const most = highest(found, row, column) * factor;
    const baseline = expectedCount(found, row, column) * factor;
    // The baseline is seen where it does not make the bars small.
    const needed = row === column ? most : Math.max(most, Math.min(baseline, 1.2 * most));
    return 1.15 * (needed || baseline || 1);
  });
  return shared ? own.fill(Math.max(...own)) : own;
}

/** Of a height, in words. */
export function scaleText(value: number, scale: Scale): string {
  if (scale === 'counts') return Math.round(value).toLocaleString('en');
  const text = value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
  return scale === 'rate' ? `${text} Hz` : `${text} ×`;
}
