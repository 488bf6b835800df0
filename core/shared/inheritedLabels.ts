/** Values of each label of a unit, by its name. */
export type Labels = Readonly<Record<string, readonly string[]>>;

interface Labelled {
  readonly numSpikes: number;
  readonly group: string;
  readonly labels: Labels;
}

/**
 * What a merged unit inherits, label by label, as phy: if all that have the label agree it passes on, else the unit
 * with the most spikes decides (the first of equals), also if it has none.
 */
export function inherited(units: readonly Labelled[]): { readonly group: string; readonly labels: Labels } {
  const largest = units.reduce((best, unit) => (unit.numSpikes > best.numSpikes ? unit : best));
  const keys = new Set(units.flatMap((unit) => Object.keys(unit.labels)));
  const labels: Record<string, readonly string[]> = {};
  for (const key of [...keys].sort()) {
    const values = agreed(units, largest, (unit) => (Object.hasOwn(unit.labels, key) ? unit.labels[key]! : []));
    if (values.length > 0) labels[key] = values;
  }
  return { group: agreed(units, largest, (unit) => (unit.group === '' ? [] : [unit.group]))[0] ?? '', labels };
}

function agreed(
  units: readonly Labelled[],
  largest: Labelled,
  values: (unit: Labelled) => readonly string[],
): readonly string[] {
  const given = units.map(values).filter((value) => value.length > 0);
  const first = given[0] ?? [];
  return given.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : values(largest);
}
