import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeNpy } from '../../core/store/npyEncode.ts';
import { must, type RoadCheck } from './check.ts';
import { cli } from './cli.ts';
import { makeToy, writeSession } from './toy.ts';
import { treeHash } from './tree.ts';

type SessionJson = Record<string, unknown>;

interface Bad {
  readonly name: string;
  /** Spoils a good session; `session` is its JSON, to be changed. */
  spoil(folder: string, session: SessionJson): Promise<void> | void;
  /** The file (or what stands for it) that the error must name. */
  readonly names: string;
  /** The cause it must tell. */
  readonly says: RegExp;
  /** Arguments instead of `run session.json`. */
  readonly args?: (folder: string) => readonly string[];
}

const flat = (params: object, file = 'recording/traces_cached_seg0.raw') => ({
  format: 'binary',
  paths: [file],
  params: { sampling_frequency: 30_000, num_channels: 8, dtype: 'int16', ...params },
});
const linear = { generator: 'linear', params: {} };
const spikes = (samples: readonly number[]) => (folder: string) =>
  writeFile(join(folder, 'truth', 'spikes.npy'), encodeSpikes(samples));

function encodeSpikes(samples: readonly number[]): Uint8Array {
  const zeros = new Int32Array(samples.length);
  const pieces = encodeNpy({
    fields: ['sample_index', 'unit_index', 'segment_index'].map((name) => ({ name, dtype: '<i8' })),
    shape: [samples.length],
    data: { sample_index: Float64Array.from(samples), unit_index: zeros, segment_index: zeros },
  });
  return Buffer.concat(pieces instanceof Uint8Array ? [pieces] : pieces);
}

/** A .npy of Python objects: the header numpy writes, and a pickle that would run code. */
function objectNpy(): Buffer {
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (4,), }";
  const padded = `${header.padEnd(117, ' ')}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    Buffer.from(padded),
    Buffer.from("cos\nsystem\n(S'touch /tmp/owned'\ntR."),
  ]);
}

const table: readonly Bad[] = [
  {
    name: 'a .bin without its .meta',
    async spoil(folder, session) {
      await cp(join(folder, 'recording', 'traces_cached_seg0.raw'), join(folder, 'run_g0_t0.imec0.ap.bin'));
      session.recording = { format: 'spikeglx', paths: ['run_g0_t0.imec0.ap.bin'], params: {} };
    },
    names: 'run_g0_t0.imec0.ap',
    says: /\.meta/,
  },
  {
    name: 'a size that is no multiple of the channels',
    async spoil(folder) {
      await appendFile(join(folder, 'recording', 'traces_cached_seg0.raw'), new Uint8Array(6));
    },
    names: 'traces_cached_seg0.raw',
    says: /multiple|whole frames|channels/,
  },
  {
    name: 'a truncated npy',
    spoil: (folder) => truncate(join(folder, 'truth', 'spikes.npy'), 300),
    names: 'spikes.npy',
    says: /is cut/,
  },
  {
    name: 'an npy of Python objects',
    async spoil(folder) {
      await mkdir(join(folder, 'truth', 'properties'), { recursive: true });
      await writeFile(join(folder, 'truth', 'properties', 'quality.npy'), objectNpy());
    },
    names: 'quality.npy',
    says: /never unpickled/,
  },
  {
    name: 'a gain that is NaN',
    async spoil(folder) {
      const data = new Float64Array(8).fill(0.2).with(3, Number.NaN);
      const bytes = encodeNpy({ shape: [8], data });
      await writeFile(
        join(folder, 'recording', 'properties', 'gain_to_uV.npy'),
        Buffer.concat(bytes instanceof Uint8Array ? [bytes] : bytes),
      );
    },
    names: 'gain_to_uV.npy',
    says: /channel 3 is NaN/,
  },
  ...[Number.NaN, Number.POSITIVE_INFINITY].map(
    (value): Bad => ({
      name: `samples that are ${value}`,
      async spoil(folder, session) {
        const samples = new Float32Array(8 * 30_000);
        samples[8 * 20_000 + 5] = value;
        await writeFile(join(folder, 'float.raw'), new Uint8Array(samples.buffer));
        session.recording = flat({ dtype: 'float32' }, 'float.raw');
        session.probe = linear;
        session.sorting = undefined;
        session.sorter = { name: 'spikedesk' };
      },
      names: 'float.raw',
      says: new RegExp(`${value} at frame 20000, channel 5`),
    }),
  ),
  {
    name: '0 channels',
    spoil(_, session) {
      session.recording = flat({ num_channels: 0 });
    },
    names: 'traces_cached_seg0.raw',
    says: /0 channels/,
  },
  { name: 'spikes that are not in order', spoil: spikes([900, 100]), names: 'spikes.npy', says: /before|order/ },
  { name: 'a negative spike', spoil: spikes([-5, 100]), names: 'spikes.npy', says: /-5, before the start/ },
  {
    name: 'a spike past the end',
    spoil: spikes([100, 60_000]),
    names: 'truth',
    says: /60000, past the end of the recording \(60000 frames\)/,
  },
  {
    name: 'an unknown step',
    spoil(_, session) {
      session.preprocess = [{ step: 'bandpass_fliter' }];
    },
    names: 'bandpass_fliter',
    says: /Did you mean "bandpass_filter"\?/,
  },
  {
    name: 'an unknown parameter',
    spoil(_, session) {
      session.preprocess = [{ step: 'bandpass_filter', params: { freq_mn: 300 } }];
    },
    names: 'freq_mn',
    says: /Did you mean "freq_min"\?/,
  },
  {
    name: 'a parameter of the wrong kind',
    spoil(_, session) {
      session.preprocess = [{ step: 'bandpass_filter', params: { freq_min: 'low' } }];
    },
    names: 'freq_min',
    says: /expected number/,
  },
  {
    name: 'an unknown field',
    spoil(_, session) {
      session.preproces = [];
    },
    names: 'session.json',
    says: /Did you mean "preprocess"\?/,
  },
  {
    name: 'an unknown extension',
    spoil(_, session) {
      session.analyzer = { extensions: [{ name: 'template' }] };
    },
    names: 'template',
    says: /Did you mean "templates"\?/,
  },
  {
    name: 'an unknown metric',
    spoil(_, session) {
      session.analyzer = { metrics: ['sn'] };
    },
    names: 'sn',
    says: /Did you mean "snr"\?/,
  },
  {
    name: 'a session.json of a newer version',
    spoil(_, session) {
      session.spikedesk = 99;
    },
    names: 'session.json',
    says: /version 99.*up to 1/,
  },
  {
    name: 'a session.json that is cut',
    async spoil(folder) {
      await truncate(join(folder, 'session.json'), 100);
    },
    names: 'session.json',
    says: /is not JSON/,
  },
  {
    name: 'no session.json',
    spoil: (folder) => rm(join(folder, 'session.json')),
    names: 'session.json',
    says: /no such file/,
  },
  {
    name: 'a missing data file',
    spoil: (folder) => rm(join(folder, 'recording', 'traces_cached_seg0.raw')),
    names: 'traces_cached_seg0.raw',
    says: /no such file/,
  },
  {
    name: 'no probe',
    spoil(_, session) {
      session.recording = flat({});
    },
    names: '"probe"',
    says: /where its channels are/,
  },
  {
    name: 'a probe of another size',
    spoil(_, session) {
      session.probe = { generator: 'tetrode' };
      session.recording = flat({ num_channels: 5 });
    },
    names: '5 channels',
    says: /probe|tetrode|four|divide/i,
  },
  {
    name: 'an export folder with something else in it',
    async spoil(folder) {
      await mkdir(join(folder, 'phy'));
      await writeFile(join(folder, 'phy', 'thesis.txt'), 'mine');
    },
    names: 'phy',
    says: /holds something else/,
  },
  {
    name: 'a results folder with something else in it',
    async spoil(folder) {
      await mkdir(join(folder, 'sorting'));
      await writeFile(join(folder, 'sorting', 'thesis.txt'), 'mine');
    },
    names: 'sorting',
    says: /holds something else/,
  },
  {
    name: 'an export into a file',
    async spoil(folder, session) {
      await writeFile(join(folder, 'thesis.txt'), 'mine');
      session.exports = [{ name: 'phy', folder: 'thesis.txt/phy' }];
    },
    names: 'thesis.txt',
    says: /is a file, not a folder/,
  },
  {
    name: 'info of a path that is not there',
    spoil() {},
    names: 'nothing-here',
    says: /does not exist/,
    args: (folder) => ['info', join(folder, 'nothing-here')],
  },
  {
    name: 'info of something else',
    spoil: (folder) => writeFile(join(folder, 'thesis.txt'), 'mine'),
    names: 'thesis.txt',
    says: /nothing that Spikedesk reads/,
    args: (folder) => ['info', join(folder, 'thesis.txt')],
  },
  {
    name: 'an unknown command',
    spoil() {},
    names: 'rnu',
    says: /Did you mean "run"\?/,
    args: () => ['rnu'],
  },
  {
    name: 'an unknown option',
    spoil() {},
    names: '--form',
    says: /spikedesk run --help/,
    args: (folder) => ['run', folder, '--form', 'sort'],
  },
  {
    name: 'init of a file that does not tell its channels',
    spoil() {},
    names: 'flat.raw',
    says: /--set sampling_frequency=\d+ --set num_channels=\d+/,
    args: (folder) => ['init', join(folder, 'flat.raw')],
  },
];

function checkOf({ name, spoil, names, says, args }: Bad, number: number): RoadCheck {
  return {
    name: `bad input: ${name}`,
    async run(place) {
      const folder = join(place.scratch, `bad ${number}`);
      await makeToy(folder);
      await cp(join(folder, 'recording', 'traces_cached_seg0.raw'), join(folder, 'flat.raw'));
      const session: SessionJson = JSON.parse(await readFile(join(folder, 'session.json'), 'utf8'));
      const given = JSON.stringify(session);
      await spoil(folder, session);
      if (JSON.stringify(session) !== given) await writeSession(folder, session);
      const before = treeHash(place.scratch);
      const ended = await cli(
        args?.(folder) ?? ['run', join(folder, 'session.json')],
        join(place.scratch, '..', 'data'),
      );
      const { code, stderr } = ended;
      must(code === 1, `exit code ${code}, stderr: ${stderr}`);
      must(stderr.trim().split('\n').length === 1, `not one line: ${stderr}`);
      must(stderr.includes(names), `does not name ${names}: ${stderr}`);
      must(says.test(stderr), `does not say ${says}: ${stderr}`);
      must(treeHash(place.scratch) === before, 'something was written');
      must(!existsSync('/tmp/owned'), 'a pickle was run');
      await rm(folder, { recursive: true });
      return stderr.trim().replace('spikedesk: ', '').replaceAll(place.scratch, '…').slice(0, 110);
    },
  };
}

export const badInput: readonly RoadCheck[] = table.map(checkOf);
