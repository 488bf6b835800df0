import { expect, test } from 'vitest';
import type { IsiHistograms } from '../../core/shared/api.ts';
import { rowBoxes } from './histogramRows.ts';
import { isi } from './isi.ts';
import { unitColor } from './palette.ts';
import { toyState } from './toyState.ts';
import type { AnswerOf, Data, Hit } from './view.ts';

const size = { width: 560, height: 428 };
const options = isi.params.parse({});
const unitIds = [7, 2];

function histograms(windowMs: number, binMs: number, counts: number[]): AnswerOf<'isi'> {
  const args = { unitIds, windowMs, binMs };
  const result: IsiHistograms = {
    ...args,
    bins: windowMs / binMs,
    counts: Float64Array.from(counts),
    numSpikes: Int32Array.of(201, 1000),
  };
  return { method: 'isi', args, items: [], result };
}
/** Unit 7: 100 intervals in the bin 10 to 11 ms; unit 2: 7 in each bin. */
const counts = Array.from({ length: 100 }, (_, i) => (i < 50 ? (i === 10 ? 100 : 0) : 7));
const data: Data = { counts: histograms(50, 1, counts), violations: histograms(4, 2, [0, 3, 14, 0]) };
const hit = (x: number, y: number, change: Partial<Hit> = {}): Hit => ({ x, y, ctrl: false, shift: false, ...change });
const drawn = (change: Partial<typeof options> = {}) =>
  isi.draw(toyState(unitIds), data, { ...options, ...change }, size);

test('asks for the histogram, and for bins as long as the refractory period', () => {
  const query = isi.query(toyState(unitIds), { ...options, refractoryMs: 1.5 }, size);
  expect(query.counts).toMatchObject({ method: 'isi', args: { unitIds, windowMs: 50, binMs: 1 } });
  expect(query.violations).toMatchObject({ method: 'isi', args: { unitIds, windowMs: 3, binMs: 1.5 } });
  expect(Object.keys(isi.query(toyState(unitIds), { ...options, refractoryMs: 0 }, size))).toEqual(['counts']);
});

test('a row a unit in its colour, as high as its highest bar allows', () => {
  const bars = drawn().filter((mark) => mark.kind === 'bars');
  const { palette } = toyState();
  expect(bars.map(({ color }) => color)).toEqual([unitColor(palette, 0), unitColor(palette, 1)]);
  const [first, second] = rowBoxes(size, 2, false);
  expect(bars.map(({ box }) => box)).toEqual([first, second]);
  expect(second!.y).toBeGreaterThanOrEqual(first!.y + first!.height);
  const { heights, bins } = bars[0]!;
  expect(bins).toBe(500);
  expect([...heights.subarray(0, 500)].map((v) => v > 0).lastIndexOf(true)).toBe(109);
  // 17 pixels above it are for the name.
  expect(Math.max(...heights)).toBeCloseTo(1 - 17 / first!.height);
});

test('over each other they are comparable: per cent of the intervals of each', () => {
  const [first, second] = drawn({ overlapped: true }).filter((mark) => mark.kind === 'bars');
  expect(first?.box).toEqual(second?.box);
  const { heights, bins } = first!;
  // 100 of 200 intervals against 7 of 999.
  expect(heights[bins]! / heights[100]!).toBeCloseTo(7 / 999 / 0.5);
});

test('the line lies at the refractory period; outside of the window there is none', () => {
  const box = rowBoxes(size, 2, false)[0]!;
  const lines = (change: Partial<typeof options>) =>
    drawn(change).filter((mark) => mark.kind === 'segments' && mark.position.length === 8);
  const [line] = lines({});
  expect(line?.kind === 'segments' && line.position[0]).toBe(Math.round(box.x + (2 / 50) * box.width) + 0.5);
  expect(lines({ refractoryMs: 80 })).toEqual([]);
});

test('violations are told as number and per cent, in rows, summary and readout', () => {
  expect(isi.summary(toyState(unitIds), data, options)).toBe('all spikes · below 2 ms: 7: 0 (0 %), 2: 14 (1.4 %)');
  const texts = drawn().flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['7 · 0 (0 %) below 2 ms', '2 · 14 (1.4 %) below 2 ms', 'ms']));
  const box = rowBoxes(size, 2, false)[0]!;
  expect(isi.read?.(hit(box.x + 105, box.y + 20), toyState(unitIds), data, options, size)).toBe(
    '10 to 11 ms · intervals of unit 7: 100 · 0 (0 %) below 2 ms',
  );
});

test('a unit pointed at elsewhere is framed, one pointed at here is told', () => {
  const box = rowBoxes(size, 2, false)[1]!;
  expect(isi.echo?.({ unitId: 2 }, toyState(unitIds), data, options, size)).toEqual([{ kind: 'frame', box }]);
  expect(isi.point?.(hit(box.x + 5, box.y + 5), toyState(unitIds), data, options, size)).toEqual({ unitId: 2 });
});

test('the wheel changes the window, with alt the bins; reset brings both back', () => {
  const wheel = (turn: number, alt: boolean) =>
    isi.wheel?.(hit(0, 0, { alt }), turn, toyState(unitIds), options, size, data);
  expect(wheel(1, false)).toMatchObject({ windowMs: 20, binMs: 1 });
  expect(wheel(-1, true)).toMatchObject({ windowMs: 50, binMs: 2 });
  expect(isi.reset?.({ ...options, windowMs: 500, binMs: 5, overlapped: true })).toEqual({
    ...options,
    overlapped: true,
  });
});

test('the table has the counts as they are', () => {
  const table = isi.table?.(toyState(unitIds), data, options);
  expect(table?.[0]).toEqual(['interval from (ms)', '7 (intervals)', '2 (intervals)']);
  expect(table?.[11]).toEqual([10, 100, 7]);
});

test('twenty units in a small panel: names only where there is room', () => {
  const boxes = rowBoxes({ width: 260, height: 160 }, 20, false);
  expect(boxes.every((box, i) => i === 0 || box.y >= boxes[i - 1]!.y + boxes[i - 1]!.height)).toBe(true);
  expect(boxes.at(-1)!.y + boxes.at(-1)!.height).toBeLessThanOrEqual(160 - 20);
});
