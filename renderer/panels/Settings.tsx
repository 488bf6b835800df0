import { Fragment, type ReactNode } from 'react';
import { useSession } from '../state/session.ts';

/**
 * The part of a station that changes the session: not while it runs, because what runs was begun with what stands
 * there. A change that core refused is taken back: everything inside is made anew from the session.
 */
export function Settings({ children }: { readonly children: ReactNode }) {
  const running = useSession((s) => s.session?.running !== undefined);
  const refused = useSession((s) => s.refused);
  return (
    <fieldset className="settings" disabled={running}>
      {running && <p className="quiet">Settings can be changed when the run has ended or is cancelled.</p>}
      <Fragment key={refused}>{children}</Fragment>
    </fieldset>
  );
}
