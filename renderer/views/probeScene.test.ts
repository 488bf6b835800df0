import { expect, test } from 'vitest';
import type { ChannelLayout } from '../../core/shared/probe.ts';
import { contactsOf, prongsOf } from './probeContacts.ts';
import { probeParams } from './probeOptions.ts';
import { contactBox, domainAt, pixelOf, sceneOf } from './probeScene.ts';

const flat = probeParams.parse({});
const size = { width: 400, height: 600 };

function toyLayout(x: number[], y: number[], change: Partial<ChannelLayout> = {}): ChannelLayout {
  const n = x.length;
  const words = new Array<string>(n).fill('');
  return {
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    probe: new Int32Array(n),
    shank: words,
    contactId: words,
    ...change,
  };
}

/** 384 contacts in two columns over 3.8 mm. */
const long = toyLayout(
  Array.from({ length: 384 }, (_, i) => 32 * (i % 2)),
  Array.from({ length: 384 }, (_, i) => 20 * Math.floor(i / 2)),
);

test('a pixel and its place in the domain are each other’s inverse', () => {
  const scene = sceneOf(long, flat, size, {});
  const { x, y } = pixelOf(scene, 32, 1000);
  const [u, v] = domainAt(scene, x, y);
  expect(u).toBeCloseTo(32);
  expect(v).toBeCloseTo(1000);
});

test('a long probe is drawn as much wider as its contacts need, not as wide as the panel', () => {
  const scene = sceneOf(long, flat, size, {});
  expect(scene.wider).toBeGreaterThan(5);
  expect(contactBox(scene, 0).width).toBeCloseTo(26, 0);
  expect(sceneOf(toyLayout([0, 20, 40], [0, 0, 0]), flat, size, {}).wider).toBe(1);
});

test('every contact is inside the box, flat and turned', () => {
  for (const turn of [
    [0, 0],
    [90, 0],
    [35, 20],
    [200, -85],
  ] as [number, number][])
    for (const solid of [false, true]) {
      const scene = sceneOf(long, { ...flat, solid, turn }, size, {});
      for (const channel of [0, 1, 382, 383]) {
        const { x, y, width, height } = contactBox(scene, channel);
        expect(x).toBeGreaterThanOrEqual(scene.box.x - 0.01);
        expect(y).toBeGreaterThanOrEqual(scene.box.y - 0.01);
        expect(x + width).toBeLessThanOrEqual(scene.box.x + scene.box.width + 0.01);
        expect(y + height).toBeLessThanOrEqual(scene.box.y + scene.box.height + 0.01);
      }
    }
});

test('turned by a quarter, z lies across and x goes away from the eye', () => {
  const layout = toyLayout([-20, 20, -20, 20], [-20, -20, 20, 20]);
  const front = sceneOf(layout, { ...flat, solid: true, turn: [0, 0] }, size, {});
  expect(front.at(10, 5, 7)).toEqual([10, 5]);
  const side = sceneOf(layout, { ...flat, solid: true, turn: [90, 0] }, size, {});
  const [u, v] = side.at(10, 5, 7);
  expect(u).toBeCloseTo(7);
  expect(v).toBeCloseTo(5);
  const above = sceneOf(layout, { ...flat, solid: true, turn: [0, 90] }, size, {});
  expect(above.at(10, 5, 7)[1]).toBeCloseTo(7);
});

test('probes that have the same places are drawn side by side', () => {
  const layout = toyLayout([0, 20, 0, 20], [0, 0, 0, 0], { probe: Int32Array.of(0, 0, 1, 1) });
  for (const trueGaps of [true, false]) {
    const { x, shift, shifted } = contactsOf(layout, trueGaps);
    expect(shifted).toBe(true);
    expect([shift[0], shift[1]]).toEqual([0, 0]);
    expect(x[2]! - x[1]!).toBeGreaterThan(20);
    expect(x[3]! - x[2]!).toBeCloseTo(20);
  }
});

test('wide gaps between shanks are closed, unless one wants to see them', () => {
  const four = [0, 1, 2, 3].flatMap((shank) =>
    Array.from({ length: 8 }, (_, i) => ({ shank, x: 250 * shank + 16 * (i % 2), y: 20 * i })),
  );
  const layout = toyLayout(
    four.map(({ x }) => x),
    four.map(({ y }) => y),
    { shank: four.map(({ shank }) => String(shank)) },
  );
  expect(contactsOf(layout, true).shifted).toBe(false);
  const { x, shifted } = contactsOf(layout, false);
  expect(shifted).toBe(true);
  const starts = [0, 8, 16, 24].map((channel) => x[channel]!);
  expect(starts[0]).toBe(0);
  for (let i = 1; i < 4; i++) {
    expect(starts[i]! - starts[i - 1]!).toBeGreaterThan(16);
    expect(starts[i]! - starts[i - 1]!).toBeLessThan(100);
  }
  expect(x[9]! - x[8]!).toBe(16);
});

test('shanks are told by probe and name', () => {
  const layout = toyLayout([0, 0, 250, 250], [0, 20, 0, 20], { shank: ['0', '0', '1', '1'] });
  expect(prongsOf(layout, contactsOf(layout, true)).map(({ shank, x }) => [shank, x])).toEqual([
    ['0', 0],
    ['1', 250],
  ]);
});
