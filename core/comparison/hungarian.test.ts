import { expect, test } from 'vitest';
import { random } from '../shared/random.ts';
import { leastCostAssignment } from './hungarian.ts';

test('a known square case', () => {
  const cost = Float64Array.of(4, 1, 3, 2, 0, 5, 3, 2, 2);
  expect([...leastCostAssignment(cost, 3, 3)]).toEqual([1, 0, 2]);
});

test('more rows than columns leaves rows without one', () => {
  const cost = Float64Array.of(-0.9, -0.1, -0.8, -0.95, -0.3, -0.2);
  expect([...leastCostAssignment(cost, 3, 2)]).toEqual([0, 1, -1]);
});

test('nothing to assign', () => {
  expect([...leastCostAssignment(new Float64Array(), 2, 0)]).toEqual([-1, -1]);
  expect([...leastCostAssignment(new Float64Array(), 0, 2)]).toEqual([]);
});

test('the total cost is that of trying every assignment', () => {
  const draw = random(5);
  for (let round = 0; round < 300; round++) {
    const rows = 1 + draw.integer(6);
    const columns = 1 + draw.integer(6);
    // Whole numbers make ties common.
    const cost = Float64Array.from({ length: rows * columns }, () => (round % 2 ? -draw.integer(4) : draw.gaussian()));
    const columnOf = leastCostAssignment(cost, rows, columns);
    const assigned = [...columnOf].filter((c) => c >= 0);
    expect(new Set(assigned).size).toBe(Math.min(rows, columns));
    const total = columnOf.reduce((sum, c, r) => (c < 0 ? sum : sum + cost[r * columns + c]!), 0);
    expect(total).toBeCloseTo(leastByTrying(cost, rows, columns), 9);
  }
});

function leastByTrying(cost: Float64Array, rows: number, columns: number): number {
  const pairs = Math.min(rows, columns);
  const search = (row: number, taken: Set<number>, paired: number): number => {
    if (row === rows) return paired === pairs ? 0 : Number.POSITIVE_INFINITY;
    let best = rows - row > pairs - paired ? search(row + 1, taken, paired) : Number.POSITIVE_INFINITY;
    for (let c = 0; c < columns; c++) {
      if (taken.has(c)) continue;
      best = Math.min(best, cost[row * columns + c]! + search(row + 1, new Set([...taken, c]), paired + 1));
    }
    return best;
  };
  return search(0, new Set(), 0);
}
