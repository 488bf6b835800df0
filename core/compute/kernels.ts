import { readFileSync } from 'node:fs';
import { affine, type PackedMatrix } from './affine.ts';
import { gram } from './gram.ts';
import { minMax } from './minMax.ts';
import { rowMedians, subtractMedians } from './rowMedians.ts';
import { type SosFilter, sosFiltFilt } from './sosFiltFilt.ts';
import { type SpatialFilter, spatialFilter } from './spatialFilter.ts';
import { multiplySpectrum, type SpectralPlan } from './spectrum.ts';
import { wasmKernels } from './wasmKernels.ts';
import { type WholeRange, wholeNumbers } from './wholeNumbers.ts';
import { type WindowPlan, windowPower } from './windowPower.ts';

/** The arithmetic that is worth compiling. Each does what the TypeScript function of its name says. */
export interface Kernels {
  /** False: the TypeScript twins. */
  readonly compiled: boolean;
  /** In place; `whole`: rounded as for an integer recording. */
  sosFiltFilt(data: Float32Array, frames: number, channels: number, filter: SosFilter, whole?: WholeRange): void;
  /** In place. */
  affine(data: Float32Array, frames: number, matrix: PackedMatrix, whole?: WholeRange): void;
  rowMedians(data: Float32Array, rows: number, columns: number): Float32Array;
  /** In place. */
  subtractMedians(data: Float32Array, rows: number, columns: number, whole?: WholeRange): void;
  gram(data: Float32Array, frames: number, channels: number, sums: Float64Array): void;
  minMax(data: Float32Array, channels: number, edges: Int32Array, low: Float32Array, high: Float32Array): void;
  /** In place. */
  multiplySpectrum(data: Float32Array, frames: number, channels: number, plan: SpectralPlan, whole?: WholeRange): void;
  /** In place. */
  spatialFilter(data: Float32Array, frames: number, channels: number, spatial: SpatialFilter, whole?: WholeRange): void;
  windowPower(data: Float32Array, frames: number, channels: number, plan: WindowPlan): Float32Array;
  /** In place. */
  wholeNumbers(data: Float32Array, range: WholeRange): void;
}

export const twins: Kernels = {
  compiled: false,
  sosFiltFilt(data, frames, channels, filter, whole) {
    sosFiltFilt(data, frames, channels, filter);
    if (whole) wholeNumbers(data, whole);
  },
  affine(data, frames, matrix, whole) {
    affine(data, frames, matrix);
    if (whole) wholeNumbers(data, whole);
  },
  rowMedians,
  subtractMedians(data, rows, columns, whole) {
    subtractMedians(data, rows, columns);
    if (whole) wholeNumbers(data, whole);
  },
  gram,
  minMax,
  multiplySpectrum(data, frames, channels, plan, whole) {
    multiplySpectrum(data, frames, channels, plan);
    if (whole) wholeNumbers(data, whole);
  },
  spatialFilter(data, frames, channels, spatial, whole) {
    spatialFilter(data, frames, channels, spatial);
    if (whole) wholeNumbers(data, whole);
  },
  windowPower,
  wholeNumbers,
};

let loaded: Kernels | undefined;

/** This thread's kernels, with a WASM memory of their own; the twins where nothing has been built yet. */
export function kernels(): Kernels {
  loaded ??= load();
  return loaded;
}

/** kernels.wasm lies beside the bundle this file is in; from the sources, where build.mjs puts it. */
function load(): Kernels {
  for (const place of ['./kernels.wasm', '../../dist/kernels.wasm']) {
    const bytes = read(new URL(place, import.meta.url));
    const found = bytes && wasmKernels(bytes);
    if (found) return found;
  }
  return twins;
}

function read(file: URL): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    return undefined; // not built: the twins do the same, slower
  }
}
