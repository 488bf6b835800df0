import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPool, type Pool } from '../../core/compute/pool.ts';
import { open } from '../../core/open.ts';
import { random } from '../../core/shared/random.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import { type Bench, best } from './bench.ts';
import { openPeer } from './peer.ts';

const SECONDS = 10;
const RATE = 30_000;
const ROUNDS = 5;
const sizes = [64, 384];
const nameOf = (channels: number) => `band-pass and CMR, ${channels} channels, ${SECONDS} s`;

/**
 * Band-pass and common median reference of a recording read from disk, by all cores: ours by a pass of the pool,
 * SpikeInterface's by its own chunk executor (in one process, in as many processes or threads as we have workers:
 * the fastest counts). Both from the page cache and nothing written; in turns, the best round of each.
 */
export const preprocess: Bench = {
  name: 'preprocess',
  rows: sizes.map((channels) => ({ name: nameOf(channels), unit: 's', goal: 2 })),
  async *run({ python, scratch, dist }) {
    if (!python) throw new Error('no SpikeInterface to compare with: SPIKEDESK_ORACLES/si105/bin/python');
    const script = fileURLToPath(new URL('../e2e/bench/preprocess.py', dist));
    const pool = openPool({ worker: new URL('worker.mjs', dist) });
    try {
      for (const channels of sizes) {
        const file = join(scratch, `${channels}.raw`);
        writeFileSync(file, noise(SECONDS * RATE, channels));
        const peer = openPeer(python, script, [file, String(channels), String(RATE), String(pool.size)]);
        const [ours, theirs]: [number[], number[]] = [[], []];
        for (let round = 0; round < ROUNDS; round++) {
          ours.push(await pass(pool, file, channels));
          for (const way of ['one', 'processes', 'threads']) theirs.push(Number(await peer.ask(way)));
        }
        peer.close();
        yield { name: nameOf(channels), ours: best(ours), peer: best(theirs) };
      }
    } finally {
      await pool.close();
    }
  },
};

/** Seconds of one pass. */
async function pass(pool: Pool, file: string, channels: number): Promise<number> {
  const params = { sampling_frequency: RATE, num_channels: channels, dtype: 'int16' };
  const source: RecordingSpec = { format: 'binary', paths: [file], params };
  const filtered: RecordingSpec = { step: 'bandpass_filter', params: {}, parent: source };
  const spec: RecordingSpec = { step: 'common_reference', params: {}, parent: filtered };
  const recording = await open(spec);
  const { info } = recording;
  recording.close();
  const start = performance.now();
  const args = { recording: spec, info, collectors: [], margin: 0, stage: 'bench' };
  const running = pool.pass(args, new AbortController().signal);
  while (!(await running.next()).done);
  return (performance.now() - start) / 1000;
}

/** Noise of a few tens of raw units with a slow wave and some noise all channels share. [frames][channels] */
function noise(frames: number, channels: number): Int16Array {
  const { integer } = random(channels);
  const out = new Int16Array(frames * channels);
  for (let f = 0; f < frames; f++) {
    const shared = 200 * Math.sin(f / 3000) + integer(41) - 20;
    for (let c = 0; c < channels; c++) out[f * channels + c] = shared + integer(81) + integer(81) - 80;
  }
  return out;
}
