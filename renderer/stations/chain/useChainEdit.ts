import type { Session } from '../../../core/shared/session.ts';
import { useActions } from '../../panels/services.ts';
import { useChain } from '../../state/chain.ts';
import { useOpen } from '../useOpen.ts';

type Steps = Session['preprocess'];

/** The chain as it is shown, and the ways to change it. */
export function useChainEdit() {
  const { state } = useOpen();
  const actions = useActions();
  const draft = useChain((s) => s.draft);
  const past = useChain((s) => (s.folder === state.folder ? s.past.length : 0));
  const future = useChain((s) => (s.folder === state.folder ? s.future.length : 0));
  const saved = state.session.preprocess;
  const { folder } = state;

  /** Seen at once; the session has it a moment later. */
  function send(steps: Steps): void {
    const { show } = useChain.getState();
    show(steps);
    void actions.edit({ preprocess: steps }).then(() => {
      if (useChain.getState().draft === steps) show(undefined);
    });
  }

  return {
    steps: draft ?? saved,
    /** Seen, not saved. */
    draft: (steps: Steps) => useChain.getState().show(steps),
    dropDraft: () => useChain.getState().show(undefined),
    set(steps: Steps): void {
      const { show, changed } = useChain.getState();
      if (JSON.stringify(steps) === JSON.stringify(saved)) show(undefined);
      else {
        changed(folder, saved);
        send(steps);
      }
    },
    canUndo: past > 0,
    canRedo: future > 0,
    undo(): void {
      const steps = useChain.getState().back(folder, saved);
      if (steps) send(steps);
    },
    redo(): void {
      const steps = useChain.getState().forward(folder, saved);
      if (steps) send(steps);
    },
  };
}

export type ChainEdit = ReturnType<typeof useChainEdit>;
