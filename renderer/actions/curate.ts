import type { SessionState } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { useProblems } from '../state/problems.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import type { Services } from './services.ts';

export type Group = 'good' | 'mua' | 'noise' | '';

/** Edits of the curation. Each waits for the one before: a key pressed fast acts on what is there by then. */
export function curateActions({ client }: Pick<Services, 'client'>) {
  let last: Promise<unknown> = Promise.resolve();

  function inTurn(edit: () => Promise<void>): Promise<void> {
    const done = last.then(edit).catch((error: unknown) => useProblems.getState().tell(error));
    last = done;
    return done;
  }

  async function curate(event: Parameters<typeof client.call<'curate'>>[1]): Promise<SessionState> {
    const session = await client.call('curate', event);
    useSession.getState().receive(session);
    return session;
  }

  return {
    merge: () =>
      inTurn(async () => {
        const { unitIds, similar, edited } = useSelection.getState();
        if (unitIds.length < 2) return;
        const before = idsOf(useSession.getState().session);
        const session = await curate({ type: 'merge', unitIds });
        edited(
          { unitIds, similar },
          [...idsOf(session)].filter((unitId) => !before.has(unitId)),
        );
      }),
    label: (group: Group) =>
      inTurn(async () => {
        const { unitIds, similar, edited } = useSelection.getState();
        if (unitIds.length === 0) return;
        await curate({ type: 'label', unitIds, key: 'group', values: group === '' ? [] : [group] });
        edited({ unitIds, similar }, unitIds);
      }),
    undo: () =>
      inTurn(async () => {
        if (!useSession.getState().session?.curation?.canUndo) return;
        await curate({ type: 'undo' });
        useSelection.getState().undid();
        keepKnown();
      }),
    redo: () =>
      inTurn(async () => {
        if (!useSession.getState().session?.curation?.canRedo) return;
        await curate({ type: 'redo' });
        useSelection.getState().redid();
        keepKnown();
      }),
  };
}

function idsOf(session: SessionState | undefined): Set<UnitId> {
  return new Set(session?.curation?.units.map(({ unitId }) => unitId));
}

/** Edits of an earlier session can be undone too; of them no selection is known. */
function keepKnown(): void {
  useSelection.getState().keep(idsOf(useSession.getState().session));
}
