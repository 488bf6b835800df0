import { type Content, union } from './content.ts';
import type { Edit } from './curation.ts';
import { UserError } from './errors.ts';
import { inherited, type Labels } from './inheritedLabels.ts';
import type { UnitId } from './sorting.ts';

/** A unit as the sorting has it. */
export interface InitialUnit {
  readonly unitId: UnitId;
  readonly numSpikes: number;
  /** good, mua, noise or ''. */
  readonly group?: string;
  readonly labels?: Labels;
}

/** A unit in force. */
export interface CuratedUnit {
  readonly unitId: UnitId;
  readonly content: Content;
  readonly numSpikes: number;
  readonly group: string;
  readonly labels: Labels;
}

/** Every spike of the sorting is in exactly one unit, in force or removed. Merged units come last. */
export interface CuratedUnits {
  readonly inForce: ReadonlyMap<UnitId, CuratedUnit>;
  readonly removed: ReadonlyMap<UnitId, CuratedUnit>;
}

interface Draft {
  readonly inForce: Map<UnitId, CuratedUnit>;
  readonly removed: Map<UnitId, CuratedUnit>;
}

export const groups = ['good', 'mua', 'noise'] as const;

export function start(initial: readonly InitialUnit[]): CuratedUnits {
  const inForce = new Map<UnitId, CuratedUnit>();
  for (const { unitId, numSpikes, group = '', labels = {} } of initial)
    inForce.set(unitId, { unitId, content: { type: 'original', unitId }, numSpikes, group, labels });
  return { inForce, removed: new Map() };
}

export function drafted(units: CuratedUnits): Draft {
  return { inForce: new Map(units.inForce), removed: new Map(units.removed) };
}

/** Does an edit to a draft, whole or not at all. */
export function change(draft: Draft, edit: Edit): void {
  const chosen = edit.unitIds.map((unitId) => unitInForce(draft, unitId, edit.type));
  if (edit.type === 'merge') {
    const merged = merge(draft, chosen, edit.into);
    for (const { unitId } of chosen) draft.inForce.delete(unitId);
    draft.inForce.set(merged.unitId, merged);
  } else if (edit.type === 'label') {
    checkLabel(edit.key, edit.values);
    for (const unit of chosen) draft.inForce.set(unit.unitId, labelled(unit, edit.key, edit.values));
  } else {
    for (const unit of chosen) {
      draft.inForce.delete(unit.unitId);
      draft.removed.set(unit.unitId, unit);
    }
  }
}

function unitInForce({ inForce, removed }: Draft, unitId: UnitId, what: string): CuratedUnit {
  const unit = inForce.get(unitId);
  if (unit) return unit;
  if (removed.has(unitId)) throw new UserError(`cannot ${what} unit ${unitId}: it was removed`);
  throw new UserError(`cannot ${what} unit ${unitId}: there is no such unit (any more)`, {
    hint: 'It was merged into another unit, or never existed. Choose units of the table.',
  });
}

function merge({ inForce, removed }: Draft, chosen: readonly CuratedUnit[], into: UnitId): CuratedUnit {
  if (new Set(chosen).size < chosen.length) throw new UserError('cannot merge a unit with itself');
  if (chosen.length < 2) throw new UserError('a merge needs at least two units');
  if (inForce.has(into) || removed.has(into))
    throw new UserError(`cannot merge into ${into}: that id is taken`, { hint: 'A merged unit gets a new id.' });
  checkType(chosen, into);
  return {
    unitId: into,
    content: union(chosen.map((unit) => unit.content)),
    numSpikes: chosen.reduce((sum, unit) => sum + unit.numSpikes, 0),
    ...inherited(chosen),
  };
}

function checkType(chosen: readonly CuratedUnit[], into: UnitId): void {
  const numbers = chosen.every((unit) => typeof unit.unitId === 'number');
  const texts = chosen.every((unit) => typeof unit.unitId === 'string');
  if ((numbers && typeof into !== 'number') || (texts && typeof into !== 'string'))
    throw new UserError(
      `cannot merge into ${JSON.stringify(into)}: the sorting's ids are ${numbers ? 'numbers' : 'text'}`,
    );
  if (typeof into === 'number' && !Number.isSafeInteger(into))
    throw new UserError(`cannot merge into ${into}: an id is a whole number`);
}

function checkLabel(key: string, values: readonly string[]): void {
  if (key.trim() === '') throw new UserError('a label needs a name');
  if (key === '__proto__') throw new UserError(`a label cannot be called ${key}`);
  if (key !== 'group') return;
  const wrong = values.find((value) => !groups.some((group) => group === value));
  if (wrong !== undefined) throw new UserError(`unknown group "${wrong}"`, { hint: `Known: ${groups.join(', ')}` });
  if (values.length > 1) throw new UserError(`a unit has one group, not ${values.join(' and ')}`);
}

/** No values take the label away. */
function labelled(unit: CuratedUnit, key: string, values: readonly string[]): CuratedUnit {
  if (key === 'group') return { ...unit, group: values[0] ?? '' };
  const { [key]: _, ...others } = unit.labels;
  return { ...unit, labels: values.length > 0 ? { ...others, [key]: [...values] } : others };
}
