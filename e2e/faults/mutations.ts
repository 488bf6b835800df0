import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { phy } from '../../core/formats/phy.ts';
import { writeGlx, writePhy, writeSiFolder, writeSiSpikes } from '../../core/formats/samples.ts';
import { spikeglx } from '../../core/formats/spikeglx.ts';
import { spikeinterfaceBinary } from '../../core/formats/spikeinterfaceBinary.ts';
import { spikeinterfaceNumpy } from '../../core/formats/spikeinterfaceNumpy.ts';
import { readSession } from '../../core/pipeline/sessionFile.ts';
import { UserError } from '../../core/shared/errors.ts';
import { probeGenerators } from '../../core/shared/probeGenerators.ts';
import { parseProbeJson } from '../../core/shared/probeJson.ts';
import { probeJson } from '../../core/shared/probeJsonWrite.ts';
import type { Recording } from '../../core/shared/recording.ts';
import { openJournal } from '../../core/store/journal.ts';
import { readJson, writeJson } from '../../core/store/json.ts';
import { readNpy, writeNpy } from '../../core/store/npy.ts';
import type { FaultCase } from './faultCase.ts';
import { mutate } from './mutate.ts';
import { makeSmallSession } from './smallSession.ts';

/** A good file to be damaged, and what opens it. */
interface Target {
  readonly file: string;
  read(): Promise<unknown>;
}

interface Subject {
  readonly name: string;
  make(folder: string): Promise<readonly Target[]>;
}

async function look(recording: Recording): Promise<void> {
  try {
    for (const [segment, frames] of recording.info.numFrames.entries())
      await recording.read(segment, 0, Math.min(frames, 50));
  } finally {
    recording.close();
  }
}

const subjects: readonly Subject[] = [
  {
    name: 'npy',
    async make(folder) {
      const arrays = [
        { shape: [3, 4], data: new Float32Array(12) },
        { dtype: '<i8', shape: [5], data: [1, 2, 3, 4, 5] },
        { dtype: '<U', shape: [3], data: ['a', 'bc', ''] },
        {
          fields: [
            { name: 'x', dtype: '<i8' },
            { name: 'y', dtype: '<f4' },
          ],
          shape: [3],
          data: { x: [1, 2, 3], y: [1, 2, 3] },
        },
      ];
      const targets: Target[] = [];
      for (const [i, array] of arrays.entries()) {
        const file = join(folder, `${i}.npy`);
        await writeNpy(file, array);
        targets.push({ file, read: () => readNpy(file) });
      }
      return targets;
    },
  },
  {
    name: 'SpikeGLX meta',
    async make(folder) {
      const geometry = {
        imDatPrb_pn: 'NP9999',
        '~snsGeomMap': '(NP9999,1,0,70)(0:27:0:1)(0:59:0:1)(0:27:15:1)(0:59:15:1)',
      };
      const ultra = {
        imDatPrb_pn: 'NP1110',
        '~imroTbl': `(1110,2,0,500,250,1)${Array.from({ length: 24 }, (_, g) => `(${g} 0 0)`).join('')}`,
      };
      return [{}, geometry, ultra].map((more, i) => {
        const bin = writeGlx(join(folder, String(i)), 'run_g0_t0.imec0.ap', 20, 4, more);
        const read = async () => {
          for (const { spec } of await spikeglx.find(join(folder, String(i)))) await look(await spikeglx.open(spec));
          await look(await spikeglx.open({ format: 'spikeglx', paths: [bin], params: {} }));
        };
        return { file: bin.replace('.bin', '.meta'), read };
      });
    },
  },
  {
    name: 'probe JSON',
    async make(folder) {
      const targets: Target[] = [];
      for (const [i, params] of [{}, { num_shank: 2 }].entries()) {
        const file = join(folder, `${i}.json`);
        await writeJson(file, probeJson(probeGenerators[2]!.make(params, 8)));
        targets.push({ file, read: async () => probeJson(parseProbeJson(await readJson(file), file)) });
      }
      return targets;
    },
  },
  {
    name: 'SpikeInterface JSON',
    async make(folder) {
      const recording = await writeSiFolder(join(folder, 'recording'));
      await writeJson(join(recording, 'probegroup.json'), probeJson(probeGenerators[0]!.make({}, 4)));
      await writeJson(join(recording, 'annotations.json'), { is_filtered: true, name: 'x' });
      const sorting = await writeSiSpikes(join(folder, 'sorting'));
      const readRecording = async () => {
        for (const { spec } of await spikeinterfaceBinary.find(recording))
          await look(await spikeinterfaceBinary.open(spec));
      };
      return [
        ...['binary.json', 'probegroup.json', 'annotations.json'].map((name) => ({
          file: join(recording, name),
          read: readRecording,
        })),
        { file: join(sorting, 'numpysorting_info.json'), read: () => spikeinterfaceNumpy.open(sorting) },
      ];
    },
  },
  {
    name: 'params.py',
    async make(folder) {
      await writePhy(
        folder,
        "dat_path = ['raw.dat']\nn_channels_dat = 4\ndtype = 'int16'\noffset = 0\nsample_rate = 1000.\nhp_filtered = False\n",
      );
      writeFileSync(join(folder, 'raw.dat'), new Uint8Array(800));
      return [{ file: join(folder, 'params.py'), read: () => phy.open(folder) }];
    },
  },
  {
    name: 'TSV',
    async make(folder) {
      await writePhy(folder);
      writeFileSync(join(folder, 'cluster_info.tsv'), 'cluster_id\tgroup\tfr\n2\tgood\t1\n5\tmua\t2\n');
      writeFileSync(join(folder, 'cluster_note.csv'), 'cluster_id,note\n2,"a ""b"", c"\n5,x\n');
      const names = ['cluster_group.tsv', 'cluster_depth.tsv', 'cluster_info.tsv', 'cluster_note.csv'];
      return names.map((name) => ({ file: join(folder, name), read: () => phy.open(folder) }));
    },
  },
  {
    name: 'session.json',
    async make(folder) {
      await makeSmallSession(folder);
      const file = join(folder, 'session.json');
      return [{ file, read: () => readSession(file) }];
    },
  },
  {
    name: 'journal',
    async make(folder) {
      const open = () => openJournal(folder, { base: 'mutations' });
      const journal = await open();
      for (let into = 20; into < 24; into++)
        await journal.append({ type: 'merge', unitIds: [into - 20, into - 10], into });
      await journal.append({ type: 'label', unitIds: [23], key: 'größe', values: ['"\\n'] });
      await journal.close();
      const read = async () => {
        await (await open()).close();
        rmSync(`${journal.path}.torn`, { force: true });
      };
      return [{ file: journal.path, read }];
    },
  },
];

const SLOWEST_MS = 5000;
const MOST_BYTES = 512 * 1024 * 1024;

/** Files damaged at random, a kind a case: opened well, or refused in words; never a crash, a hang or a heap of memory. */
export const mutations: readonly FaultCase[] = subjects.map(({ name, make }) => ({
  name: `mutated ${name}`,
  promise: 'a damaged file is read or refused by a UserError, within 5 s and 512 MB',
  runs: { short: 2000, full: 100_000 },
  async *run({ random, scratch, note }, runs) {
    const folder = join(scratch, 'files');
    mkdirSync(folder);
    const targets = await make(folder);
    const good = targets.map(({ file }) => readFileSync(file));
    for (const { read } of targets) await read(); // undamaged they open
    const memory = process.memoryUsage().rss;
    let refused = 0;
    let slowest = 0;
    for (let run = 0; run < runs; run++) {
      const i = random.integer(targets.length);
      const { file, read } = targets[i]!;
      const bytes = mutate(good[i]!, random);
      writeFileSync(file, bytes);
      const start = performance.now();
      try {
        await read();
      } catch (error) {
        refused++;
        if (!(error instanceof UserError))
          yield `run ${run}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}; file: ${excerpt(bytes)}`;
      }
      const ms = performance.now() - start;
      slowest = Math.max(slowest, ms);
      if (ms > SLOWEST_MS) yield `run ${run}: ${Math.round(ms)} ms; file: ${excerpt(bytes)}`;
      const grown = process.memoryUsage.rss() - memory;
      if (grown > MOST_BYTES)
        return yield `run ${run}: ${Math.round(grown / 1e6)} MB more memory; file: ${excerpt(bytes)}`;
      writeFileSync(file, good[i]!);
    }
    note(
      `${refused} refused, ${runs - refused} read; slowest ${slowest.toFixed(0)} ms, ${Math.round((process.memoryUsage.rss() - memory) / 1e6)} MB more memory`,
    );
  },
}));

function excerpt(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1').slice(0, 400));
}
