import { File, FolderOpen, Sparkles } from 'lucide-react';
import type { Recent } from '../../core/shared/api.ts';
import { useJobs } from '../state/jobs.ts';
import { useSession } from '../state/session.ts';
import { useActions } from './services.ts';

/** The first page: open something, take up what was open lately, or look around with a made recording. */
export function Welcome() {
  const actions = useActions();
  const busy = useJobs((s) => s.job !== undefined);
  const recents = useSession((s) => s.recents);
  const version = useSession((s) => s.catalogue?.version);
  return (
    <main className="welcome">
      <div className="column">
        <h1>Spikedesk</h1>
        <p className="purpose">
          From a recording of many neurons to the spikes of each: look at the traces, sort, judge the units, export.
          Drop a file or folder anywhere in this window, or begin here.
        </p>
        <div className="doors">
          <button type="button" className="primary" disabled={busy} onClick={() => void actions.openFolder()}>
            <FolderOpen size={16} aria-hidden />
            Open folder
          </button>
          <button type="button" disabled={busy} onClick={() => void actions.openFile()}>
            <File size={16} aria-hidden />
            Open file
          </button>
          <button type="button" disabled={busy} onClick={() => void actions.openDemo()}>
            <Sparkles size={16} aria-hidden />
            Demo session
          </button>
        </div>
        <p className="quiet">
          Opens SpikeGLX, flat binary and SpikeInterface recordings, and phy, Kilosort and SpikeInterface sortings. What
          you open is only read. The demo makes a recording of 16 known units, a minute long, so that the result can be
          checked.
        </p>
        <section aria-label="Recent sessions">
          <h2>Recent</h2>
          {recents.length === 0 ? (
            <p className="quiet">Sessions you open appear here.</p>
          ) : (
            <ul>
              {recents.map((recent) => (
                <RecentRow key={recent.path} recent={recent} />
              ))}
            </ul>
          )}
        </section>
        {version && <p className="quiet version">{`version ${version}`}</p>}
      </div>
    </main>
  );
}

function RecentRow({ recent: { path, name, openedAt } }: { readonly recent: Recent }) {
  const actions = useActions();
  const when = new Date(openedAt);
  return (
    <li>
      <button type="button" className="recent" onClick={() => void actions.openPath(path)}>
        <span className="name">{name || path}</span>
        <span className="when">
          {Number.isNaN(when.getTime())
            ? ''
            : when.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}
        </span>
        <span className="mono path">{path}</span>
      </button>
    </li>
  );
}
