import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toyRecording } from '../../core/generate/toy.ts';
import type { Sorting } from '../../core/shared/sorting.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';
import { writeSiSorting } from '../../core/store/siSorting.ts';

/** A folder with a small recording, its true sorting and a session.json that takes both and exports to phy. */
export async function makeToy(
  folder: string,
  change: (session: Record<string, unknown>) => void = () => {},
): Promise<Sorting> {
  await mkdir(folder, { recursive: true });
  const { recording, sorting } = toyRecording({ seconds: 2, units: 4, channels: 8 });
  const truth = { ...sorting, unitIds: ['a', 'b', 'c', 'd'] };
  await writeSiRecording(join(folder, 'recording'), recording);
  await writeSiSorting(join(folder, 'truth'), truth);
  const session = {
    spikedesk: 1,
    recording: { format: 'spikeinterface_binary', paths: ['recording'], params: {} },
    preprocess: [
      { step: 'bandpass_filter', params: {} },
      { step: 'whiten', params: {}, enabled: false },
    ],
    sorting: { format: 'spikeinterface_numpy', path: 'truth' },
    analyzer: {},
    exports: [{ name: 'phy', folder: 'phy' }],
  };
  change(session);
  await writeSession(folder, session);
  return truth;
}

export async function writeSession(folder: string, session: object): Promise<void> {
  await writeFile(join(folder, 'session.json'), JSON.stringify(session, undefined, 2));
}
