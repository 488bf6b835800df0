import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import { toySession } from '../pipeline/toySession.ts';
import type { Api, SessionState } from '../shared/api.ts';
import { hashBytes } from '../store/hash.ts';
import { createApi } from './index.ts';

const made: string[] = [];
const apis: { dispose(): Promise<void> }[] = [];

async function desk() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'data-'));
  made.push(dataFolder);
  const api = createApi({ pool: inlineCompute(), dataFolder, version: 'test' });
  apis.push(api);
  return api;
}
async function toy(seconds?: number) {
  const workspace = await toySession({}, seconds);
  made.push(workspace.folder);
  return workspace;
}
afterEach(async () => {
  for (const api of apis.splice(0)) await api.dispose();
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

const never = new AbortController().signal;
async function ask<Item, Result>(running: AsyncGenerator<Item, Result>): Promise<{ items: Item[]; result: Result }> {
  const items: Item[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done) return { items, result: step.value };
    items.push(step.value);
  }
}
async function result<Result>(running: AsyncGenerator<unknown, Result>): Promise<Result> {
  return (await ask(running)).result;
}

/** Every file below a folder with the hash of its bytes. */
async function tree(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    files[path] = entry.isFile() ? hashBytes(await readFile(path)) : '';
  }
  return files;
}

async function openAndRun(api: Api) {
  const workspace = await toy();
  await result(api.open({ kind: 'session', path: workspace.folder }, never));
  await result(api.run({ stations: ['analyze'] }, never));
  return workspace;
}

test('a recording is opened with the usual steps, and nothing is written until it is run', async () => {
  const api = await desk();
  const { folder } = await toy();
  const before = await tree(folder);
  const { recordings } = await result(api.inspect({ path: join(folder, 'recording') }, never));
  const state = await result(api.open({ kind: 'recording', found: recordings[0]! }, never));
  expect(state).toMatchObject({ asks: [], stations: { recording: { state: 'done' }, sort: { state: 'not done' } } });
  expect(state.nodes).toEqual(['raw', 'bandpass_filter']);
  expect(state.session.preprocess.map(({ enabled }) => enabled)).toEqual([true, false]); // four channels
  const { items: tiles } = await ask(
    api.traces({ node: 1, segment: 0, order: 'depth', framesAColumn: 8, firstTile: 0, endTile: 2 }, never),
  );
  expect(tiles).toMatchObject([
    { tile: 0, columns: 128, unit: 'µV', sampled: 1 },
    { tile: 1, columns: 128 },
  ]);
  await result(api.edit({ name: 'another' }, never));
  expect(await tree(folder)).toEqual(before);
  expect((await result(api.recents(undefined, never))).map(({ path }) => path)).toEqual([join(folder, 'recording')]);
});

test('a flat file is shown as guessed, but not run before the guess is confirmed', async () => {
  const api = await desk();
  const { folder } = await toy();
  await cp(join(folder, 'recording', 'traces_cached_seg0.raw'), join(folder, 'flat.raw'));
  const { recordings } = await result(api.inspect({ path: join(folder, 'flat.raw') }, never));
  const state = await result(api.open({ kind: 'recording', found: recordings[0]! }, never));
  expect(state.asks).toContain('num_channels');
  expect(state.stations.recording.state).toBe('not done');
  expect(state.recording?.gainToUv).toBeUndefined();
  await expect(result(api.run({ stations: ['sort'] }, never))).rejects.toThrow(/guessed/);
  const recording = { ...state.session.recording, params: { ...state.session.recording.params, num_channels: 4 } };
  const confirmed = await result(api.edit({ recording }, never));
  expect(confirmed).toMatchObject({
    asks: [],
    stations: { recording: { state: 'done' }, probe: { state: 'not done' } },
  });
  expect(confirmed.stations.recording.detail).toMatch(/raw units/);
});

test('a run, the views, curation, undo, and the session opened again', async () => {
  const api = await desk();
  const { folder } = await openAndRun(api);
  const table = await result(api.units(undefined, never));
  expect(table.unitIds).toEqual([3, 7, 8]);
  expect(table.columns.map(({ name }) => name)).toContain('snr');

  const merged = await result(api.curate({ type: 'merge', unitIds: [3, 8] }, never));
  expect(merged.curation?.units.map(({ unitId, from }) => [unitId, from])).toEqual([
    [7, [7]],
    [9, [3, 8]],
  ]);
  expect(merged.stations.curate).toMatchObject({ state: 'done', detail: '1 edit' });
  await result(api.curate({ type: 'label', unitIds: [9], key: 'group', values: ['good'] }, never));
  const { items: waveforms } = await ask(api.waveforms({ unitIds: [9], maxSpikes: 5 }, never));
  expect(waveforms).toMatchObject([{ unitId: 9, unit: 'µV', shown: 5 }]);
  const grams = await result(api.correlograms({ unitIds: [7, 9], windowMs: 50, binMs: 1 }, never));
  expect(grams.numSpikes[1]).toBe(waveforms[0]!.numSpikes);
  expect((await result(api.places(undefined, never))).map(({ unitId }) => unitId)).toEqual([7, 9]);
  const spikes = await result(api.spikes({ unitIds: [9], segment: 0, startFrame: 0, endFrame: 60_000 }, never));
  expect(spikes.sampleIndex).toHaveLength(waveforms[0]!.numSpikes);
  await result(api.curate({ type: 'undo' }, never));
  await result(api.close(undefined, never));

  const again = await desk();
  const state = await result(again.open({ kind: 'session', path: join(folder, 'session.json') }, never));
  expect(state.curation).toMatchObject({ events: 3, canUndo: true, canRedo: true });
  expect(state.curation?.units.at(-1)).toMatchObject({ unitId: 9, group: '' });
  expect((await result(again.units(undefined, never))).unitIds).toEqual([7, 9]);
});

test('edits asked for at once are each made on what the one before left', async () => {
  const api = await desk();
  await openAndRun(api);
  const edits = [
    api.curate({ type: 'merge', unitIds: [3, 8] }, never),
    api.curate({ type: 'label', unitIds: [9], key: 'group', values: ['good'] }, never),
    api.curate({ type: 'merge', unitIds: [3, 7] }, never), // 3 is gone by then
    api.curate({ type: 'merge', unitIds: [7, 9] }, never),
  ];
  const ends = await Promise.allSettled(edits.map(result));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  const state = await result(api.edit({}, never));
  expect(state.curation).toMatchObject({ events: 3, units: [{ unitId: 10, group: 'good', from: [3, 7, 8] }] });
});

test('two programs cannot write to one session', async () => {
  const [first, second] = [await desk(), await desk()];
  const { folder } = await openAndRun(first);
  const state = await result(second.open({ kind: 'session', path: folder }, never));
  expect(state.stations.analyze.state).toBe('done'); // looking is free
  await expect(result(second.curate({ type: 'merge', unitIds: [3, 7] }, never))).rejects.toThrow(/in use by another/);
  await expect(result(second.run({ stations: ['analyze'], from: 'analyze' }, never))).rejects.toThrow(
    /in use by another/,
  );
  await result(first.close(undefined, never));
  await result(second.curate({ type: 'merge', unitIds: [3, 7] }, never));
});

test('an export of the curated units is remembered and brought up to date', async () => {
  const api = await desk();
  const { folder } = await openAndRun(api);
  await result(api.curate({ type: 'merge', unitIds: [3, 8] }, never));
  const done = await result(api.export({ name: 'spikeinterface', folder: join(folder, 'out'), params: {} }, never));
  expect(done.folder).toBe(join(folder, 'out'));
  expect((await readdir(join(folder, 'out'))).sort()).toEqual(['analyzer', 'sorting', 'spikedesk.json']);
  const saved = JSON.parse(await readFile(join(folder, 'session.json'), 'utf8'));
  expect(saved.exports.map(({ name }: { name: string }) => name)).toEqual(['phy', 'spikeinterface']);
  const { items } = await ask(api.run({ stations: ['export'] }, never));
  expect(items.filter(({ station }) => station === 'export').length).toBeGreaterThan(0); // phy is still missing
  await result(api.curate({ type: 'undo' }, never));
  const state = await result(api.edit({}, never));
  expect(state.stations.export.state).toBe('out of date');
});

test('a phy folder is curated where it lies, without changing a byte of what is there', async () => {
  const api = await desk();
  const { folder } = await openAndRun(api);
  await result(api.run({ stations: ['export'] }, never));
  await result(api.close(undefined, never));
  const phy = join(folder, 'phy');
  const before = await tree(phy);
  const { sortings } = await result(api.inspect({ path: phy }, never));
  expect(sortings.map(({ format }) => format)).toEqual(['phy']);
  const state = await result(api.open({ kind: 'sorting', format: 'phy', path: phy }, never));
  expect(state.curation?.units.map(({ unitId }) => unitId)).toEqual([3, 7, 8]);
  expect(state.recording?.channelIds).toHaveLength(4);
  expect(state.layout?.x).toHaveLength(4); // of channel_positions.npy
  expect(state.session.preprocess[0]).toMatchObject({ step: 'bandpass_filter', enabled: false }); // it is filtered
  const table = await result(api.units(undefined, never));
  expect(table.columns.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['num_spikes', 'firing_rate', 'isi_violations_ratio', 'snr']),
  );
  const { items } = await ask(api.waveforms({ unitIds: [3], maxSpikes: 10 }, never));
  expect(items).toMatchObject([{ unitId: 3, unit: 'raw', shown: 0 }]);
  expect((await result(api.places(undefined, never))).length).toBe(3);
  expect(await tree(phy)).toEqual(before);
  const bare = join(folder, 'bare');
  await cp(phy, bare, { recursive: true });
  await rm(join(bare, 'recording.dat'));
  const without = await result(api.open({ kind: 'sorting', format: 'phy', path: bare }, never));
  expect(without.stations.recording.state).toBe('failed');
  expect(without.layout?.x).toHaveLength(4);
  expect(without.notices).toHaveLength(1);
  expect((await result(api.units(undefined, never))).unitIds).toEqual([3, 7, 8]);
  await result(api.open({ kind: 'sorting', format: 'phy', path: phy }, never));
  await result(api.curate({ type: 'merge', unitIds: [3, 7] }, never));
  const { [join(phy, '.spikedesk')]: _, ...after } = await tree(phy);
  expect(
    Object.keys(after)
      .filter((path) => !(path in before))
      .every((path) => path.includes('.spikedesk')),
  ).toBe(true);
  for (const [path, hash] of Object.entries(before)) expect(after[path]).toBe(hash);
});

test('an analyzer folder is looked at and exported as it is', async () => {
  const api = await desk();
  const { folder } = await openAndRun(api);
  await result(api.close(undefined, never));
  const path = join(folder, 'analyzer');
  const before = await tree(path);
  const state = await result(api.open({ kind: 'sorting', format: 'spikeinterface_numpy', path }, never));
  expect(state.curation?.units).toHaveLength(3);
  expect((await result(api.units(undefined, never))).columns.map(({ name }) => name)).toContain('snr');
  const done = await result(api.export({ name: 'phy', folder: join(folder, 'from-analyzer'), params: {} }, never));
  expect(done.files).toBeGreaterThan(15);
  expect(await tree(path)).toEqual(before);
});

test('watchers hear of every change', async () => {
  const api = await desk();
  const { folder } = await toy();
  await result(api.open({ kind: 'session', path: folder }, never));
  const controller = new AbortController();
  const seen: SessionState[] = [];
  const watching = (async () => {
    for await (const state of api.watch(undefined, controller.signal)) seen.push(state);
  })();
  await result(api.run({ stations: ['sort'] }, never));
  controller.abort();
  await expect(watching).rejects.toThrow('cancelled');
  expect(seen.map(({ version }) => version)).toEqual([...seen.map(({ version }) => version)].sort((a, b) => a - b));
  expect(seen.some(({ stations }) => stations.sort.state === 'running')).toBe(true);
  expect(seen.at(-1)?.stations.sort.state).toBe('done');
});

test('a failed station says why until something changes', async () => {
  const api = await desk();
  const { folder } = await toy();
  await result(api.open({ kind: 'session', path: folder }, never));
  await rm(join(folder, 'truth', 'spikes.npy'));
  await expect(result(api.run({ stations: ['sort'] }, never))).rejects.toThrow(/spikes.npy/);
  const failed = (await api.watch(undefined, never).next()).value;
  expect(failed).toMatchObject({
    stations: { sort: { state: 'failed', error: { message: expect.stringMatching(/spikes.npy/) } } },
  });
  const { sorting: _, ...session } = failed!.session;
  const edited = await result(api.edit({ ...session, name: 'again' }, never));
  expect(edited.stations.sort.state).not.toBe('failed');
  await result(api.close(undefined, never));
  expect(await readdir(folder)).not.toContain('.spikedesk');
});

test('a sorting made anew sets the curation of the one before aside, and says so', async () => {
  const api = await desk();
  const { folder } = await toy(20);
  await result(api.open({ kind: 'session', path: folder }, never));
  const { sorting: _, ...rest } = (await result(api.edit({}, never))).session;
  const sorted = { name: 'spikedesk', params: {} };
  const session = { ...rest, sorter: sorted, exports: [] };
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(folder, 'session.json'), JSON.stringify(session));
  await result(api.open({ kind: 'session', path: folder }, never));
  const first = await result(api.run({ stations: ['sort'] }, never));
  const unitIds = first.curation!.units.map(({ unitId }) => unitId);
  await result(api.curate({ type: 'label', unitIds: unitIds.slice(0, 1), key: 'group', values: ['mua'] }, never));
  await result(
    api.edit({ preprocess: [{ step: 'bandpass_filter', params: { freq_min: 350 }, enabled: true }] }, never),
  );
  const second = await result(api.run({ stations: ['sort'] }, never));
  expect(second.curation).toMatchObject({ events: 0 });
  expect(second.notices).toEqual([expect.stringMatching(/is the curation of other units: it is set aside/)]);
});
