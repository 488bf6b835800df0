import { expect, test } from 'vitest';
import { stations } from '../../core/shared/session.ts';
import { type Arrangement, panelsOf, row, tabs, tidy } from './arrangement.ts';
import { defaultArrangement } from './defaults.ts';
import { sameArrangement } from './same.ts';
import { fromDockview, toDockview } from './serialized.ts';

const SIZES = [
  { width: 1000, height: 700 },
  { width: 2400, height: 1300 },
] as const;
const title = (panelId: string) => `title of ${panelId}`;
const tidied = (arrangement: Arrangement) => tidy(arrangement, () => true)!;

test('every default layout comes back from dockview as it went', () => {
  for (const station of stations)
    for (const size of SIZES) {
      const arrangement = tidied(defaultArrangement(station, size));
      const serialized = toDockview(arrangement, size, title);
      expect(sameArrangement(fromDockview(serialized), arrangement), station).toBe(true);
      expect(Object.keys(serialized.panels)).toEqual(panelsOf(arrangement));
    }
});

test('sizes in pixels add up to the dock, in both directions', () => {
  const { grid } = toDockview(tidied(defaultArrangement('curate', SIZES[1])), SIZES[1], title);
  const check = ({ data }: typeof grid.root, row: boolean, width: number, height: number): void => {
    if (!Array.isArray(data)) return;
    const sizes = data.map(({ size }) => size ?? 0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeCloseTo(row ? width : height);
    for (const [i, part] of data.entries()) check(part, !row, row ? sizes[i]! : width, row ? height : sizes[i]!);
  };
  check(grid.root, grid.orientation === 'HORIZONTAL', 2400, 1300);
});

test('a single place is a split of one for dockview, and comes back as it was', () => {
  const serialized = toDockview(tabs('units', 'isi'), SIZES[0], title);
  expect(serialized.panels.isi?.title).toBe('title of isi');
  expect(fromDockview(serialized)).toEqual(tabs('units', 'isi'));
});

test('another tab in front, another order and another share are other layouts; rounding is none', () => {
  const one = row([0.5, tabs('units', 'isi')], [0.5, tabs('trace')]);
  expect(sameArrangement(one, row([0.502, tabs('units', 'isi')], [0.498, tabs('trace')]))).toBe(true);
  expect(sameArrangement(one, row([0.52, tabs('units', 'isi')], [0.48, tabs('trace')]))).toBe(false);
  expect(sameArrangement(one, row([0.5, tabs('isi', 'units')], [0.5, tabs('trace')]))).toBe(false);
  const front: Arrangement = { kind: 'tabs', panels: ['units', 'isi'], shown: 'isi' };
  expect(sameArrangement(one, row([0.5, front], [0.5, tabs('trace')]))).toBe(false);
  expect(sameArrangement(one, undefined)).toBe(false);
});

test('a large window shows more side by side', () => {
  const places = (arrangement: Arrangement): number =>
    arrangement.kind === 'tabs' ? 1 : arrangement.parts.reduce((sum, { of }) => sum + places(of), 0);
  const [small, large] = SIZES.map((size) => places(defaultArrangement('curate', size)));
  expect(large).toBeGreaterThan(small!);
});
