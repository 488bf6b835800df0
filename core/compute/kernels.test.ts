import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { planSpectrum } from '../preprocess/highFrequencyPower.ts';
import { random } from '../shared/random.ts';
import { packMatrix } from './affine.ts';
import { type Kernels, kernels, twins } from './kernels.ts';
import { type SpatialFilter, spanOf } from './spatialFilter.ts';
import { circleLength, spectralPlan } from './spectrum.ts';
import { wasmKernels } from './wasmKernels.ts';

let wasm: Kernels;

beforeAll(() => {
  // In a process of its own: the compiler replaces Array.prototype.sort, which other tests would notice.
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-kernels-'));
  const out = join(folder, 'kernels.wasm');
  const options = ['--runtime', 'stub', '--importMemory', '--enable', 'simd', '-O3', '--outFile', out];
  execFileSync(process.execPath, [asc, 'core/kernels/index.ts', ...options], { cwd: root, stdio: 'pipe' });
  const bytes = new Uint8Array(readFileSync(out));
  rmSync(folder, { recursive: true });
  const made = wasmKernels(bytes);
  if (!made) throw new Error('core/kernels/index.ts does not export what wasmKernels.ts calls');
  wasm = made;
}, 60_000);

function noise(count: number, seed: number, scale = 100): Float32Array {
  const r = random(seed);
  return Float32Array.from({ length: count }, () => r.gaussian() * scale);
}

function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

const shapes = [
  [200, 1],
  [201, 4],
  [64, 8],
  [203, 13],
  [150, 33],
  [3, 16],
  [1, 5],
] as const;

test('there are kernels with and without a build', () => {
  expect(typeof kernels().compiled).toBe('boolean');
  expect(wasm.compiled).toBe(true);
});

test.each(shapes)('sosFiltFilt of %i frames and %i channels is its twin', (frames, channels) => {
  // Two damped sections; the second has a pole near 1, as a high-pass has.
  const sections = Float64Array.from([0.5, 0.25, -0.5, 0.2, 0.3, -0.1, -2, 1, -1.96, 0.9645, -1, 1]);
  const ours = noise(frames * channels, 1);
  const twin = ours.slice();
  wasm.sosFiltFilt(ours, frames, channels, { sections, gain: 0.2, edge: 15 });
  twins.sosFiltFilt(twin, frames, channels, { sections, gain: 0.2, edge: 15 });
  expect(largest(ours, twin)).toBeLessThan(1e-3);
  expect(largest(ours, noise(frames * channels, 1))).toBeGreaterThan(1);
  const range = { low: -3, high: 3 };
  const whole = noise(frames * channels, 1);
  wasm.sosFiltFilt(whole, frames, channels, { sections, gain: 0.2, edge: 15 }, range);
  expect(
    largest(
      whole,
      ours.map((x) => Math.max(-3, Math.min(3, x))),
    ),
  ).toBeLessThanOrEqual(0.5);
  expect(whole.every(Number.isInteger)).toBe(true);
});

test.each(shapes)('affine of %i frames and %i channels is its twin', (frames, channels) => {
  const matrix = Float64Array.from(noise(channels * channels, 2, 1), (weight, i) => (i % 3 === 0 ? 0 : weight));
  const packed = packMatrix(matrix, Float64Array.from(noise(channels, 3)));
  const ours = noise(frames * channels, 4);
  const twin = ours.slice();
  wasm.affine(ours, frames, packed);
  twins.affine(twin, frames, packed);
  expect(largest(ours, twin)).toBeLessThan(1e-3);
});

test('affine is a product of matrices', () => {
  const packed = packMatrix(Float64Array.from([1, 2, 3, 4]), Float64Array.from([10, 20]));
  for (const k of [wasm, twins]) {
    const data = Float32Array.from([1, 0, 0, 1, 2, -1]);
    k.affine(data, 3, packed);
    expect([...data]).toEqual([11, 22, 13, 24, 9, 20]);
  }
});

test.each([...shapes, [50, 384], [40, 25]] as const)(
  'rowMedians of %i rows and %i columns is its twin',
  (rows, columns) => {
    const data = noise(rows * columns, 5);
    const few = data.map((x) => Math.round(x / 40) + 0); // many equal values, no -0
    const strange = data.map((x, i) =>
      i % 7 === 0 ? Number.POSITIVE_INFINITY : i % 5 === 0 ? Number.NEGATIVE_INFINITY : x,
    );
    if (rows > 2) strange[2 * columns] = Number.NaN;
    for (const values of [data, few, strange, data.map((x) => x * 1e-9), data.map((x) => x * 1e9)])
      expect(wasm.rowMedians(values, rows, columns)).toEqual(twins.rowMedians(values, rows, columns));
  },
);

test.each([...shapes, [130, 384]] as const)(
  'subtractMedians of %i rows and %i columns is its twin',
  (rows, columns) => {
    const range = { low: -100, high: 100 };
    for (const whole of [undefined, range]) {
      const ours = noise(rows * columns, 8);
      const twin = ours.slice();
      wasm.subtractMedians(ours, rows, columns, whole);
      twins.subtractMedians(twin, rows, columns, whole);
      expect(largest(ours, twin)).toBe(0);
    }
  },
);

test('a median is the middle, or the mean of the two in the middle', () => {
  for (const k of [wasm, twins]) {
    expect([...k.rowMedians(Float32Array.from([3, 1, 2, 9, 7, 8]), 2, 3)]).toEqual([2, 8]);
    expect([...k.rowMedians(Float32Array.from([4, 1, 2, 3]), 1, 4)]).toEqual([2.5]);
  }
});

test.each(shapes)('gram of %i frames and %i channels is its twin', (frames, channels) => {
  const data = noise(frames * channels, 6, 1);
  const ours = new Float64Array(channels * channels).fill(2);
  const twin = ours.slice();
  wasm.gram(data, frames, channels, ours);
  twins.gram(data, frames, channels, twin);
  expect(largest(ours, twin)).toBeLessThan(1e-3);
});

test.each([...shapes, [90, 40]] as const)('minMax of %i frames and %i channels is its twin', (frames, channels) => {
  const data = noise(frames * channels, 7);
  data[0] = Number.NaN;
  const edges = Int32Array.from([0, Math.floor(frames / 3), Math.floor(frames / 3), frames]);
  const make = () => [
    new Float32Array(3 * channels).fill(Number.POSITIVE_INFINITY),
    new Float32Array(3 * channels).fill(Number.NEGATIVE_INFINITY),
  ];
  const [low, high] = make();
  const [twinLow, twinHigh] = make();
  wasm.minMax(data, channels, edges, low!, high!);
  twins.minMax(data, channels, edges, twinLow!, twinHigh!);
  expect(low).toEqual(twinLow);
  expect(high).toEqual(twinHigh);
});

test('wholeNumbers sends halves to the even neighbour and stays in range', () => {
  for (const k of [wasm, twins]) {
    const data = Float32Array.from([0.5, 1.5, -0.5, -2.5, 2.4999, 40_000, -40_000, Number.NaN, 7]);
    k.wholeNumbers(data, { low: -32_768, high: 32_767 });
    expect([...data].map((x) => x + 0)).toEqual([0, 2, 0, -2, 2, 32_767, -32_768, Number.NaN, 7]);
  }
});

test.each([
  [8, 8, 1],
  [13, 16, 8],
  [20, 24, 3],
  [64, 64, 13],
  [90, 96, 20],
  [500, 512, 9],
  [1530, 1536, 2],
] as const)('multiplySpectrum of %i frames in a circle of %i, %i channels, is its twin', (frames, length, channels) => {
  expect(circleLength(frames)).toBe(length);
  const groups = [0, 1].map((g) =>
    Array.from({ length: channels }, (_, c) => c).filter((c) => (c % 5 === 0 ? 1 : 0) === g),
  );
  const plan = spectralPlan(length, groups, (g, k) => [Math.cos(k * (g + 0.3)), 0.5 * Math.sin(k) * Math.min(1, k)]);
  const ours = noise(frames * channels, 9);
  const twin = ours.slice();
  wasm.multiplySpectrum(ours, frames, channels, plan);
  twins.multiplySpectrum(twin, frames, channels, plan);
  expect(largest(ours, twin)).toBeLessThan(1e-3);
  expect(largest(ours, noise(frames * channels, 9))).toBeGreaterThan(1);
});

test('multiplySpectrum by 1 changes nothing, by a turning phase shifts', () => {
  for (const k of [wasm, twins]) {
    const same = noise(48, 10);
    k.multiplySpectrum(
      same,
      48,
      1,
      spectralPlan(48, [[0]], () => [1, 0]),
    );
    expect(largest(same, noise(48, 10))).toBeLessThan(1e-3);
    const click = new Float32Array(32);
    click[5] = 100;
    const turn = (k: number) => (2 * Math.PI * 3 * k) / 32;
    k.multiplySpectrum(
      click,
      32,
      1,
      spectralPlan(32, [[0]], (_, k) => [Math.cos(turn(k)), -Math.sin(turn(k))]),
    );
    expect(click[8]).toBeCloseTo(100, 3);
    expect(Math.abs(click[5]!)).toBeLessThan(1e-3);
  }
});

test.each([
  [3000, 13, 700],
  [64, 4, 5],
  [200, 33, 64],
  [130, 8, 1280],
  [1, 5, 3],
] as const)('spatialFilter of %i frames and %i channels, window %i, is its twin', (frames, channels, halfWindow) => {
  const rows = Int32Array.from({ length: channels + 4 }, (_, r) => Math.abs(Math.min(r - 2, 2 * channels - 1 - r + 2)));
  const sections = Float64Array.from([-1, 0, -0.9, 0, -1, 0]);
  const plain = {
    rows,
    weights: new Float32Array(rows.length).fill(1),
    pad: 2,
    filter: { sections, gain: 0.9, edge: 6 },
  };
  const least = new Float32Array(channels).fill(0.01);
  for (const spatial of [plain, { ...plain, gain: { halfWindow, least } }] as SpatialFilter[]) {
    const ours = noise(frames * channels, 11);
    if (channels > 4) for (let f = 0; f < frames; f++) ours[f * channels + 4] = 0;
    const before = ours.slice();
    const twin = ours.slice();
    wasm.spatialFilter(ours, frames, channels, spatial);
    twins.spatialFilter(twin, frames, channels, spatial);
    expect(largest(ours, twin)).toBeLessThan(2e-3);
    expect(largest(ours, before)).toBeGreaterThan(1);
    expect(ours.every(Number.isFinite)).toBe(true);
  }
});

test('gains are taken at points that divide the window', () => {
  const span = (halfWindow: number) => spanOf({ halfWindow, least: new Float32Array() });
  expect([span(1500), span(1221), span(1499), span(30)]).toEqual([20, 11, 1, 1]);
});

test.each([
  [24, 3],
  [26, 9],
  [25, 16],
  [300, 20],
] as const)('windowPower of windows of %i frames, %i channels, is its twin', (size, channels) => {
  const plan = planSpectrum(size, 1000, 0.5);
  if (!plan) throw new Error('no frequencies');
  const frames = size * 4 + 3;
  const data = noise(frames * channels, size);
  const [ours, twin] = [wasm, twins].map((k) => k.windowPower(data, frames, channels, plan));
  for (let c = 0; c < channels; c++) expect(ours![c]! / twin![c]!).toBeCloseTo(1, 4);
});
