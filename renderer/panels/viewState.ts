import { chainDraft } from '../state/chain.ts';
import { useFocus } from '../state/focus.ts';
import { useLayout } from '../state/layout.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { palettes } from '../views/palette.ts';
import type { ViewState } from '../views/view.ts';

/** What views depend on, as it is now; undefined while no session is open. */
export function viewState(): ViewState | undefined {
  const { session } = useSession.getState();
  if (!session) return undefined;
  const { unitIds, order } = useSelection.getState();
  const { focus, window: shown } = useFocus.getState();
  const palette = palettes[useLayout.getState().theme];
  return {
    session,
    unitIds,
    order,
    focus,
    ...(shown && { window: shown }),
    chain: chainDraft(session),
    palette,
    ratio: window.devicePixelRatio,
  };
}
