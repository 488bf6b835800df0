import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { relay } from '../compute/relay.ts';
import { defaultSession } from '../pipeline/defaults.ts';
import { sessionText } from '../pipeline/sessionFile.ts';
import type { Compute } from '../shared/compute.ts';
import type { Progress } from '../shared/progress.ts';
import { commitFolder } from '../store/folder.ts';
import { writeSiRecording } from '../store/siRecording.ts';
import { writeSiSorting } from '../store/siSorting.ts';
import { columnsProbe } from './columnsProbe.ts';
import { generated } from './generated.ts';
import { type GroundTruthParams, groundTruth } from './groundTruth.ts';

const UNITS = 16;
const HASH = 10;

/**
 * 32 channels in two columns; 16 units of SNR 4.2 to 18, equal steps of a ratio (so five are below 6); 10 hash units
 * too small to be told apart, which are not in the truth.
 */
export function demoParams({ seed = 0, seconds = 60 }: DemoOptions = {}): GroundTruthParams {
  return {
    seed,
    samplingFrequency: 30_000,
    seconds: [seconds],
    probe: columnsProbe(32, 2),
    snrs: Array.from({ length: UNITS }, (_, i) => 4.2 * (18 / 4.2) ** (i / (UNITS - 1))),
    ratesHz: [0.5, 15],
    hashSnrs: Array.from({ length: HASH }, (_, i) => 1 + (1.5 * i) / (HASH - 1)),
    noiseUv: 8,
    amplitudeJitter: 0.08,
    refractoryMs: 2.5,
    gainUv: 0.195,
  };
}

export interface DemoOptions {
  readonly seed?: number;
  readonly seconds?: number;
}

/** Makes `folder` with recording/, ground_truth/ and the session.json of the demo; all of it or nothing. */
export async function* makeDemo(
  folder: string,
  options: DemoOptions,
  compute: Compute,
  signal: AbortSignal,
): AsyncGenerator<Progress, void> {
  const params = demoParams(options);
  const { sorting, recording } = groundTruth(params);
  const progress = relay<Progress>();
  const building = commitFolder(folder, async (partial) => {
    await writeSiRecording(join(partial, 'recording'), generated(params, compute, signal), {
      signal,
      blockSeconds: 3,
      onProgress: ({ done, of }) => progress.push({ stage: 'making the demo', done, of, unit: 's of recording' }),
    });
    await writeSiSorting(join(partial, 'ground_truth'), sorting);
    const source = { format: 'spikeinterface_binary', paths: [join(partial, 'recording')], params: {} };
    const session = {
      ...defaultSession(source, recording.info, partial),
      name: 'Demo',
      groundTruth: { format: 'spikeinterface_numpy', path: 'ground_truth' },
    };
    await writeFile(join(partial, 'session.json'), sessionText(session));
  });
  building.then(progress.end, progress.fail);
  yield* progress.values();
  await building;
}
