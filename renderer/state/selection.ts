import { create } from 'zustand';
import type { UnitId } from '../../core/shared/sorting.ts';

/** The selection before and after an edit: undo and redo bring them back. */
interface Around {
  readonly before: readonly UnitId[];
  readonly after: readonly UnitId[];
}

interface Selection {
  /** In the order they were selected: the first is blue in every view, the second red. */
  readonly unitIds: readonly UnitId[];
  /** The table's rows as sorted and filtered: what "next unit" means. */
  readonly order: readonly UnitId[];
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
  setOrder(order: readonly UnitId[]): void;
  /** An edit was made of the units selected before; those after it are selected now. */
  edited(before: readonly UnitId[], after: readonly UnitId[]): void;
  undid(): void;
  redid(): void;
  /** Only units that still exist stay selected. */
  keep(unitIds: ReadonlySet<UnitId>): void;
  forget(): void;
}

export const useSelection = create<Selection>()((set) => ({
  unitIds: [],
  order: [],
  anchor: undefined,
  done: [],
  undone: [],
  select: (unitIds) => set({ unitIds, anchor: unitIds.at(-1) }),
  toggle: (unitId) =>
    set(({ unitIds }) => ({
      unitIds: unitIds.includes(unitId) ? unitIds.filter((id) => id !== unitId) : [...unitIds, unitId],
      anchor: unitId,
    })),
  extend: (unitId) =>
    set(({ order, anchor, unitIds }) => {
      const to = order.indexOf(unitId);
      const from = anchor === undefined ? to : order.indexOf(anchor);
      if (from < 0 || to < 0) return { unitIds: [unitId], anchor: unitId };
      const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      const ordered = from <= to ? between : between.reverse();
      return { unitIds: ordered, anchor: anchor ?? unitIds[0] };
    }),
  step: (by) =>
    set(({ order, unitIds }) => {
      if (order.length === 0) return {};
      const last = unitIds.at(-1);
      const at = last === undefined ? -1 : order.indexOf(last);
      const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + by));
      const unitId = order[next];
      return unitId === undefined ? {} : { unitIds: [unitId], anchor: unitId };
    }),
  setOrder: (order) => set({ order }),
  edited: (before, after) =>
    set(({ done }) => ({ unitIds: after, anchor: after.at(-1), done: [...done, { before, after }], undone: [] })),
  undid: () =>
    set(({ done, undone }) => {
      const last = done.at(-1);
      if (!last) return {};
      return { unitIds: last.before, anchor: last.before.at(-1), done: done.slice(0, -1), undone: [...undone, last] };
    }),
  redid: () =>
    set(({ done, undone }) => {
      const last = undone.at(-1);
      if (!last) return {};
      return { unitIds: last.after, anchor: last.after.at(-1), done: [...done, last], undone: undone.slice(0, -1) };
    }),
  keep: (known) =>
    set(({ unitIds }) =>
      unitIds.every((id) => known.has(id)) ? {} : { unitIds: unitIds.filter((id) => known.has(id)) },
    ),
  forget: () => set({ unitIds: [], order: [], anchor: undefined, done: [], undone: [] }),
}));
