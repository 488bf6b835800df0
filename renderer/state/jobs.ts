import { create } from 'zustand';
import type { Progress } from '../../core/shared/progress.ts';

/** What this window asked core to do and waits for. */
export interface Job {
  readonly label: string;
  readonly startedAt: number;
  readonly progress?: Progress;
}

interface Jobs {
  readonly job: Job | undefined;
  begin(label: string): void;
  progress(progress: Progress): void;
  end(): void;
}

export const useJobs = create<Jobs>()((set) => ({
  job: undefined,
  begin: (label) => set({ job: { label, startedAt: Date.now() } }),
  progress: (progress) => set(({ job }) => (job ? { job: { ...job, progress } } : {})),
  end: () => set({ job: undefined }),
}));

/** Seconds left at the pace so far; undefined while there is too little to tell from. */
export function secondsLeft({ startedAt, progress }: Job, now: number): number | undefined {
  if (!progress || progress.done <= 0 || progress.of <= 0) return undefined;
  const spent = (now - startedAt) / 1000;
  return spent < 1 ? undefined : (spent * (progress.of - progress.done)) / progress.done;
}
