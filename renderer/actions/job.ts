import type { Progress } from '../../core/shared/progress.ts';
import { useJobs } from '../state/jobs.ts';
import { useProblems } from '../state/problems.ts';

/** One job of this window at a time, that the user may cancel. */
export class JobRunner {
  private running: AbortController | undefined;

  /** Runs `work`, showing its progress; its failure is told. Undefined when it failed, was cancelled, or one runs already. */
  async run<T>(
    label: string,
    work: (signal: AbortSignal, onItem: (progress: Progress) => void) => Promise<T>,
  ): Promise<T | undefined> {
    if (this.running) return undefined;
    const controller = new AbortController();
    this.running = controller;
    const jobs = useJobs.getState();
    jobs.begin(label);
    useProblems.getState().clear();
    try {
      return await work(controller.signal, jobs.progress);
    } catch (error) {
      useProblems.getState().tell(error);
      return undefined;
    } finally {
      this.running = undefined;
      jobs.end();
    }
  }

  cancel(): void {
    this.running?.abort();
  }
}
