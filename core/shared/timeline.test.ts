import { expect, test } from 'vitest';
import { atTime, timeline } from './timeline.ts';

test('segments lie one after the other', () => {
  const line = timeline([1000, 500], 100);
  expect(line).toEqual({ startS: [0, 10], totalS: 15 });
  expect(atTime(line, 9.5)).toEqual({ segment: 0, timeS: 9.5 });
  expect(atTime(line, 12)).toEqual({ segment: 1, timeS: 2 });
  expect(atTime(line, -1)).toEqual({ segment: 0, timeS: 0 });
});
