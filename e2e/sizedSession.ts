import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columnsProbe } from '../core/generate/columnsProbe.ts';
import { groundTruth } from '../core/generate/groundTruth.ts';
import { sessionText } from '../core/pipeline/sessionFile.ts';
import { sessionSchema } from '../core/shared/session.ts';
import { writeSiRecording } from '../core/store/siRecording.ts';
import { writeSiSorting } from '../core/store/siSorting.ts';

const SECONDS = 8;

/** A session with so many channels and units, analysed; its units are those the recording was made of. Seed 0. */
export async function makeSizedSession(
  folder: string,
  { channels, units, app }: { readonly channels: number; readonly units: number; readonly app: string },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { recording, sorting } = groundTruth({
    seed: 0,
    samplingFrequency: 30_000,
    seconds: [SECONDS],
    probe: columnsProbe(channels, channels < 4 ? 1 : channels < 384 ? 2 : 4),
    snrs: Array.from({ length: units }, (_, i) => 4 + (16 * i) / units),
    ratesHz: [1, 20],
    hashSnrs: [],
    noiseUv: 8,
    amplitudeJitter: 0.08,
    refractoryMs: 2,
    gainUv: 0.195,
  });
  await writeSiRecording(join(folder, 'recording'), recording);
  await writeSiSorting(join(folder, 'truth'), sorting);
  const session = sessionSchema.parse({
    spikedesk: 1,
    name: `${channels} channels, ${units} units`,
    recording: { format: 'spikeinterface_binary', paths: ['recording'] },
    preprocess: [{ step: 'bandpass_filter' }, ...(channels >= 8 ? [{ step: 'common_reference' }] : [])],
    sorting: { format: 'spikeinterface_numpy', path: 'truth' },
  });
  const file = join(folder, 'session.json');
  writeFileSync(file, sessionText(session));
  execFileSync(process.execPath, [join(app, 'dist/cli.mjs'), 'run', file], { stdio: ['ignore', 'ignore', 'inherit'] });
}
