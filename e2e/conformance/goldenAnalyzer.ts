import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Analyzer, openAnalyzer } from '../../core/analyzer/analyzer.ts';
import { inlineCompute } from '../../core/compute/inline.ts';
import type { Json } from '../../core/shared/json.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import { type NpyArray, readNpy } from '../../core/store/npy.ts';
import type { GoldenPlace, Verdict } from './area.ts';

export type Params = Readonly<Record<string, Json>>;

/** A copy of a golden analyzer with a few of its extensions: ours are computed in it. */
export async function copyOf(
  place: GoldenPlace,
  folder: string,
  recording: RecordingSpec,
  extensions: readonly string[],
): Promise<Analyzer> {
  const target = freshFolder(place);
  mkdirSync(join(target, 'extensions'), { recursive: true });
  const parts = ['settings.json', 'sorting', 'recording_info', 'sparsity_mask.npy'];
  for (const part of [...parts, ...extensions.map((name) => `extensions/${name}`)])
    cpSync(join(place.golden, folder, part), join(target, part), { recursive: true });
  return openAnalyzer(target, { recording });
}
let copies = 0;

export function freshFolder(place: GoldenPlace): string {
  return join(place.scratch, `copy-${copies++}`);
}

export async function computeIn(
  place: GoldenPlace,
  analyzer: Analyzer,
  requests: readonly { name: string; params: Params }[],
) {
  for await (const _ of analyzer.compute(requests, inlineCompute(3), place.signal));
}

/** Params the extension was computed with. */
export function goldenParams(place: GoldenPlace, folder: string, extension: string): Params {
  const text = readFileSync(join(place.golden, folder, 'extensions', extension, 'params.json'), 'utf8');
  return z.record(z.string(), z.json()).parse(JSON.parse(text));
}

/** x and y by the tolerance; z is poorly determined: only its order of magnitude. */
export function* places(entry: string, own: NpyArray, golden: NpyArray): Generator<Verdict, void> {
  const dims = golden.shape[1] ?? 2;
  const column = (array: NpyArray, wanted: readonly number[]) =>
    flat(array).filter((_, i) => wanted.includes(i % dims));
  yield { entry, part: 'x, y', ours: column(own, [0, 1]), golden: column(golden, [0, 1]) };
  if (dims > 2) yield { entry, part: 'z', ours: column(own, [2]), golden: column(golden, [2]) };
}

export async function goldenArray(place: GoldenPlace, entry: string): Promise<NpyArray> {
  return readNpy(join(place.golden, entry));
}

/** All numbers of an array, row after row; text of digits as numbers. */
export function flat(array: NpyArray): number[] {
  if (array.kind === 'numbers') return Array.from(array.data);
  if (array.kind === 'strings') return array.data.map(Number);
  const columns = array.dtype.map((field) => array.data[field.name]!);
  const rows = array.shape.reduce((a, b) => a * b, 1);
  return Array.from({ length: rows }, (_, i) => columns.map((column) => Number(column[i]))).flat();
}
