import type { Compute } from '../shared/compute.ts';
import type { Progress } from '../shared/progress.ts';
import type { Plan } from './plan.ts';

/** What running a station takes. */
export interface Bench {
  readonly compute: Compute;
  /** Of Spikedesk: kept with each result. */
  readonly version: string;
}

/** How one run of a station goes. */
export interface Job {
  readonly signal: AbortSignal;
  /** Run although it is up to date. */
  readonly force: boolean;
  /** Tell the user something. */
  readonly note: (text: string) => void;
}

export type RunStation = (plan: Plan, bench: Bench, job: Job) => AsyncGenerator<Progress, void>;
