import { create } from 'zustand';
import type { SessionState } from '../../core/shared/api.ts';
import type { Session } from '../../core/shared/session.ts';
import type { ChainDraft } from '../views/view.ts';

type Steps = Session['preprocess'];

interface ChainStore {
  /** The chain while something of it is dragged: seen, but not saved. */
  readonly draft: Steps | undefined;
  /** The step that is looked at. */
  readonly selected: number | undefined;
  /** Chains before the last changes, and those that undo has left, of one session. */
  readonly folder: string;
  readonly past: readonly Steps[];
  readonly future: readonly Steps[];
  show(draft: Steps | undefined): void;
  select(selected: number | undefined): void;
  /** `from` has become another chain by the user's hand. */
  changed(folder: string, from: Steps): void;
  /** Takes a step back (or forward again) from `now`; the chain to have then. */
  back(folder: string, now: Steps): Steps | undefined;
  forward(folder: string, now: Steps): Steps | undefined;
}

/** Changes that can be undone. */
const MOST = 100;

/** The chain of preprocessing steps while it is being changed. */
export const useChain = create<ChainStore>()((set, get) => ({
  draft: undefined,
  selected: undefined,
  folder: '',
  past: [],
  future: [],
  show: (draft) => set({ draft }),
  select: (selected) => set({ selected }),
  changed: (folder, from) =>
    set((before) => ({
      folder,
      past: [...(before.folder === folder ? before.past : []), from].slice(-MOST),
      future: [],
    })),
  back(folder, now) {
    const { past, future } = get();
    const to = get().folder === folder ? past.at(-1) : undefined;
    if (to) set({ past: past.slice(0, -1), future: [...future, now] });
    return to;
  },
  forward(folder, now) {
    const { past, future } = get();
    const to = get().folder === folder ? future.at(-1) : undefined;
    if (to) set({ past: [...past, now], future: future.slice(0, -1) });
    return to;
  },
}));

let last: { readonly steps: Steps; readonly selected: number | undefined; readonly draft: ChainDraft } | undefined;

/** What views are told: the same object while nothing changed. */
export function chainDraft({ session }: SessionState): ChainDraft {
  const { draft, selected: wanted } = useChain.getState();
  const steps = draft ?? session.preprocess;
  const selected = wanted !== undefined && wanted < steps.length ? wanted : undefined;
  if (last?.steps !== steps || last.selected !== selected)
    last = { steps, selected, draft: { steps, ...(selected !== undefined && { selected }) } };
  return last.draft;
}
