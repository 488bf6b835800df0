import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareToGroundTruth } from '../comparison/groundTruth.ts';
import { inlineCompute } from '../compute/inline.ts';
import type { GroundTruth } from '../generate/groundTruth.ts';
import { toyRecording } from '../generate/toy.ts';
import { parseParams } from '../shared/entry.ts';
import type { Progress } from '../shared/progress.ts';
import type { RecordingInfo, RecordingSpec } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';
import { writeSiRecording } from '../store/siRecording.ts';
import { spikedesk } from './spikedesk.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikedesk-sorter-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(name: string, truth: GroundTruth): Promise<{ recording: RecordingSpec; info: RecordingInfo }> {
  await writeSiRecording(join(folder, name), truth.recording);
  const recording = { format: 'spikeinterface_binary', paths: [join(folder, name)], params: {} };
  return { recording, info: truth.recording.info };
}

function start(
  of: { recording: RecordingSpec; info: RecordingInfo },
  signal = new AbortController().signal,
  workers = 2,
): AsyncGenerator<Progress, Sorting> {
  const params = parseParams(spikedesk, 'sorter', {});
  return spikedesk.run({ ...of, params, compute: inlineCompute(workers) }, signal);
}

async function ended(run: AsyncGenerator<Progress, Sorting>): Promise<{ sorting: Sorting; stages: string[] }> {
  const stages = new Set<string>();
  for (;;) {
    const step = await run.next();
    if (step.done) return { sorting: step.value, stages: [...stages] };
    stages.add(step.value.stage);
    expect(step.value.done).toBeLessThanOrEqual(step.value.of);
  }
}

test('a tetrode of three units is sorted, and the same again on another number of workers', async () => {
  const truth = toyRecording({ channels: 4, units: 3, seconds: 10, seed: 1 });
  const at = await saved('tetrode', truth);
  const { sorting, stages } = await ended(start(at));
  const { units } = compareToGroundTruth(truth.sorting, sorting);
  for (const { performance } of units) expect(performance.accuracy).toBeGreaterThan(0.9);
  expect(sorting.unitIds).toHaveLength(3);
  expect(stages).toEqual([
    'learning the whitening',
    'measuring the noise',
    'detecting spikes',
    'clustering',
    'merging',
    'learning templates',
    'clustering once more',
    'matching templates',
    'removing duplicates',
  ]);
  expect((await ended(start(at))).sorting).toEqual(sorting);
  const alone = (await ended(start(at, undefined, 1))).sorting;
  const { units: same } = compareToGroundTruth(sorting, alone);
  for (const { performance } of same) expect(performance.accuracy).toBeGreaterThan(0.98);
});

test('units of a longer probe, over two segments', async () => {
  const truth = toyRecording({ channels: 12, units: 6, seconds: 8, segments: 2, seed: 2 });
  const { sorting } = await ended(start(await saved('probe', truth)));
  const { pooled } = compareToGroundTruth(truth.sorting, sorting);
  expect(pooled.accuracy).toBeGreaterThan(0.9);
  expect(sorting.segments).toHaveLength(2);
  for (const { sampleIndex } of sorting.segments) {
    expect(sampleIndex.length).toBeGreaterThan(0);
    expect(sampleIndex.every((frame, i) => frame >= (sampleIndex[i - 1] ?? 0))).toBe(true);
  }
});

test('noise alone has no units', async () => {
  const truth = toyRecording({ channels: 4, units: 0, seconds: 4 });
  const { sorting } = await ended(start(await saved('noise', truth)));
  expect(sorting.unitIds).toEqual([]);
  expect(sorting.segments[0]?.sampleIndex).toHaveLength(0);
});

test('a recording shorter than a spike, and one with dead channels', async () => {
  const short = toyRecording({ channels: 4, units: 0, seconds: 0.002 });
  expect((await ended(start(await saved('short', short)))).sorting.unitIds).toEqual([]);
  const truth = toyRecording({ channels: 4, units: 2, seconds: 8, seed: 3 });
  const dead = {
    ...truth.recording,
    async read(segment: number, startFrame: number, endFrame: number) {
      return (await truth.recording.read(segment, startFrame, endFrame)).map((v, i) => (i % 4 === 2 ? 0 : v));
    },
  };
  const { sorting } = await ended(start(await saved('dead', { ...truth, recording: dead })));
  expect(compareToGroundTruth(truth.sorting, sorting).pooled.accuracy).toBeGreaterThan(0.7);
});

test('cancelled in any stage, it ends within half a second', async () => {
  const at = await saved('cancel', toyRecording({ channels: 4, units: 3, seconds: 10, seed: 1 }));
  for (const stage of ['detecting spikes', 'clustering', 'matching templates']) {
    const stop = new AbortController();
    const run = start(at, stop.signal);
    let step = await run.next();
    while (!step.done && step.value.stage !== stage) step = await run.next();
    expect(step.done).toBe(false);
    stop.abort();
    const before = performance.now();
    await expect(ended(run)).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - before).toBeLessThan(500);
  }
});

test('many channels without a probe are refused with words', async () => {
  const at = await saved('blind', toyRecording({ channels: 16, units: 2, seconds: 1 }));
  const { probe: _, ...info } = at.info;
  await expect(ended(start({ ...at, info }))).rejects.toThrow(/where the 16 channels are/);
});
