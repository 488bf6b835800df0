import type { PackedMatrix } from './affine.ts';
import type { Kernels } from './kernels.ts';
import { edgeOf, SECTION_SIZE, type SosFilter } from './sosFiltFilt.ts';
import type { SpectralPlan } from './spectrum.ts';
import { gatherRows, spread, WasmMemory } from './wasmMemory.ts';
import type { WholeRange } from './wholeNumbers.ts';

/** What core/kernels exports, and how many parameters each has: a build that is older than the sources has others. */
const parameters = {
  sosfiltfilt: 10,
  affine: 8,
  rowMedians: 6,
  subtractMedians: 8,
  gram: 4,
  minMax: 6,
  wholeNumbers: 4,
  multiplySpectrum: 4,
} as const;
type Compiled = Record<keyof typeof parameters, (...args: number[]) => void>;

/** Frames, and channels of the filter, that are worked on at once. */
const TILE = 64;
const LANES = 8;

/** core/kernels compiled: copies in, runs, copies out. Undefined if the bytes are of another version. */
export function wasmKernels(bytes: Uint8Array<ArrayBuffer>): Kernels | undefined {
  const memory = new WasmMemory();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: memory.memory } });
  if (!isCompiled(exports)) return undefined;
  const compiled = exports;

  return {
    compiled: true,

    sosFiltFilt(data: Float32Array, frames: number, channels: number, filter: SosFilter, whole?: WholeRange) {
      if (frames === 0 || channels === 0) return;
      const stride = upTo(LANES, channels);
      const edge = edgeOf(filter, frames);
      const sections = filter.sections.length / SECTION_SIZE;
      memory.start();
      const traces = memory.reserve(frames * stride * 4);
      const sos = memory.reserve(filter.sections.byteLength);
      const scratch = memory.reserve((upTo(TILE, frames) + 2 * sections + 2 * edge) * TILE * 8);
      spread(data.subarray(0, frames * channels), channels, memory.f32(traces, frames * stride), stride);
      memory.f64(sos, filter.sections.length).set(filter.sections);
      compiled.sosfiltfilt(traces, frames, stride, sos, sections, filter.gain ** 2, edge, scratch, ...range(whole));
      gatherRows(memory.f32(traces, frames * stride), stride, data.subarray(0, frames * channels), channels);
    },

    affine(data: Float32Array, frames: number, matrix: PackedMatrix, whole?: WholeRange) {
      const { channels, starts, rows, weights, bias } = matrix;
      const stride = bias.length;
      const rowsOfFrames = upTo(4, frames);
      memory.start();
      const traces = memory.reserve(rowsOfFrames * stride * 4);
      const out = memory.reserve(rowsOfFrames * stride * 4);
      const at = [starts, rows, weights, bias].map((part) => memory.reserve(part.byteLength));
      memory.f32(traces, rowsOfFrames * stride).fill(0, frames * stride);
      spread(data.subarray(0, frames * channels), channels, memory.f32(traces, frames * stride), stride);
      memory.i32(at[0]!, starts.length).set(starts);
      memory.i32(at[1]!, rows.length).set(rows.map((channel) => channel * 4));
      memory.f32(at[2]!, weights.length).set(weights);
      memory.f32(at[3]!, bias.length).set(bias);
      compiled.affine(traces, rowsOfFrames, stride, ...at, out);
      if (whole) compiled.wholeNumbers(out, rowsOfFrames * stride, whole.low, whole.high);
      gatherRows(memory.f32(out, frames * stride), stride, data.subarray(0, frames * channels), channels);
    },

    rowMedians(data: Float32Array, rows: number, columns: number) {
      const stride = upTo(4, columns);
      memory.start();
      const traces = memory.reserve(rows * stride * 4);
      const out = memory.reserve(rows * 4);
      const bracket = memory.reserve(stride * 4);
      spread(
        data.subarray(0, rows * columns),
        columns,
        memory.f32(traces, rows * stride),
        stride,
        Number.POSITIVE_INFINITY,
      );
      compiled.rowMedians(traces, rows, columns, stride, out, bracket);
      return memory.f32(out, rows).slice();
    },

    subtractMedians(data: Float32Array, rows: number, columns: number, whole?: WholeRange) {
      const stride = upTo(4, columns);
      memory.start();
      const traces = memory.reserve(rows * stride * 4);
      const medians = memory.reserve(TILE * 4);
      const bracket = memory.reserve(stride * 4);
      const used = data.subarray(0, rows * columns);
      spread(used, columns, memory.f32(traces, rows * stride), stride, Number.POSITIVE_INFINITY);
      compiled.subtractMedians(traces, rows, columns, stride, medians, bracket, ...range(whole));
      gatherRows(memory.f32(traces, rows * stride), stride, used, columns);
    },

    gram(data: Float32Array, frames: number, channels: number, sums: Float64Array) {
      const stride = upTo(LANES, channels);
      memory.start();
      const traces = memory.reserve(frames * stride * 4);
      const out = memory.reserve(stride * stride * 8);
      spread(data.subarray(0, frames * channels), channels, memory.f32(traces, frames * stride), stride);
      memory.f64(out, stride * stride).fill(0);
      compiled.gram(traces, frames, stride, out);
      const upper = memory.f64(out, stride * stride);
      for (let i = 0; i < channels; i++)
        for (let j = 0; j < channels; j++) sums[i * channels + j]! += upper[Math.min(i, j) * stride + Math.max(i, j)]!;
    },

    minMax(data: Float32Array, channels: number, edges: Int32Array, low: Float32Array, high: Float32Array) {
      const columns = edges.length - 1;
      const frames = edges[columns]!;
      const stride = upTo(4, channels);
      memory.start();
      const traces = memory.reserve(frames * stride * 4);
      const cuts = memory.reserve(edges.byteLength);
      const lows = memory.reserve(columns * stride * 4);
      const highs = memory.reserve(columns * stride * 4);
      spread(data.subarray(0, frames * channels), channels, memory.f32(traces, frames * stride), stride);
      memory.i32(cuts, edges.length).set(edges);
      spread(low, channels, memory.f32(lows, columns * stride), stride);
      spread(high, channels, memory.f32(highs, columns * stride), stride);
      compiled.minMax(traces, stride, cuts, columns, lows, highs);
      gatherRows(memory.f32(lows, columns * stride), stride, low, channels);
      gatherRows(memory.f32(highs, columns * stride), stride, high, channels);
    },

    multiplySpectrum(data: Float32Array, frames: number, channels: number, plan: SpectralPlan, whole?: WholeRange) {
      const { length, twiddles, groups } = plan;
      // Eight channels of one group a batch; batches are not whole pages apart, or their rows would share cache lines.
      const batches = groups.flatMap(({ channels, response }) =>
        Array.from({ length: Math.ceil(channels.length / LANES) }, (_, b) => ({
          members: channels.slice(b * LANES, (b + 1) * LANES),
          response,
        })),
      );
      const batchFloats = length * LANES + 16;
      memory.start();
      const factors = memory.reserve(twiddles.byteLength);
      const responses = memory.reserve(length * 8);
      const rows = memory.reserve(batches.length * batchFloats * 4);
      memory.f32(factors, twiddles.length).set(twiddles);
      const all = memory.f32(rows, batches.length * batchFloats);
      const from: number[] = [];
      const to: number[] = [];
      for (const [b, { members }] of batches.entries()) {
        const start = b * batchFloats;
        all.fill(0, start + (members.length < LANES ? 0 : frames * LANES), start + length * LANES);
        from.push(...members);
        to.push(...members.map((_, lane) => start + lane));
      }
      const columns = Int32Array.from(from);
      const places = Int32Array.from(to);
      for (let f = 0; f < frames; f++)
        for (let i = 0; i < columns.length; i++) all[places[i]! + f * LANES] = data[f * channels + columns[i]!]!;
      let placed: Float32Array | undefined;
      for (const [b, { response }] of batches.entries()) {
        if (response !== placed) memory.f32(responses, 2 * length).set(response);
        placed = response;
        const at = rows + b * batchFloats * 4;
        compiled.multiplySpectrum(at, length, factors, responses);
        if (whole) compiled.wholeNumbers(at, frames * LANES, whole.low, whole.high);
      }
      for (let f = 0; f < frames; f++)
        for (let i = 0; i < columns.length; i++) data[f * channels + columns[i]!] = all[places[i]! + f * LANES]!;
    },

    wholeNumbers(data: Float32Array, { low, high }: WholeRange) {
      const count = upTo(4, data.length);
      memory.start();
      const at = memory.reserve(count * 4);
      memory.f32(at, count).set(data);
      compiled.wholeNumbers(at, count, low, high);
      data.set(memory.f32(at, data.length));
    },
  };
}

/** How the kernels are told a range: none is an empty one. */
function range(whole: WholeRange | undefined): [low: number, high: number] {
  return whole ? [whole.low, whole.high] : [1, 0];
}

function upTo(multiple: number, n: number): number {
  return Math.ceil(n / multiple) * multiple;
}

function isCompiled(exports: WebAssembly.Exports): exports is WebAssembly.Exports & Compiled {
  return Object.entries(parameters).every(([name, count]) => {
    const found = exports[name];
    return typeof found === 'function' && found.length === count;
  });
}
