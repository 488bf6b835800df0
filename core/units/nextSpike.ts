import { firstFrom, type UnitTrains } from '../shared/unitTrains.ts';

export interface From {
  readonly segment: number;
  readonly frame: number;
  readonly direction: 'next' | 'previous';
}

/** The nearest spike of any of the rows after (before) that frame, also in later (earlier) segments; row: its place in `rows`. */
export function nextSpike(
  trains: UnitTrains,
  rows: readonly (readonly number[])[],
  { segment, frame, direction }: From,
): { readonly row: number; readonly segment: number; readonly frame: number } | undefined {
  const step = direction === 'next' ? 1 : -1;
  for (let at = Math.min(segment, trains.segments); at >= 0 && at < trains.segments; at += step) {
    const beyond = direction === 'next' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    let best: { row: number; segment: number; frame: number } | undefined;
    for (const [row, parts] of rows.entries())
      for (const part of parts) {
        const found = nearest(trains.train(part, at), at === segment ? frame : beyond, direction);
        if (found !== undefined && (!best || step * (found - best.frame) < 0))
          best = { row, segment: at, frame: found };
      }
    if (best) return best;
  }
  return undefined;
}

function nearest(train: Float64Array, frame: number, direction: From['direction']): number | undefined {
  if (direction === 'previous') return train[firstFrom(train, frame) - 1];
  let at = firstFrom(train, frame);
  while (train[at] === frame) at++;
  return train[at];
}
