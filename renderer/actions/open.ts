import type { Inspection, OpenArgs, SessionState } from '../../core/shared/api.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { Station } from '../../core/shared/session.ts';
import { useFocus } from '../state/focus.ts';
import { useFound } from '../state/found.ts';
import { useLayout } from '../state/layout.ts';
import { forgetMoments } from '../state/panels.ts';
import { useProblems } from '../state/problems.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { forgetUnits } from '../state/tables.ts';
import type { JobRunner } from './job.ts';
import type { Services } from './services.ts';

/** Opening and closing sessions. */
export function openActions({ client, desktop, cache }: Services, jobs: JobRunner) {
  async function open(label: string, args: OpenArgs): Promise<void> {
    const session = await jobs.run(label, (signal, onItem) => client.call('open', args, { signal, onItem }));
    if (!session) return;
    begin(session);
    void refreshRecents();
  }

  function begin(session: SessionState): void {
    cache.clear();
    forgetMoments();
    useFocus.getState().forget();
    useFound.setState({ found: undefined });
    useProblems.getState().clear();
    useSelection.getState().forget();
    forgetUnits();
    useSession.setState({ session });
    useLayout.getState().goTo(firstPage(session));
  }

  async function refreshRecents(): Promise<void> {
    try {
      useSession.setState({ recents: await client.call('recents', undefined) });
    } catch (error) {
      useProblems.getState().tell(error);
    }
  }

  /** Looks at what lies at a path, and opens it if there is only one thing it can be. */
  async function openPath(path: string): Promise<void> {
    const found = await jobs.run('Looking at what is there', (signal) => client.call('inspect', { path }, { signal }));
    if (!found) return;
    const choices = choicesOf(found);
    const only = choices[0];
    if (!only) {
      const hint =
        'Spikedesk opens SpikeGLX and SpikeInterface recordings, and phy, Kilosort and SpikeInterface sortings, by their file or folder. Of flat binary recordings open the file itself.';
      useProblems.getState().tell(new UserError(`nothing that can be opened was found in ${path}`, { hint, path }));
    } else if (choices.length === 1) await open(`Opening ${only.label}`, only.args);
    else useFound.setState({ found: { path, choices } });
  }

  async function pick(kind: 'file' | 'folder', title: string): Promise<void> {
    const [path] = await desktop.pick({ kind, title });
    if (path !== undefined) await openPath(path);
  }

  return {
    open,
    openPath,
    refreshRecents,
    begin,
    openFile: () => pick('file', 'Open a recording, a sorting or a session'),
    openFolder: () => pick('folder', 'Open the folder of a recording, a sorting or a session'),
    openDemo: () => open('Making the demo recording', { kind: 'demo' }),
    async closeSession(): Promise<void> {
      jobs.cancel();
      await client.call('close', undefined).catch(useProblems.getState().tell);
      useSession.getState().close();
      useSelection.getState().forget();
      cache.clear();
      await refreshRecents();
    },
  };
}

/** What was found at a path, as things to open. */
export function choicesOf({
  session,
  recordings,
  sortings,
}: Inspection): { label: string; detail: string; args: OpenArgs }[] {
  return [
    ...(session === undefined
      ? []
      : [{ label: 'Session', detail: session, args: { kind: 'session', path: session } as const }]),
    ...recordings.map((found) => ({
      label: found.label,
      detail: `recording · ${found.spec.paths.join(', ')}`,
      args: { kind: 'recording', found } as const,
    })),
    ...sortings.map(({ format, label, path }) => ({
      label,
      detail: `sorting · ${path}`,
      args: { kind: 'sorting', format, path } as const,
    })),
  ];
}

/** Where work goes on: the first station that waits for something. */
function firstPage({ session, stations, asks, layout, curation }: SessionState): Station {
  if (session.sorting && curation) return 'curate';
  if (asks.length > 0) return 'recording';
  if (!layout) return 'probe';
  if (curation && stations.analyze.state === 'done') return 'curate';
  return 'recording';
}
