import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import { spikeinterfaceBinary } from '../formats/spikeinterfaceBinary.ts';
import { spikeinterfaceNumpy } from '../formats/spikeinterfaceNumpy.ts';
import { readSession } from '../pipeline/sessionFile.ts';
import { demoParams, makeDemo } from './demo.ts';
import { groundTruth } from './groundTruth.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikedesk-demo-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the demo folder holds the recording, its truth and a session that names both', async () => {
  const target = join(folder, 'demo');
  const options = { seed: 5, seconds: 4 };
  const stages: number[] = [];
  for await (const { done } of makeDemo(target, options, inlineCompute(), new AbortController().signal))
    stages.push(done);
  expect(stages.at(-1)).toBe(4);
  const truth = groundTruth(demoParams(options));
  const session = await readSession(join(target, 'session.json'));
  expect(session.recording).toMatchObject({ format: 'spikeinterface_binary', paths: ['recording'] });
  const spec = { format: 'spikeinterface_binary', paths: [join(target, 'recording')], params: {} };
  const recording = await spikeinterfaceBinary.open(spec);
  expect(recording.info.numFrames).toEqual([120_000]);
  expect(recording.info.gainToUv?.[0]).toBe(0.195);
  expect(await recording.read(0, 89_990, 90_010)).toEqual(await truth.recording.read(0, 89_990, 90_010));
  recording.close();
  const { sorting } = await spikeinterfaceNumpy.open(join(target, 'ground_truth'));
  expect(sorting.segments).toEqual(truth.sorting.segments);
});

test('a cancelled demo leaves nothing behind', async () => {
  const stop = new AbortController();
  const making = makeDemo(join(folder, 'demo'), { seconds: 30 }, inlineCompute(), stop.signal);
  await making.next();
  stop.abort();
  await expect(
    (async () => {
      for await (const _ of making);
    })(),
  ).rejects.toThrow('cancelled');
  expect(existsSync(join(folder, 'demo'))).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('the demo has 16 units of SNR 4 to 20, at least four below 6, and 10 hash units', () => {
  const { snrs, hashSnrs, probe } = demoParams();
  expect(snrs).toHaveLength(16);
  expect(snrs.filter((snr) => snr < 6).length).toBeGreaterThanOrEqual(4);
  expect(Math.min(...snrs)).toBeGreaterThanOrEqual(4);
  expect(Math.max(...snrs)).toBeLessThanOrEqual(20);
  expect(hashSnrs).toHaveLength(10);
  expect(probe.probes[0]?.contact_positions).toHaveLength(32);
});
