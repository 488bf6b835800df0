import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toyRecording } from '../generate/toy.ts';
import type { Session } from '../shared/session.ts';
import { writeSiRecording } from '../store/siRecording.ts';
import { writeSiSorting } from '../store/siSorting.ts';
import { parseSession, sessionText } from './sessionFile.ts';
import type { Workspace } from './workspace.ts';

/** For tests: a folder with a small recording, its true sorting, and a session that analyzes and exports it. */
export async function toySession(
  parts: Partial<Session> = {},
  seconds = 2,
): Promise<Workspace & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'toy séssion #1 '));
  const { recording, sorting } = toyRecording({ seconds, units: 3 });
  await writeSiRecording(join(folder, 'recording'), recording);
  await writeSiSorting(join(folder, 'truth'), { ...sorting, unitIds: [3, 7, 8] });
  const file = join(folder, 'session.json');
  const session = parseSession(
    {
      spikedesk: 1,
      recording: { format: 'spikeinterface_binary', paths: ['recording'] },
      preprocess: [{ step: 'bandpass_filter' }, { step: 'common_reference', enabled: false }],
      sorting: { format: 'spikeinterface_numpy', path: 'truth' },
      groundTruth: { format: 'spikeinterface_numpy', path: 'truth' },
      exports: [{ name: 'phy', folder: 'phy' }],
      ...parts,
    },
    file,
  );
  await writeFile(file, sessionText(session));
  return { folder, file, session };
}
