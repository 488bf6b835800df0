import { expect, test } from 'vitest';
import { insidePolygon } from './polygon.ts';

test('a line is closed by itself; a hollow lies outside', () => {
  const hook = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 5, y: 3 },
    { x: 0, y: 10 },
  ];
  expect(insidePolygon({ x: 1, y: 5 }, hook)).toBe(true);
  expect(insidePolygon({ x: 9, y: 5 }, hook)).toBe(true);
  expect(insidePolygon({ x: 5, y: 5 }, hook)).toBe(false);
  expect(insidePolygon({ x: 5, y: 1 }, hook)).toBe(true);
  expect(insidePolygon({ x: -1, y: 1 }, hook)).toBe(false);
  expect(insidePolygon({ x: Number.NaN, y: 1 }, hook)).toBe(false);
});

test('agrees with a count of turns for random places', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const star = Array.from({ length: 12 }, (_, i) => {
    const radius = i % 2 ? 3 : 10;
    return { x: radius * Math.cos((i * Math.PI) / 6), y: radius * Math.sin((i * Math.PI) / 6) };
  });
  for (let n = 0; n < 300; n++) {
    const at = { x: 24 * random() - 12, y: 24 * random() - 12 };
    const angles = star.map(({ x, y }) => Math.atan2(y - at.y, x - at.x));
    const turns = angles.reduce((sum, angle, i) => {
      const by = angles[(i + 1) % angles.length]! - angle;
      return sum + by - 2 * Math.PI * Math.round(by / (2 * Math.PI));
    }, 0);
    expect(insidePolygon(at, star)).toBe(Math.abs(turns) > Math.PI);
  }
});
