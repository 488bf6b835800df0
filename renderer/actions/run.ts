import type { Json } from '../../core/shared/json.ts';
import type { Session, Station } from '../../core/shared/session.ts';
import { useProblems } from '../state/problems.ts';
import { useSession } from '../state/session.ts';
import type { JobRunner } from './job.ts';
import type { Services } from './services.ts';

/** Changing the session, and running its stations. */
export function runActions({ client, desktop }: Services, jobs: JobRunner) {
  /** Edits are sent one after the other, so that each builds on the one before. */
  let editing: Promise<unknown> = Promise.resolve();

  function edit(change: Partial<Session>): Promise<void> {
    const sent = editing.then(async () => {
      try {
        useSession.getState().receive(await client.call('edit', change));
      } catch (error) {
        useProblems.getState().tell(error);
        useSession.setState(({ refused }) => ({ refused: refused + 1 }));
      }
    });
    editing = sent;
    return sent;
  }

  async function run(stations: readonly Station[]): Promise<void> {
    await editing;
    const session = await jobs.run('Running', (signal, onItem) => client.call('run', { stations }, { signal, onItem }));
    if (!session) return;
    useSession.getState().receive(session);
    const names = stations.length > 1 ? 'All stations are' : `${stations[0]} is`;
    void desktop.notify({ title: session.session.name || 'Spikedesk', body: `${names} done.` });
  }

  return {
    edit,
    run,
    runAll(): Promise<void> {
      const exports = useSession.getState().session?.session.exports.length ?? 0;
      return run([
        'recording',
        'probe',
        'preprocess',
        'sort',
        'analyze',
        ...(exports > 0 ? (['export'] as const) : []),
      ]);
    },
    cancel: () => jobs.cancel(),
    /** Saves the preprocessed recording, or goes on with a save that was stopped; undefined when it failed or was cancelled. */
    async saveRecording(saver: string, folder: string, params: Readonly<Record<string, Json>>) {
      await editing;
      return jobs.run('Saving', (signal, onItem) => client.call('save', { saver, folder, params }, { signal, onItem }));
    },
    /** Undefined when it failed or was cancelled. */
    export(name: string, folder: string, params: Readonly<Record<string, Json>>) {
      return jobs.run('Exporting', (signal, onItem) =>
        client.call('export', { name, folder, params }, { signal, onItem }),
      );
    },
  };
}
