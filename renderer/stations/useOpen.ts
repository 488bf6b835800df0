import type { Catalogue, SessionState } from '../../core/shared/api.ts';
import { useSession } from '../state/session.ts';

/** The open session and the lists; only used by pages that are shown when both are there. */
export function useOpen(): { readonly state: SessionState; readonly catalogue: Catalogue } {
  const state = useSession((s) => s.session);
  const catalogue = useSession((s) => s.catalogue);
  if (!state || !catalogue) throw new Error('a station is shown without a session');
  return { state, catalogue };
}
