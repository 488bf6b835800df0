import { readFileSync } from 'node:fs';
import { packMatrix } from '../../core/compute/affine.ts';
import { type Kernels, twins } from '../../core/compute/kernels.ts';
import { wasmKernels } from '../../core/compute/wasmKernels.ts';
import { butterworth } from '../../core/preprocess/butterworth.ts';
import { random } from '../../core/shared/random.ts';
import { type Bench, best, timed } from './bench.ts';

const FRAMES = 30_000;
const CHANNELS = 384;
const COLUMNS = 1500;

type Work = (kernels: Kernels, data: Float32Array) => unknown;

/** One second of a Neuropixels probe through each kernel, copying in and out included. */
const works: Readonly<Record<string, Work>> = {
  sosFiltFilt: (k, data) => k.sosFiltFilt(data, FRAMES, CHANNELS, butterworth(5, [300, 6000], 30_000)),
  rowMedians: (k, data) => k.rowMedians(data, FRAMES, CHANNELS),
  subtractMedians: (k, data) => k.subtractMedians(data, FRAMES, CHANNELS, { low: -32_768, high: 32_767 }),
  'affine, neighbourhoods of 24': (k, data) => k.affine(data, FRAMES, whitening(24)),
  'affine, all channels': (k, data) => k.affine(data, FRAMES / 10, whitening(CHANNELS)),
  gram: (k, data) => k.gram(data, FRAMES / 10, CHANNELS, new Float64Array(CHANNELS * CHANNELS)),
  minMax: (k, data) => k.minMax(data, CHANNELS, edges(), extremes(), extremes()),
  wholeNumbers: (k, data) => k.wholeNumbers(data, { low: -32_768, high: 32_767 }),
};

/** A kernel exists where it is at least twice as fast as its TypeScript twin. */
export const kernelsBench: Bench = {
  name: 'kernels',
  rows: Object.keys(works).map((name) => ({ name, unit: 'ms', goal: 2 })),
  async *run({ dist }) {
    const wasm = wasmKernels(new Uint8Array(readFileSync(new URL('kernels.wasm', dist))));
    if (!wasm) throw new Error('dist/kernels.wasm is of another version: node build.mjs core');
    const { integer } = random(1);
    const noise = Float32Array.from({ length: FRAMES * CHANNELS }, () => integer(400) / 2 - 100);
    for (const [name, work] of Object.entries(works)) {
      const [ours, peer] = [await milliseconds(wasm, work, noise), await milliseconds(twins, work, noise)];
      yield { name, ours, peer };
    }
  },
};

async function milliseconds(kernels: Kernels, work: Work, noise: Float32Array): Promise<number> {
  const data = noise.slice();
  return 1000 * best(await timed(5, () => work(kernels, data)));
}

/** A matrix with weights between channels fewer than `reach` / 2 apart. */
function whitening(reach: number) {
  const matrix = new Float64Array(CHANNELS * CHANNELS);
  for (let i = 0; i < CHANNELS; i++)
    for (let j = 0; j < CHANNELS; j++) if (Math.abs(i - j) <= reach / 2) matrix[i * CHANNELS + j] = i === j ? 1 : -0.01;
  return packMatrix(matrix, new Float64Array(CHANNELS));
}

const edges = () => Int32Array.from({ length: COLUMNS + 1 }, (_, i) => Math.floor((i * FRAMES) / COLUMNS));
const extremes = () => new Float32Array(COLUMNS * CHANNELS);
