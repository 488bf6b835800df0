import { readdirSync } from 'node:fs';
import { mkdir, open as openFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toyRecording } from '../../core/generate/toy.ts';
import { open } from '../../core/open.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';
import { must, type RoadCheck, type RoadPlace } from './check.ts';
import { cli, jsonLines } from './cli.ts';
import { ask } from './oracle.ts';
import { writeSession } from './toy.ts';
import { treeHash } from './tree.ts';

const STEPS = [{ step: 'bandpass_filter' }, { step: 'common_reference' }];

/** Two segments of odd length that begin at 3 s and 10.5 s, gains, offsets, text ids. */
async function makeRaw(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { recording } = toyRecording({ channels: 8, units: 4, seconds: 2.35, segments: 2, seed: 4 });
  const info = {
    ...recording.info,
    tStart: [3, 10.5],
    channelIds: Array.from({ length: 8 }, (_, i) => `AP${i}`),
    gainToUv: Array.from({ length: 8 }, (_, i) => 0.2 + i / 100),
    offsetToUv: new Array<number>(8).fill(-12.5),
    properties: { ...recording.info.properties, quality: Array.from({ length: 8 }, (_, i) => `q${i}`) },
  };
  await writeSiRecording(join(folder, 'recording'), { ...recording, info });
  await session(folder, STEPS);
}

const session = (folder: string, preprocess: readonly object[]) =>
  writeSession(folder, {
    spikedesk: 1,
    recording: { format: 'spikeinterface_binary', paths: ['recording'] },
    preprocess: preprocess.map((step) => ({ params: {}, ...step })),
  });

const ways: readonly (readonly [name: string, ...args: string[]])[] = [
  ['b', '--to', 'binary'],
  ['zstd5.zarr', '--to', 'zarr'],
  ['zstd9.zarr', '--to', 'zarr', '--compressor', 'zstd:9:bitshuffle'],
  ['lz4.zarr', '--to', 'zarr', '--compressor', 'lz4:5:shuffle'],
  ['delta.zarr', '--to', 'zarr', '--set', 'delta=true', '--set', 'channel_chunk_size=3'],
];

async function saved(place: RoadPlace, folder: string, ...args: readonly string[]) {
  const ended = await cli(['save', folder, ...args, '--json'], join(place.scratch, 'data'));
  must(ended.code === 0, `save ${args.join(' ')}: ${ended.stderr}`);
  return jsonLines(ended).find(({ type }) => type === 'save')!;
}

const loads: RoadCheck = {
  name: 'save: SpikeInterface loads binary and zarr, equal',
  async run(place) {
    const folder = join(place.scratch, 'to save');
    await makeRaw(folder);
    for (const [name, ...args] of ways) await saved(place, folder, join(folder, name), ...args);
    const paths = ways.map(([name]) => join(folder, name));
    const ours = await open({ format: 'spikeinterface_binary', paths: [paths[0]!], params: {} });
    for (const path of paths.slice(1)) {
      const zarr = await open({ format: 'spikeinterface_zarr', paths: [path], params: {} });
      must(JSON.stringify(zarr.info) === JSON.stringify(ours.info), `${path}: we read another description`);
      for (const [segment, frames] of ours.info.numFrames.entries()) {
        const [a, b] = [await zarr.read(segment, 0, frames), await ours.read(segment, 0, frames)];
        must(
          a.every((value, i) => value === b[i]),
          `${path}: we read other samples`,
        );
      }
    }
    ours.close();
    const versions: string[] = [];
    for (const oracle of ['si105', 'si101'] as const) {
      const seen = ask(place, oracle, 'saved.py', join(folder, 'recording'), ...paths);
      if (!seen) continue;
      versions.push(seen.version);
      const [binary, ...others] = seen.folders;
      // Each of the two steps rounds to whole numbers, half a unit either way.
      must(binary.apart <= 2, `${oracle}: ${binary.apart} units from SpikeInterface's own steps`);
      must(binary.starts.join() === '3,10.5', `${oracle}: segments start at ${binary.starts}`);
      must(binary.properties.includes('quality'), `${oracle}: properties ${binary.properties}`);
      for (const other of others) {
        const { class: _, ...rest } = other;
        must(
          JSON.stringify(rest) === JSON.stringify({ ...binary, class: undefined }),
          `${oracle}: ${other.class} differs`,
        );
      }
    }
    return versions.length > 0 ? `${paths.length} folders, ${versions.join(', ')}` : 'left out: no oracles';
  },
};

const again: RoadCheck = {
  name: 'save: the same recipe is opened, another refused, damage told',
  async run(place) {
    const folder = join(place.scratch, 'to save again');
    await makeRaw(folder);
    const target = join(folder, 'out');
    const first = await saved(place, folder, target, '--to', 'zarr');
    const before = treeHash(`${target}.zarr`);
    const second = await saved(place, folder, target, '--to', 'zarr', '--n-jobs', '1');
    must(first.reused === false && second.reused === true, `reused ${first.reused}, ${second.reused}`);
    await session(folder, STEPS.slice(1));
    const refused = await cli(['save', folder, target, '--to', 'zarr'], join(place.scratch, 'data'));
    must(refused.code === 1 && /another recipe/.test(refused.stderr), refused.stderr);
    must(treeHash(`${target}.zarr`) === before, 'the saved folder was touched');
    must(!readdirSync(folder).some((name) => name.endsWith('.saving')), 'the work of a save was left');
    await session(folder, STEPS);
    await rm(join(`${target}.zarr`, 'traces_seg1', '1.0'));
    const cut = await cli(['save', folder, target, '--to', 'zarr'], join(place.scratch, 'data'));
    must(cut.code === 1 && /1\.0 is missing/.test(cut.stderr), cut.stderr);
    const zarr = await open({ format: 'spikeinterface_zarr', paths: [`${target}.zarr`], params: {} });
    const missing = await zarr.read(1, 30_000, 30_010).then(
      () => 'zeros',
      (error: Error) => error.message,
    );
    must(/missing/.test(missing), `a missing chunk reads as ${missing}`);
    return refused.stderr.trim().slice(0, 60);
  },
};

const changed: RoadCheck = {
  name: 'save: the source changes meanwhile',
  async run(place) {
    const folder = join(place.scratch, 'to save, changed');
    await makeRaw(folder);
    const args = ['save', folder, join(folder, 'out'), '--to', 'binary', '--set', 'chunk_size=50'];
    const running = cli(args, join(place.scratch, 'data'));
    const raw = join(folder, 'recording', 'traces_cached_seg0.raw');
    const work = join(folder, '.out.saving', 'done.jsonl');
    while ((await readFile(work, 'utf8').catch(() => '')) === '') await new Promise((r) => setTimeout(r, 5));
    const file = await openFile(raw, 'r+');
    await file.write(Uint8Array.of(1, 2, 3, 4), 0, 4, 0);
    await file.close();
    const { code, stderr } = await running;
    must(code === 1 && /changed while it was saved/.test(stderr), `${code} ${stderr}`);
    must(!readdirSync(folder).includes('out'), 'a folder lies under the name');
    return stderr.trim().slice(0, 60);
  },
};

export const save: readonly RoadCheck[] = [loads, again, changed];
