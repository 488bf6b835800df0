/** Places and readers a check may use. */
export interface GoldenPlace {
  /** .../shared/golden */
  readonly golden: string;
  /** Where data.tar.xz is unpacked: .../data/NAME. Unpacked at the first call. */
  data(): Promise<string>;
  /** A folder of this run that is removed at its end. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/**
 * What one check found about one golden entry. `entry` is the path below golden/ (`noise/recording_mad_uV.npy`,
 * `analyzer/main.binary/extensions/templates/average.npy`): see `npm run conformance AREA -- --list`.
 *
 * `error` is the figure the tolerance table judges, of the kind the entry's row there has:
 *   abs    largest |ours - golden|
 *   rel    largest |ours - golden| / |golden|
 *   max    largest |ours - golden| / max |golden|
 *   exact  number of values that differ
 * difference() of difference.ts makes it. NaN counts as a miss.
 */
export interface Verdict {
  readonly entry: string;
  readonly error: number;
  /** Said beside the figure of a miss. */
  readonly note?: string;
}

/** Some checks of one area (a top folder of golden/). Entries of the area that no check reports are misses. */
export interface Area {
  /** preprocessing, noise, comparison, analyzer, data … */
  readonly name: string;
  check(place: GoldenPlace): AsyncGenerator<Verdict, void>;
}
