import { expect, test } from 'vitest';
import { intersect, seen, toDevice } from './paint.ts';

const ground = { panel: { x: 100, y: 40, width: 200, height: 100 }, ratio: 2 };

test('boxes side by side share their edge at any ratio', () => {
  const odd = { ...ground, ratio: 1.25 };
  const a = toDevice({ x: 0, y: 0, width: 33.3, height: 20 }, odd);
  const b = toDevice({ x: 33.3, y: 0, width: 33.3, height: 20 }, odd);
  expect(a.x + a.width).toBe(b.x);
});

test('y counts from below: a box at the top of the panel ends at the top of its pixels', () => {
  expect(toDevice({ x: 10, y: 0, width: 20, height: 10 }, ground)).toEqual({ x: 120, y: 120, width: 40, height: 20 });
});

test('a box larger than the panel is seen with the panel as viewport and a part of the domain', () => {
  const box = { x: -100, y: -50, width: 400, height: 200 };
  const at = seen(box, box, [0, 0, 400, 200], ground);
  expect(at.viewport).toEqual(ground.panel);
  // The panel is 100 x 50 CSS pixels; the box hangs out 100 to the left and 50 above it.
  expect(at.domain).toEqual([100, 100, 200, 150]);
});

test('a mark may reach beyond its box as far as its clip', () => {
  const at = seen(
    { x: 20, y: 20, width: 10, height: 10 },
    { x: 0, y: 0, width: 100, height: 50 },
    [0, 0, 1, 1],
    ground,
  );
  expect(at.domain.map((v) => Number(v.toFixed(9)))).toEqual([-2, -2, 8, 3]);
});

test('boxes apart do not intersect', () => {
  expect(intersect({ x: 0, y: 0, width: 5, height: 5 }, { x: 9, y: 0, width: 5, height: 5 }).width).toBe(0);
});
