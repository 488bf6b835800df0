import { useEffect, useState } from 'react';
import { type Job, secondsLeft, useJobs } from '../state/jobs.ts';
import { useSession } from '../state/session.ts';
import { useActions } from './services.ts';
import { stationTexts } from './stationTexts.ts';

/** What runs: stage, how far, time left, cancel. Quiet when nothing does. */
export function JobBar() {
  const actions = useActions();
  const job = useJobs((s) => s.job);
  const running = useSession((s) => s.session?.running);
  const folder = useSession((s) => s.session?.folder);
  const now = useNow(job !== undefined);
  if (!job && !running)
    return (
      <section className="job-bar idle" aria-label="Jobs">
        <span>Nothing is running.</span>
        <span className="spring" />
        {folder && (
          <span className="mono path" title={folder}>
            {folder}
          </span>
        )}
      </section>
    );
  const progress = running ?? job?.progress;
  const left = running?.secondsLeft ?? (job && secondsLeft(job, now));
  const name = running ? `${stationTexts[running.station].label}: ` : '';
  const part = progress && progress.of > 0 ? progress.done / progress.of : undefined;
  return (
    <section className="job-bar" aria-label="Jobs">
      <span className="stage">{`${name}${progress?.stage ?? job?.label ?? ''}`}</span>
      <progress value={part} max={1} aria-label="Progress" />
      {progress && (
        <span className="count">{`${amount(progress.done)} of ${amount(progress.of)} ${progress.unit ?? ''}`}</span>
      )}
      <span className="left">{left === undefined ? elapsed(job, now) : `${duration(left)} left`}</span>
      <span className="spring" />
      <button type="button" onClick={actions.cancel} disabled={!job}>
        Cancel
      </button>
    </section>
  );
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

function elapsed(job: Job | undefined, now: number): string {
  const seconds = job ? (now - job.startedAt) / 1000 : 0;
  return seconds < 1 ? '' : `for ${duration(seconds)}`;
}

function amount(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1);
}

/** "25 s", "3 min", "1 h 20 min" */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
