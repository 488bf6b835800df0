import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import { toySession } from '../pipeline/toySession.ts';
import type { Api, UnitAmplitudes } from '../shared/api.ts';
import type { UnitId } from '../shared/sorting.ts';
import { createApi } from './index.ts';

const never = new AbortController().signal;
async function ask<Item, Result>(running: AsyncGenerator<Item, Result>): Promise<{ items: Item[]; result: Result }> {
  const items: Item[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done) return { items, result: step.value };
    items.push(step.value);
  }
}
const result = async <Result>(running: AsyncGenerator<unknown, Result>) => (await ask(running)).result;

let folder: string;
let dataFolder: string;
let api: Api & { dispose(): Promise<void> };
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'data-'));
  folder = (await toySession()).folder;
  api = createApi({ pool: inlineCompute(), dataFolder, version: 'test' });
  await result(api.open({ kind: 'session', path: folder }, never));
  await result(api.run({ stations: ['export'] }, never));
  await cp(join(folder, 'phy'), join(folder, 'bare'), { recursive: true });
  await rm(join(folder, 'bare', 'recording.dat'));
});
afterAll(async () => {
  await api.dispose();
  for (const made of [folder, dataFolder]) await rm(made, { recursive: true });
});

/** The same units three ways: the session's analyzer, a phy folder with its recording, and one without. */
const places = [
  { name: 'analyzer', kind: 'analyzer folder', unit: 'µV', open: () => ({ kind: 'session', path: folder }) as const },
  { name: 'phy', kind: 'phy or Kilosort folder', unit: 'raw', open: () => sorting('phy') },
  { name: 'bare', kind: 'phy or Kilosort folder', unit: 'raw', open: () => sorting('bare') },
] as const;
const sorting = (name: string) => ({ kind: 'sorting', format: 'phy', path: join(folder, name) }) as const;

test.each(places)('every view is answered, merged units too: $name', async ({ name, kind, unit, open }) => {
  const opened = await result(api.open(open(), never));
  expect(opened.unitsFrom).toEqual({ folder: join(folder, name), kind });
  const { curation } = await result(api.curate({ type: 'merge', unitIds: [3, 8] }, never));
  expect(curation?.units.map(({ unitId }) => unitId)).toEqual([7, 9]);
  const unitIds: UnitId[] = [7, 9];

  const isi = await result(api.isi({ unitIds, windowMs: 500, binMs: 10 }, never));
  expect([isi.bins, isi.counts.length]).toEqual([50, 100]);
  const [few, many] = isi.numSpikes as unknown as [number, number];
  expect(sum(isi.counts.subarray(50))).toBeLessThan(many);
  expect(sum(isi.counts.subarray(50))).toBeGreaterThan(many / 2);

  const rates = await result(api.rates({ unitIds, bins: 8 }, never));
  expect([sum(rates.counts.subarray(0, 8)), sum(rates.counts.subarray(8))]).toEqual([few, many]);
  expect(rates.seconds).toBeCloseTo(2, 0);
  expect(rates.binS * 8).toBe(rates.seconds);

  const { items } = await ask(api.amplitudes({ unitIds, maxSpikes: 6 }, never));
  const [, merged] = items as [UnitAmplitudes, UnitAmplitudes];
  expect(merged).toMatchObject({ unitId: 9, unit, shown: 6, numSpikes: many });
  expect([...merged.sampleIndex]).toEqual([...merged.sampleIndex].sort((a, b) => a - b));
  expect(merged.amplitude.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);

  const similar = await result(api.similar({ unitId: 9, most: 5 }, never));
  expect(similar.unitIds).toEqual([7]);
  expect(Math.abs(similar.similarity[0]!)).toBeLessThanOrEqual(1.000_001);

  const sparsity = await result(api.sparsity({ unitId: 9 }, never));
  const [, place] = await result(api.places(undefined, never));
  expect(sparsity.extremumChannel).toBe(place!.extremumChannel);
  expect([...sparsity.kept.keys()].filter((c) => sparsity.kept[c])).toEqual([...place!.channels]);
  if (name === 'analyzer') expect(sparsity).toMatchObject({ radiusUm: 100, rule: expect.not.stringMatching(/told/) });
  expect(sparsity.distance[sparsity.extremumChannel]).toBe(0);
  const known = sparsity.amplitude.filter((value) => !Number.isNaN(value));
  expect(sparsity.amplitude[sparsity.extremumChannel]).toBe(Math.max(...known));

  const { sampleIndex } = await result(
    api.spikes({ unitIds, segment: 0, startFrame: 0, endFrame: Number.MAX_SAFE_INTEGER }, never),
  );
  const walk = [];
  for (let frame = -1; walk.length <= sampleIndex.length; ) {
    const next = await result(api.nextSpike({ unitIds, segment: 0, frame, direction: 'next' }, never));
    if (!next) break;
    frame = next.frame;
    walk.push(frame);
  }
  expect(walk).toEqual([...new Set(sampleIndex)]);

  const { rms, rate, node } = await result(api.activity({ node: 0 }, never));
  expect([node, rms.length]).toEqual([0, 4]);
  expect(sum(rate!) * rates.seconds).toBeCloseTo(few + many, 6);
  expect(rms.every(Number.isNaN)).toBe(name === 'bare');

  await result(api.curate({ type: 'undo' }, never));
  await expect(result(api.sparsity({ unitId: 9 }, never))).rejects.toThrow(/no unit 9/);
  expect((await result(api.similar({ unitId: 3, most: 1 }, never))).unitIds).toHaveLength(1);
});

test('settings outlive the window', async () => {
  await result(api.keepSetting({ name: 'theme', value: 'dark' }, never));
  const again = createApi({ pool: inlineCompute(), dataFolder, version: 'test' });
  expect(await result(again.settings(undefined, never))).toEqual({ theme: 'dark' });
});

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
