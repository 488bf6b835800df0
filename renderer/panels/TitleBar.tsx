import { Keyboard, Moon, Search, Sun, X } from 'lucide-react';
import type { SessionState } from '../../core/shared/api.ts';
import { LayoutMenu } from '../dock/LayoutMenu.tsx';
import { useLayout } from '../state/layout.ts';
import { useSession } from '../state/session.ts';
import { useActions } from './services.ts';

/** The session's name, when it was saved, and what concerns the whole window. */
export function TitleBar() {
  const actions = useActions();
  const theme = useLayout((s) => s.theme);
  const session = useSession((s) => s.session);
  const name = session?.session.name;
  return (
    <header className="title-bar">
      <span className="product">Spikedesk</span>
      {session && (
        <>
          <span className="session-name" title={session.file ?? session.folder}>
            {name || 'Session without a name'}
          </span>
          <span className="saved">{savedText(session)}</span>
        </>
      )}
      <span className="spring" />
      <button type="button" onClick={actions.togglePalette} title="Find a command, unit, channel or view (Ctrl+K)">
        <Search size={14} aria-hidden />
        Find
      </button>
      {session && <LayoutMenu />}
      <button type="button" onClick={actions.toggleHelp} title="All keys, to look up and to change (H)">
        <Keyboard size={14} aria-hidden />
        Keys
      </button>
      <button type="button" onClick={actions.toggleTheme} title="Dark or light (Ctrl+Shift+D)">
        {theme === 'dark' ? <Sun size={14} aria-hidden /> : <Moon size={14} aria-hidden />}
        {theme === 'dark' ? 'Light' : 'Dark'}
      </button>
      {session && (
        <button
          type="button"
          onClick={() => void actions.closeSession()}
          title="Back to the welcome page; all is saved"
        >
          <X size={14} aria-hidden />
          Close session
        </button>
      )}
    </header>
  );
}

/** "saved 12:03" */
export function savedText({
  savedAt = '',
  editedAt = '',
  curation,
}: Pick<SessionState, 'savedAt' | 'editedAt' | 'curation'>): string {
  const time = new Date(savedAt > editedAt ? savedAt : editedAt);
  if (Number.isNaN(time.getTime()))
    return curation && curation.events > 0 ? 'curation saved' : 'not saved yet: the first Run or edit makes its folder';
  return `${savedAt === '' ? 'curation saved' : 'saved'} ${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}
