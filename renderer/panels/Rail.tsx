import { Play } from 'lucide-react';
import { stations } from '../../core/shared/session.ts';
import { useJobs } from '../state/jobs.ts';
import { useLayout } from '../state/layout.ts';
import { useSession } from '../state/session.ts';
import { StateMark } from './StateMark.tsx';
import { useActions } from './services.ts';
import { stationTexts } from './stationTexts.ts';

/** The road of a session: its stations, their states, and Run all. */
export function Rail() {
  const actions = useActions();
  const page = useLayout((s) => s.page);
  const states = useSession((s) => s.session?.stations);
  const running = useSession((s) => s.session?.running);
  const busy = useJobs((s) => s.job !== undefined);
  if (!states) return null;
  return (
    <nav className="rail" aria-label="Stations">
      <ol>
        {stations.map((station, i) => (
          <li key={station}>
            <button
              type="button"
              aria-current={station === page ? 'page' : undefined}
              title={states[station].error?.message ?? states[station].detail}
              onClick={() => actions.goTo(station)}
            >
              <kbd>{i + 1}</kbd>
              <span className="name">{stationTexts[station].label}</span>
              <StateMark
                state={states[station].state}
                percent={running?.station === station ? percentOf(running) : undefined}
              />
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="run-all"
        disabled={busy}
        onClick={() => void actions.runAll()}
        title="Runs what is missing or out of date (Ctrl+Shift+Enter)"
      >
        <Play size={12} aria-hidden />
        Run all
      </button>
    </nav>
  );
}

function percentOf({ done, of }: { readonly done: number; readonly of: number }): number | undefined {
  return of > 0 ? Math.floor((100 * done) / of) : undefined;
}
