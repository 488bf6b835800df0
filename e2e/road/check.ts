/** Where the checks work. */
export interface RoadPlace {
  /** Removed at the end. Its name has a space, quotes, # and letters that are not ASCII. */
  readonly scratch: string;
  /** .../shared; absent on a clone without it. */
  readonly shared?: string;
  /** Where data.tar.xz is unpacked. */
  data(): Promise<string>;
  /** The Python of an oracle; undefined if it is not installed. */
  python(oracle: 'si105' | 'si101'): string | undefined;
}

/** One thing that must hold of the road without a window. */
export interface RoadCheck {
  readonly name: string;
  /** Returns the figure to print; throws what does not hold. A string starting with "left out" was not tried. */
  run(place: RoadPlace): Promise<string>;
}

/** Throws unless it holds. */
export function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
