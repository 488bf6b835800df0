/** Places a check may use. */
export interface GoldenPlace {
  /** .../shared/golden */
  readonly golden: string;
  /** Unpacks data.tar.xz at the first call (kept in a cache): the folder that holds raw-locust, phy-kilosort-example0 … */
  data(): Promise<string>;
  /** A folder of this run that is removed at its end. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/**
 * What a check found about one golden entry, named by its path below golden/: `noise/recording_mad_uV.npy`,
 * `analyzer/main.binary/extensions/templates/average.npy`; `npm run conformance AREA -- --list` prints them all.
 * `part` is one column of a table: the table passes when every reported part does.
 *
 * Numbers are judged by the entry's row in tolerances.ts, so that the figure of a miss is of the row's kind.
 */
export type Verdict = { readonly entry: string; readonly part?: string; readonly note?: string } & (
  | Numbers
  /** A figure of the kind the entry's row has, for what is no plain array. NaN is a miss. */
  | { readonly error: number }
  /** Known to be there, not computed by us yet. */
  | { readonly missing: true }
);

/** Two arrays of equal length in equal order; NaN equals NaN. */
export interface Numbers {
  readonly ours: ArrayLike<number>;
  readonly golden: ArrayLike<number>;
}

/** Some checks of one area (a top folder of golden/). Entries of the area that no check reports are misses. */
export interface Area {
  /** preprocessing, noise, comparison, analyzer, data … */
  readonly name: string;
  /** For an area that is no folder of golden/: all its entries. */
  entries?(place: GoldenPlace): Promise<readonly string[]>;
  check(place: GoldenPlace): AsyncGenerator<Verdict, void>;
}
