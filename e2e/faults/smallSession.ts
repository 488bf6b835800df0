import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toyRecording } from '../../core/generate/toy.ts';
import { sessionText } from '../../core/pipeline/sessionFile.ts';
import { sessionSchema } from '../../core/shared/session.ts';
import { sorters } from '../../core/sorters/index.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';

/** A recording of a few seconds and a session that takes it through every station. */
export async function makeSmallSession(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { recording } = toyRecording({ seconds: 5, units: 4, channels: 8 });
  await writeSiRecording(join(folder, 'recording'), recording);
  const session = sessionSchema.parse({
    spikedesk: 1,
    recording: { format: 'spikeinterface_binary', paths: ['recording'] },
    preprocess: [{ step: 'bandpass_filter' }, { step: 'common_reference' }],
    sorter: { name: sorters[0].name },
    exports: [
      { name: 'phy', folder: 'phy' },
      { name: 'spikeinterface', folder: 'spikeinterface' },
    ],
  });
  await writeFile(join(folder, 'session.json'), sessionText(session));
}

export interface CliRun {
  readonly process: ChildProcess;
  /** Exit code (or the signal's name) and what it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | string; readonly errors: string }>;
}

/** `spikedesk ARGS` of the same build, its own data in `home`. */
export function startCli(args: readonly string[], home: string): CliRun {
  const cli = join(dirname(process.argv[1]!), 'cli.mjs');
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SPIKEDESK_DATA: home },
  });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  return { process: child, ended: once(child, 'close').then(([code, signal]) => ({ code: code ?? signal, errors })) };
}
