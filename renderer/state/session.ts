import { create } from 'zustand';
import type { Catalogue, Recent, SessionState } from '../../core/shared/api.ts';
import { share } from './share.ts';

interface SessionStore {
  /** Core cannot be reached any more. */
  readonly lost: boolean;
  readonly catalogue: Catalogue | undefined;
  readonly recents: readonly Recent[];
  readonly session: SessionState | undefined;
  /** How many changes core did not accept. */
  readonly refused: number;
  /** A new state of the session; an older one than is known is left aside. */
  receive(session: SessionState): void;
  close(): void;
}

export const useSession = create<SessionStore>()((set) => ({
  lost: false,
  catalogue: undefined,
  recents: [],
  session: undefined,
  refused: 0,
  receive: (session) =>
    set(({ session: known }) => {
      if (known && known.folder === session.folder && known.version > session.version) return {};
      return { session: share(known, session) };
    }),
  close: () => set({ session: undefined }),
}));
