/** One line of a bench: what is promised. */
interface Promised {
  readonly name: string;
  readonly unit: string;
  /** How many times faster (or smaller) than the peer. */
  readonly goal: number;
  /** The peer is a limit: what is measured may be at most that, or must be at least that. */
  readonly limit?: 'most' | 'least';
}

/** What a run gives for one of them: ours and the peer's, of the same machine in the same run; less is better. */
export interface Measured {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
}

export interface BenchPlace {
  /** A folder of this run that is removed at its end. */
  readonly scratch: string;
  /** The checkout's dist/, with the workers. */
  readonly dist: URL;
  /** SpikeInterface's Python, if its venv is there. */
  readonly python: string | undefined;
}

/** Rows that a run does not measure are failures. */
export interface Bench {
  readonly name: string;
  readonly rows: readonly Promised[];
  run(place: BenchPlace): AsyncGenerator<Measured, void>;
}

/** Seconds of each of `times` runs of `work`. */
export async function timed(times: number, work: () => unknown): Promise<number[]> {
  const seconds: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}

/** What else runs on the machine only ever adds: the least is nearest to what the work takes. */
export function best(seconds: readonly number[]): number {
  return Math.min(...seconds);
}
