import type { PackedMatrix } from './affine.ts';
import type { Kernels } from './kernels.ts';
import { edgeOf, SECTION_SIZE, type SosFilter } from './sosFiltFilt.ts';
import { type GainControl, type SpatialFilter, spanOf } from './spatialFilter.ts';
import type { SpectralPlan } from './spectrum.ts';
import { gatherRows, spread, WasmMemory } from './wasmMemory.ts';
import type { WholeRange } from './wholeNumbers.ts';
import { hopOf, type WindowPlan, windowsIn } from './windowPower.ts';

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
  spanSums: 6,
  spatialFilter: 21,
  windowPower: 12,
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

    spatialFilter(data: Float32Array, frames: number, channels: number, spatial: SpatialFilter, whole?: WholeRange) {
      const { rows, weights, pad, filter, gain } = spatial;
      if (frames === 0) return;
      const stride = upTo(4, channels);
      const count = rows.length;
      const edge = edgeOf(filter, count);
      const sections = filter.sections.length / SECTION_SIZE;
      const span = gain ? spanOf(gain) : 1;
      const spans = Math.ceil(frames / span);
      memory.start();
      const traces = memory.reserve(frames * stride * 4);
      const offsets = memory.reserve(count * 4);
      const taper = memory.reserve(count * 4);
      const sos = memory.reserve(filter.sections.byteLength);
      const scratch = memory.reserve((upTo(TILE, count) + 2 * sections + 2 * edge) * TILE * 8);
      const tile = memory.reserve(count * TILE * 4);
      const gains = memory.reserve(TILE * stride * 4);
      const least = memory.reserve(stride * 4);
      const cubic = memory.reserve(span * 16);
      const phases = memory.reserve(gain ? spans * span * 8 : 0);
      const sums = memory.reserve(gain ? spans * 3 * stride * 4 : 0);
      const grid = memory.reserve(gain ? (spans + 3) * stride * 4 : 0);
      spread(data.subarray(0, frames * channels), channels, memory.f32(traces, frames * stride), stride);
      memory.i32(offsets, count).set(rows.map((channel) => channel * 4));
      memory.f32(taper, count).set(weights);
      memory.f64(sos, filter.sections.length).set(filter.sections);
      if (gain) {
        memory.f32(least, stride).fill(LEAST_GAIN);
        memory.f32(least, channels).set(gain.least.map((value) => Math.max(LEAST_GAIN, value)));
        memory.f32(cubic, span * 4).set(cubicWeights(span));
        memory.f32(phases, spans * span * 2).set(turningPhase(spans * span, gain.halfWindow));
        compiled.spanSums(traces, frames, stride, span, phases, sums);
        slideGains(
          memory.f32(sums, spans * 3 * stride),
          spans,
          stride,
          span,
          gain,
          memory.f32(grid, (spans + 3) * stride),
        );
      }
      const given = [offsets, taper, count, pad, gain ? grid : 0, span, cubic, least, tile, gains];
      const filtering = [sos, sections, filter.gain ** 2, edge, scratch, ...range(whole)];
      compiled.spatialFilter(traces, frames, stride, channels, ...given, ...filtering);
      gatherRows(memory.f32(traces, frames * stride), stride, data.subarray(0, frames * channels), channels);
    },

    windowPower(data: Float32Array, frames: number, channels: number, plan: WindowPlan) {
      const { size, taper, starts, places, weights } = plan;
      const stride = upTo(LANES, channels);
      memory.start();
      const traces = memory.reserve(frames * stride * 4);
      const tapering = memory.reserve(size * 4);
      const at = [starts, places, weights].map((part) => memory.reserve(part.byteLength));
      const folded = memory.reserve(size * LANES * 4);
      const power = memory.reserve(stride * 4);
      spread(data.subarray(0, frames * channels), channels, memory.f32(traces, frames * stride), stride);
      memory.f32(tapering, size).set(taper);
      memory.i32(at[0]!, starts.length).set(starts);
      memory.i32(at[1]!, places.length).set(places.map((place) => place * LANES * 4));
      memory.f32(at[2]!, weights.length).set(weights);
      const windows = windowsIn(frames, size);
      compiled.windowPower(
        traces,
        stride,
        windows,
        hopOf(size),
        size,
        tapering,
        starts.length - 1,
        ...at,
        folded,
        power,
      );
      return memory.f32(power, channels).slice();
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

/** Divided by instead of 0. */
const LEAST_GAIN = 1e-30;

/** Weights of Lagrange's cubic through the points -1, 0, 1, 2 at each of `span` places from 0 to 1. */
function cubicWeights(span: number): number[] {
  return Array.from({ length: span }, (_, i) => i / span).flatMap((u) => [
    (-u * (u - 1) * (u - 2)) / 6,
    ((u + 1) * (u - 1) * (u - 2)) / 2,
    (-(u + 1) * u * (u - 2)) / 2,
    ((u + 1) * u * (u - 1)) / 6,
  ]);
}

/** Cosine and sine of each frame, one turn a window. */
function turningPhase(frames: number, halfWindow: number): Float32Array {
  const out = new Float32Array(2 * frames);
  for (let f = 0; f < frames; f++) {
    const angle = (Math.PI * (f % (2 * halfWindow))) / halfWindow;
    out[2 * f] = Math.cos(angle);
    out[2 * f + 1] = Math.sin(angle);
  }
  return out;
}

/** spatialFilter.ts's loudness at every span's start, from one before the first to two after the last. */
function slideGains(
  sums: Float32Array,
  spans: number,
  stride: number,
  span: number,
  { halfWindow }: GainControl,
  grid: Float32Array,
): void {
  const half = halfWindow / span;
  const slid = new Float64Array(3 * stride);
  const add = (s: number, sign: number) => {
    if (s < 0 || s >= spans) return;
    const from = s * 3 * stride;
    for (let i = 0; i < slid.length; i++) slid[i]! += sign * sums[from + i]!;
  };
  for (let s = -1 - half; s < half - 1; s++) add(s, 1);
  for (let point = -1; point < spans + 2; point++) {
    const angle = (Math.PI * point) / half;
    const [cos, sin] = [Math.cos(angle) / (2 * halfWindow), Math.sin(angle) / (2 * halfWindow)];
    const to = (point + 1) * stride;
    for (let c = 0; c < stride; c++) {
      const loud = slid[c]! / (2 * halfWindow) + cos * slid[stride + c]! + sin * slid[2 * stride + c]!;
      grid[to + c] = Math.max(0, loud);
    }
    add(point + half, 1);
    add(point - half, -1);
  }
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
