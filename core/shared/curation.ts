import type { CurationState } from './api.ts';
import { originals } from './content.ts';
import { type CuratedUnits, change, drafted, type InitialUnit, start } from './curatedUnits.ts';
import { UserError } from './errors.ts';
import type { UnitId } from './sorting.ts';
import { z } from './zod.ts';

/** One edit of the curation log. */
export type Edit =
  | { readonly type: 'merge'; readonly unitIds: readonly UnitId[]; readonly into: UnitId }
  | {
      readonly type: 'label';
      readonly unitIds: readonly UnitId[];
      readonly key: string;
      readonly values: readonly string[];
    }
  | { readonly type: 'remove'; readonly unitIds: readonly UnitId[] };
export type CurationEvent = Edit | { readonly type: 'undo' } | { readonly type: 'redo' };

const unitId = z.union([z.number().int(), z.string().min(1).max(200)]);
const unitIds = z.array(unitId).min(1).max(100_000);

/** What comes from a file or over a port, checked at the door: its form, not whether the units exist. */
export const curationEventSchema: z.ZodType<CurationEvent> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('merge'), unitIds, into: unitId }),
  z.strictObject({
    type: z.literal('label'),
    unitIds,
    key: z.string().min(1).max(64),
    values: z.array(z.string().min(1).max(200)).max(64),
  }),
  z.strictObject({ type: z.literal('remove'), unitIds }),
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('redo') }),
]);

/** A sorting under curation: what it started from, all that was done to it, and the units that makes. */
export interface Curation {
  readonly initial: readonly InitialUnit[];
  /** The whole log, undone edits too. */
  readonly events: readonly CurationEvent[];
  /** Edits in force, oldest first. */
  readonly done: readonly Edit[];
  /** Edits that redo would bring back, the next one last. */
  readonly undone: readonly Edit[];
  readonly units: CuratedUnits;
  /** Every id ever given, as text: also of merges that were undone. */
  readonly used: ReadonlySet<string>;
}

/** The edits in force: undo takes back the last, redo brings it again, a new edit forgets what was undone. */
export function effective(events: readonly CurationEvent[]): Edit[] {
  return history(events).done;
}

function history(events: readonly CurationEvent[]): { done: Edit[]; undone: Edit[] } {
  const done: Edit[] = [];
  const undone: Edit[] = [];
  for (const event of events) step(done, undone, event);
  return { done, undone };
}

function step(done: Edit[], undone: Edit[], event: CurationEvent): void {
  if (event.type === 'undo') move(done, undone);
  else if (event.type === 'redo') move(undone, done);
  else {
    done.push(event);
    undone.length = 0;
  }
}

function move(from: Edit[], to: Edit[]): void {
  const edit = from.pop();
  if (edit) to.push(edit);
}

/** The curation a log makes of these units. UserError if an edit in force does not fit them. */
export function replay(initial: readonly InitialUnit[], events: readonly CurationEvent[]): Curation {
  const { done, undone } = history(events);
  const used = new Set(initial.map((unit) => String(unit.unitId)));
  for (const event of events) if (event.type === 'merge') used.add(String(event.into));
  return { initial, events, done, undone, units: refold(initial, done), used };
}

function refold(initial: readonly InitialUnit[], done: readonly Edit[]): CuratedUnits {
  const draft = drafted(start(initial));
  done.forEach((edit, i) => {
    try {
      change(draft, edit);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`edit ${i + 1} of the curation does not fit the sorting: ${error.message}`, {
        hint: 'The curation was made on another sorting. Open that one, or move the curation file away.',
        cause: error,
      });
    }
  });
  return draft;
}

/** The curation after one more event. UserError with what and why if the event is not possible now. */
export function curate(curation: Curation, event: CurationEvent): Curation {
  const done = [...curation.done];
  const undone = [...curation.undone];
  step(done, undone, event);
  const events = [...curation.events, event];
  if (event.type === 'undo') {
    if (curation.done.length === 0) throw new UserError('nothing to undo');
    return { ...curation, events, done, undone, units: refold(curation.initial, done) };
  }
  if (event.type === 'redo') {
    const again = curation.undone.at(-1);
    if (!again) throw new UserError('nothing to redo');
    return { ...curation, events, done, undone, units: apply(curation.units, again) };
  }
  if (event.type !== 'merge') return { ...curation, events, done, undone, units: apply(curation.units, event) };
  if (curation.used.has(String(event.into)))
    throw new UserError(`cannot merge into ${event.into}: that id was used before`, {
      hint: `Ids are never reused, also not after undo. The next free one is ${newUnitId(curation)}.`,
    });
  const units = apply(curation.units, event);
  return { ...curation, events, done, undone, units, used: new Set(curation.used).add(String(event.into)) };
}

/** The units after an edit; those given are left as they were. UserError if the edit does not fit. */
function apply(units: CuratedUnits, edit: Edit): CuratedUnits {
  const draft = drafted(units);
  change(draft, edit);
  return draft;
}

/**
 * The id a merged unit gets: one more than the largest whole number that any id ever used is or ends with, so it is
 * never reused, also not after undo (as phy). A number where the sorting's ids are numbers, else text: units "#0" to
 * "#15" give "16".
 */
export function newUnitId({ initial, used }: Pick<Curation, 'initial' | 'used'>): UnitId {
  let largest = -1n;
  for (const id of used) {
    const digits = /\d+$/.exec(id)?.[0];
    if (digits === undefined || /^-\d+$/.test(id)) continue;
    if (BigInt(digits) > largest) largest = BigInt(digits);
  }
  const numbers = initial.every((unit) => typeof unit.unitId === 'number');
  return numbers ? Number(largest + 1n) : String(largest + 1n);
}

/** What the window shows of a curation. */
export function toCurationState(curation: Curation): CurationState {
  return {
    events: curation.events.length,
    canUndo: curation.done.length > 0,
    canRedo: curation.undone.length > 0,
    units: [...curation.units.inForce.values()].map(({ unitId, group, labels, content }) => ({
      unitId,
      group,
      labels,
      from: originals(content),
    })),
  };
}
