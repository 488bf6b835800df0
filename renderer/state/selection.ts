import { create } from 'zustand';
import type { UnitId } from '../../core/shared/sorting.ts';

interface Chosen {
  /** In the order they were selected: the first is blue in every view, the second red. */
  readonly unitIds: readonly UnitId[];
  /** Those of them that were chosen among the similar units, beside the others. */
  readonly similar: readonly UnitId[];
}

/** The selection before and after an edit: undo and redo bring them back. */
interface Around {
  readonly before: Chosen;
  readonly after: Chosen;
}

interface Selection extends Chosen {
  /** The table's rows as sorted and filtered: what "next unit" means. */
  readonly order: readonly UnitId[];
  /** The rows of the similar units. */
  readonly similarOrder: readonly UnitId[];
  /** Where shift+click starts from. */
  readonly anchor: UnitId | undefined;
  readonly done: readonly Around[];
  readonly undone: readonly Around[];
  select(unitIds: readonly UnitId[]): void;
  /** Adds a unit, or takes it away. */
  toggle(unitId: UnitId): void;
  /** All units of the table from the anchor to this one. */
  extend(unitId: UnitId): void;
  /** The unit `by` rows below the last selected one. */
  step(by: number): void;
  /** This similar unit beside the units that were not chosen among similar ones. */
  selectSimilar(unitId: UnitId): void;
  toggleSimilar(unitId: UnitId): void;
  /** The similar unit `by` rows below the last selected one; without any selected unit the next of the table. */
  stepSimilar(by: number): void;
  clearSimilar(): void;
  setOrder(order: readonly UnitId[]): void;
  setSimilarOrder(order: readonly UnitId[]): void;
  /** An edit was made of the units selected before; those after it are selected now. */
  edited(before: Chosen, after: readonly UnitId[]): void;
  undid(): void;
  redid(): void;
  /** Only units that still exist stay selected. */
  keep(unitIds: ReadonlySet<UnitId>): void;
  forget(): void;
}

const NONE: Chosen = { unitIds: [], similar: [] };

export const useSelection = create<Selection>()((set) => ({
  ...NONE,
  order: [],
  similarOrder: [],
  anchor: undefined,
  done: [],
  undone: [],
  select: (unitIds) => set({ unitIds, similar: [], anchor: unitIds.at(-1) }),
  toggle: (unitId) => set((now) => ({ ...toggled(now, unitId), anchor: unitId })),
  extend: (unitId) =>
    set(({ order, anchor, unitIds }) => {
      const to = order.indexOf(unitId);
      const from = anchor === undefined ? to : order.indexOf(anchor);
      if (from < 0 || to < 0) return { unitIds: [unitId], similar: [], anchor: unitId };
      const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      const ordered = from <= to ? between : between.reverse();
      return { unitIds: ordered, similar: [], anchor: anchor ?? unitIds[0] };
    }),
  step: (by) =>
    set((now) => {
      const unitId = stepped(now.order, bestOf(now).at(-1), by);
      return unitId === undefined ? {} : { unitIds: [unitId], similar: [], anchor: unitId };
    }),
  selectSimilar: (unitId) => set((now) => beside(now, unitId)),
  toggleSimilar: (unitId) =>
    set((now) => {
      const chosen = toggled(now, unitId);
      return chosen.unitIds.includes(unitId) ? { ...chosen, similar: [...chosen.similar, unitId] } : chosen;
    }),
  stepSimilar: (by) =>
    set((now) => {
      const best = bestOf(now);
      if (best.length === 0) {
        const unitId = stepped(now.order, undefined, by);
        return unitId === undefined ? {} : { unitIds: [unitId], similar: [], anchor: unitId };
      }
      const others = now.similarOrder.filter((unitId) => !best.includes(unitId));
      const unitId = stepped(others, now.similar.at(-1), by);
      return unitId === undefined ? {} : beside(now, unitId);
    }),
  clearSimilar: () => set((now) => ({ unitIds: bestOf(now), similar: [] })),
  setOrder: (order) => set({ order }),
  setSimilarOrder: (similarOrder) => set({ similarOrder }),
  edited: (before, unitIds) =>
    set(({ done }) => {
      const after = { unitIds, similar: before.similar.filter((unitId) => unitIds.includes(unitId)) };
      const around = { before: { unitIds: before.unitIds, similar: before.similar }, after };
      return { ...after, anchor: unitIds.at(-1), done: [...done, around], undone: [] };
    }),
  undid: () =>
    set(({ done, undone }) => {
      const last = done.at(-1);
      if (!last) return {};
      return { ...last.before, anchor: last.before.unitIds.at(-1), done: done.slice(0, -1), undone: [...undone, last] };
    }),
  redid: () =>
    set(({ done, undone }) => {
      const last = undone.at(-1);
      if (!last) return {};
      return { ...last.after, anchor: last.after.unitIds.at(-1), done: [...done, last], undone: undone.slice(0, -1) };
    }),
  keep: (known) =>
    set(({ unitIds, similar }) =>
      unitIds.every((id) => known.has(id))
        ? {}
        : { unitIds: unitIds.filter((id) => known.has(id)), similar: similar.filter((id) => known.has(id)) },
    ),
  forget: () => set({ ...NONE, order: [], similarOrder: [], anchor: undefined, done: [], undone: [] }),
}));

/** The selected units that were not chosen among similar ones. */
export function bestOf({ unitIds, similar }: Chosen): readonly UnitId[] {
  return unitIds.filter((unitId) => !similar.includes(unitId));
}

function toggled({ unitIds, similar }: Chosen, unitId: UnitId): Chosen {
  if (!unitIds.includes(unitId)) return { unitIds: [...unitIds, unitId], similar };
  return { unitIds: unitIds.filter((id) => id !== unitId), similar: similar.filter((id) => id !== unitId) };
}

function beside(now: Chosen, unitId: UnitId): Chosen {
  const best = bestOf(now);
  if (best.includes(unitId)) return { unitIds: best, similar: [] };
  return { unitIds: [...best, unitId], similar: [unitId] };
}

/** The row `by` below that one, within the rows; from above the first (or below the last) where it is none of them. */
function stepped(order: readonly UnitId[], from: UnitId | undefined, by: number): UnitId | undefined {
  const at = from === undefined ? -1 : order.indexOf(from);
  if (at < 0) return order.at(by > 0 ? 0 : -1);
  return order[Math.min(order.length - 1, Math.max(0, at + by))];
}
