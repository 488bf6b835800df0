import type { CurationEvent, Edit } from '../../core/shared/curation.ts';
import type { UnitId } from '../../core/shared/sorting.ts';

interface Snapshot {
  /** Unit of each spike; removed ones keep their unit. */
  readonly unitOf: readonly UnitId[];
  readonly removed: ReadonlySet<UnitId>;
  /** "unit key" → value as JSON; the group is the key ''. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Curation as one would do it with a copy of everything at each edit: what the real one is compared to. */
export class NaiveCuration {
  #now: Snapshot;
  #past: Snapshot[] = [];
  #future: Snapshot[] = [];

  constructor(unitOf: readonly UnitId[], groups: ReadonlyMap<UnitId, string>) {
    const labels = new Map([...groups].map(([unitId, group]) => [`${unitId} `, JSON.stringify([group])]));
    this.#now = { unitOf, removed: new Set(), labels };
  }

  do(event: CurationEvent): void {
    if (event.type === 'undo') {
      this.#future.push(this.#now);
      this.#now = this.#past.pop()!;
    } else if (event.type === 'redo') {
      this.#past.push(this.#now);
      this.#now = this.#future.pop()!;
    } else {
      this.#past.push(this.#now);
      this.#future = [];
      this.#now = edited(this.#now, event);
    }
  }

  /** Units in force as text, sorted: id, spikes by number, labels. */
  state(): string[] {
    const spikes = new Map<UnitId, number[]>();
    this.#now.unitOf.forEach((unitId, spike) => void spikes.set(unitId, [...(spikes.get(unitId) ?? []), spike]));
    return [...spikes]
      .filter(([unitId]) => !this.#now.removed.has(unitId))
      .map(([unitId, list]) => {
        const labels = [...this.#now.labels]
          .filter(([key]) => key.startsWith(`${unitId} `))
          .map((entry) => entry.join('='));
        return `${unitId}: ${list.join()}; ${labels.sort().join('; ')}`;
      })
      .sort();
  }
}

function edited(now: Snapshot, edit: Edit): Snapshot {
  if (edit.type === 'remove') return { ...now, removed: new Set([...now.removed, ...edit.unitIds]) };
  const labels = new Map(now.labels);
  if (edit.type === 'label') {
    for (const unitId of edit.unitIds) {
      const key = `${unitId} ${edit.key === 'group' ? '' : edit.key}`;
      if (edit.values.length > 0) labels.set(key, JSON.stringify(edit.values));
      else labels.delete(key);
    }
    return { ...now, labels };
  }
  const size = (unitId: UnitId) => now.unitOf.filter((unit) => unit === unitId).length;
  const largest = [...edit.unitIds].sort((a, b) => size(b) - size(a))[0]; // sort is stable: the first of equals
  for (const key of ['', 'cell type']) {
    const values = new Set(edit.unitIds.flatMap((unitId) => now.labels.get(`${unitId} ${key}`) ?? []));
    const value = values.size === 1 ? [...values][0] : now.labels.get(`${largest} ${key}`);
    if (value !== undefined) labels.set(`${edit.into} ${key}`, value);
  }
  return { ...now, labels, unitOf: now.unitOf.map((unitId) => (edit.unitIds.includes(unitId) ? edit.into : unitId)) };
}
