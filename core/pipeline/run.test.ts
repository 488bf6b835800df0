import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import type { Session, Station } from '../shared/session.ts';
import { readNumbers } from '../store/npy.ts';
import { makePlan } from './plan.ts';
import { runSession } from './run.ts';
import { toySession } from './toySession.ts';
import type { Workspace } from './workspace.ts';

const bench = { compute: inlineCompute(), version: 'test' };
const all: readonly Station[] = ['analyze', 'export'];
const made: string[] = [];

async function toy(parts: Partial<Session> = {}) {
  const workspace = await toySession(parts);
  made.push(workspace.folder);
  return workspace;
}
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

/** Runs, and tells which stations had something to do. */
async function run(
  workspace: Workspace,
  options: { stations?: readonly Station[]; from?: Station; signal?: AbortSignal } = {},
): Promise<Station[]> {
  const { signal = new AbortController().signal, stations = all, from } = options;
  const ran = new Set<Station>();
  for await (const { station } of runSession(workspace, bench, { stations, ...(from && { from }) }, signal))
    ran.add(station);
  return [...ran];
}

async function states(workspace: Workspace) {
  const { stations } = await makePlan(workspace);
  return Object.fromEntries(Object.entries(stations).map(([name, { state }]) => [name, state]));
}

function changed(workspace: Workspace, parts: Partial<Session>): Workspace {
  return { ...workspace, session: { ...workspace.session, ...parts } };
}

test('a run makes everything, the next one nothing', async () => {
  const workspace = await toy();
  expect(await states(workspace)).toMatchObject({
    recording: 'done',
    preprocess: 'done',
    sort: 'not done',
    analyze: 'not done',
  });
  expect(await run(workspace)).toEqual(['sort', 'analyze', 'export']);
  expect(await states(workspace)).toMatchObject({ sort: 'done', analyze: 'done', curate: 'not done', export: 'done' });
  expect(await run(workspace)).toEqual([]);
  const plan = await makePlan(workspace);
  expect(plan.sorting?.more.accuracy).toMatchObject({ mean: 1 });
  expect((await readdir(workspace.folder)).sort()).toEqual([
    'analyzer',
    'phy',
    'recording',
    'session.json',
    'sorting',
    'truth',
  ]);
  expect([...new Set((await readNumbers(join(workspace.folder, 'phy', 'spike_clusters.npy'))).data)].sort()).toEqual([
    3, 7, 8,
  ]);
});

test('a changed parameter puts what comes after it out of date, and only that is run', async () => {
  const workspace = await toy();
  await run(workspace);
  const filtered = changed(workspace, {
    preprocess: [{ step: 'bandpass_filter', params: { freq_min: 400 }, enabled: true }],
  });
  expect(await states(filtered)).toMatchObject({
    preprocess: 'done',
    sort: 'out of date',
    analyze: 'out of date',
    export: 'out of date',
  });
  const { analyzer } = workspace.session;
  const metrics = changed(workspace, {
    analyzer: { ...analyzer, metric_params: { presence_ratio: { bin_duration_s: 1 } } },
  });
  expect(await states(metrics)).toMatchObject({ sort: 'done', analyze: 'out of date', export: 'out of date' });
  expect(await run(metrics)).toEqual(['analyze', 'export']);
  const none = changed(metrics, {
    preprocess: [{ step: 'bandpass_filter', params: { freq_min: 300 }, enabled: true }],
  });
  expect(await states(none)).toMatchObject({ sort: 'done', analyze: 'done' });
});

test('from a station on everything is run again', async () => {
  const workspace = await toy();
  await run(workspace);
  expect(await run(workspace, { from: 'analyze' })).toEqual(['analyze', 'export']);
});

test('changed data put everything out of date', async () => {
  const workspace = await toy();
  await run(workspace);
  const { writeNpy } = await import('../store/npy.ts');
  await writeNpy(join(workspace.folder, 'recording', 'properties', 'gain_to_uV.npy'), {
    shape: [4],
    data: Float64Array.of(1, 1, 1, 1),
  });
  expect(await states(workspace)).toMatchObject({ sort: 'done' }); // gains are no samples
  await appendFile(join(workspace.folder, 'recording', 'traces_cached_seg0.raw'), new Uint8Array(8));
  expect(await states(workspace)).toMatchObject({ sort: 'out of date', analyze: 'out of date' });
});

test('a folder with something else in it is left alone', async () => {
  const workspace = await toy();
  await mkdir(join(workspace.folder, 'phy'));
  await writeFile(join(workspace.folder, 'phy', 'thesis.txt'), 'mine');
  const before = await readdir(workspace.folder, { recursive: true });
  await expect(run(workspace)).rejects.toThrow(/phy holds something else/);
  expect(await readdir(workspace.folder, { recursive: true })).toEqual(before);
});

test('an export that was curated in phy since is never replaced', async () => {
  const workspace = await toy();
  await run(workspace);
  await writeFile(join(workspace.folder, 'phy', 'cluster_group.tsv'), 'cluster_id\tgroup\n3\tgood\n');
  const { analyzer } = workspace.session;
  const other = changed(workspace, {
    analyzer: { ...analyzer, metric_params: { presence_ratio: { bin_duration_s: 2 } } },
  });
  await expect(run(other)).rejects.toThrow(/was changed since it was exported \(cluster_group.tsv\)/);
});

test('what cannot be run says which field is missing', async () => {
  const workspace = await toy();
  const { sorting: _, ...rest } = workspace.session;
  await expect(run({ ...workspace, session: rest })).rejects.toThrow(/names neither a sorter nor a sorting/);
  const flat = changed(workspace, {
    recording: { format: 'binary', paths: ['recording/traces_cached_seg0.raw'], params: { num_channels: 4 } },
  });
  await expect(run(flat)).rejects.toMatchObject({ hint: 'Give recording.params.sampling_frequency.' });
  const params = { num_channels: 4, sampling_frequency: 30000 };
  const bare = changed(flat, { recording: { ...flat.session.recording, params } });
  await expect(run(bare)).rejects.toMatchObject({
    message: expect.stringMatching(/where its channels are/),
    hint: expect.stringMatching(/"probe"/),
  });
  const unknown = changed(workspace, { preprocess: [{ step: 'bandpas_filter', params: {}, enabled: true }] });
  await expect(run(unknown)).rejects.toMatchObject({ hint: 'Did you mean "bandpass_filter"?' });
  expect((await readdir(workspace.folder)).sort()).toEqual(['recording', 'session.json', 'truth']);
});

test('a cancelled run leaves no half-made folder, and what was there', async () => {
  const workspace = await toy();
  await run(workspace, { stations: ['sort'] });
  const controller = new AbortController();
  const running = runSession(workspace, bench, { stations: all }, controller.signal);
  let seen = 0;
  const cancelled = (async () => {
    for await (const state of running) if (state.station === 'analyze' && ++seen === 4) controller.abort();
  })();
  await expect(cancelled).rejects.toThrow('cancelled');
  expect((await readdir(workspace.folder)).sort()).toEqual(['recording', 'session.json', 'sorting', 'truth']);
});

test('a sorting of another recording is refused', async () => {
  const workspace = await toy();
  const { writeSiSorting } = await import('../store/siSorting.ts');
  const segments = [{ sampleIndex: Float64Array.of(5, 60_000), unitIndex: Int32Array.of(0, 0) }];
  await rm(join(workspace.folder, 'truth'), { recursive: true });
  await writeSiSorting(join(workspace.folder, 'truth'), {
    samplingFrequency: 30_000,
    unitIds: ['a'],
    segments,
    properties: {},
  });
  await expect(run(workspace)).rejects.toThrow(/past the end of the recording \(60000 frames\)/);
});
