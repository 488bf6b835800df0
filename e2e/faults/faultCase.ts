import type { Random } from '../../core/shared/random.ts';

/** What a case has to work with. */
export interface FaultPlace {
  /** The long form: --full. */
  readonly full: boolean;
  /** All chance comes from it, so that a printed seed repeats the run (as far as kills can be repeated). */
  readonly random: Random;
  readonly seed: number;
  /** An empty folder, removed at the end. */
  readonly scratch: string;
  /** Another, in memory where the system has such a place: for what is not about the disk itself. */
  readonly memory: string;
  /** Something worth telling besides the counts: a measured time, what was left out and why. */
  note(text: string): void;
}

/** One kind of fault: does it often, looks what is left. */
export interface FaultCase {
  readonly name: string;
  /** What must hold, in a sentence. */
  readonly promise: string;
  /** How often it is done, short and --full. */
  readonly runs: { readonly short: number; readonly full: number };
  /** Does it `runs` times and tells each failure: a run that finds several tells the first. */
  run(place: FaultPlace, runs: number): AsyncGenerator<string, void>;
}
