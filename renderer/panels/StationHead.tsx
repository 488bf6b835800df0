import { Play, TriangleAlert } from 'lucide-react';
import type { Station } from '../../core/shared/session.ts';
import { useJobs } from '../state/jobs.ts';
import { useSession } from '../state/session.ts';
import { StateMark } from './StateMark.tsx';
import { useActions } from './services.ts';
import { stationTexts } from './stationTexts.ts';

interface Props {
  readonly station: Station;
  /** What Run does; left out: runs the station. */
  onRun?(): void;
  /** Why Run cannot be pressed. */
  readonly blocked?: string | undefined;
}

/** Name, state, purpose and Run of a station; what went wrong in it. */
export function StationHead({ station, onRun, blocked }: Props) {
  const actions = useActions();
  const info = useSession((s) => s.session?.stations[station]);
  // What the form below asks for need not be told as an error too.
  const asks = useSession((s) => station === 'recording' && (s.session?.asks.length ?? 0) > 0);
  const busy = useJobs((s) => s.job !== undefined);
  const { label, purpose } = stationTexts[station];
  return (
    <header className="station-head">
      <div className="line">
        <h1>{label}</h1>
        {info && <StateMark state={info.state} />}
        <span className="spring" />
        {station !== 'curate' && (
          <button
            type="button"
            className="primary"
            disabled={busy || blocked !== undefined}
            title={blocked}
            onClick={onRun ?? (() => void actions.run([station]))}
          >
            <Play size={12} aria-hidden />
            Run
          </button>
        )}
      </div>
      <p className="purpose">{purpose}</p>
      {info?.detail && <p className="detail">{info.detail}</p>}
      {info?.error && !asks && (
        <div className="trouble" role="alert">
          <TriangleAlert size={14} aria-hidden />
          <div>
            <p>{info.error.message}</p>
            {info.error.hint && <p className="quiet">{info.error.hint}</p>}
          </div>
        </div>
      )}
    </header>
  );
}
