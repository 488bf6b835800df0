import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { binary } from '../../core/formats/binary.ts';
import { spikeglx } from '../../core/formats/spikeglx.ts';
import type { z } from '../../core/shared/zod.ts';
import { readJson } from '../../core/store/json.ts';
import type { Area, GoldenPlace, Verdict } from './area.ts';
import { arraysSchema, expectedSchema, recordingSchema, sortingSchema, streamsSchema } from './formatsExpected.ts';
import { checkProbe } from './formatsProbe.ts';
import { checkRecording } from './formatsRecording.ts';
import { checkArrays, checkSorting } from './formatsSorting.ts';
import { differing, type Part } from './parts.ts';
import { roundTrip } from './probeFiles.ts';

/** Folders of data.tar.xz whose formats are read. */
const folders = [
  'raw-locust',
  'spikeglx-np1-noise4sam',
  'spikeglx-np2-4shank',
  'spikeglx-np2-with-sync',
  'spikeglx-multi-gate-trigger',
  'spikeglx-metas',
  'spikeglx-nidq-digital',
  'phy-kilosort-example0',
  'kilosort4-output-tetrode',
];

/** All 246 probes of probeinterface's library, read and written again. */
const PROBE_LIBRARY = 'formats/probe-library';

async function* checkProbeLibrary(place: GoldenPlace): AsyncGenerator<Part> {
  const folder = join(place.scratch, 'probes');
  mkdirSync(folder);
  execFileSync('tar', ['xJf', join(place.golden, '..', 'probe-library.tar.xz'), '-C', folder]);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  yield { part: 'files', error: files.length === 246 ? 0 : 1 };
  for (const name of files) {
    const path = join(folder, name);
    yield { part: basename(name), error: roundTrip(await readJson(path), path).length };
  }
}

type Expected = z.output<typeof expectedSchema>;

/** Every read that the samples' expected.json describe (SpikeInterface 0.105.3, neo, probeinterface), field by field. */
export const formatsArea: Area = {
  name: 'formats',
  async entries(place) {
    const data = await place.data();
    const reads = folders.flatMap((folder) => Object.keys(expected(data, folder)).map((call) => entryOf(folder, call)));
    return [...reads, PROBE_LIBRARY];
  },
  async *check(place) {
    const data = await place.data();
    for (const folder of folders)
      for (const [call, description] of Object.entries(expected(data, folder)))
        yield* named(entryOf(folder, call), checkRead(join(data, folder), call, description, place));
    yield* named(PROBE_LIBRARY, checkProbeLibrary(place));
  },
};

function expected(data: string, folder: string): Expected {
  return expectedSchema.parse(JSON.parse(readFileSync(join(data, folder, 'expected.json'), 'utf8')));
}

function entryOf(folder: string, call: string): string {
  return `formats/${folder}/${call.replace(/\s+#.*$/, '').replaceAll('/', ':')}`;
}

async function* named(entry: string, parts: AsyncGenerator<Part>): AsyncGenerator<Verdict, void> {
  try {
    for await (const part of parts) yield { entry, ...part };
  } catch (error) {
    yield { entry, part: 'read', error: Number.NaN, note: error instanceof Error ? error.message : String(error) };
  }
}

async function* checkRead(
  folder: string,
  call: string,
  description: Expected[string],
  place: GoldenPlace,
): AsyncGenerator<Part> {
  place.signal.throwIfAborted();
  const [, name = '', args = ''] = /^([\w.]+)[ (](?:of )?([^)]*)/.exec(call) ?? [];
  const target = join(folder, args.split(', ')[0]!);
  if (name === 'read_binary') {
    const option = (key: string) => new RegExp(`${key}='?([^,')]+)`).exec(args)?.[1];
    const params = {
      sampling_frequency: Number(option('sampling_frequency')),
      dtype: option('dtype') ?? 'int16',
      num_channels: Number(option('num_channels')),
    };
    yield* checkRecording(
      await binary.open({ format: 'binary', paths: [target], params }),
      recordingSchema.parse(description),
    );
  } else if (name === 'read_spikeglx') {
    const stream = /stream_id='([^']+)'/.exec(args)?.[1] ?? '';
    const found = (await spikeglx.find(target)).find(({ spec }) => spec.params.stream_id === stream);
    yield { part: 'found', error: found ? 0 : 1 };
    if (found) yield* checkRecording(await spikeglx.open(found.spec), recordingSchema.parse(description));
  } else if (name === 'read_phy' || name === 'read_kilosort')
    yield* checkSorting(target, sortingSchema.parse(description));
  else if (name === 'numpy.load') yield* checkArrays(dirname(target), arraysSchema.parse(description));
  else if (name === 'probeinterface.read_spikeglx') yield* checkProbe(target, description, place);
  else if (name === 'neo.rawio.SpikeGLXRawIO') yield* checkStreams(target, streamsSchema.parse(description));
  else yield { part: 'this read', missing: true };
}

async function* checkStreams(folder: string, golden: z.output<typeof streamsSchema>): AsyncGenerator<Part> {
  const found = await spikeglx.find(folder);
  const names = found.map(({ spec }) => String(spec.params.stream_id));
  const expected = golden.signal_streams.map(([name]) => name ?? '');
  yield { part: 'signal_streams', error: differing(names.sort(), expected.sort()) };
  yield { part: 'events of the digital lines', missing: true };
}
