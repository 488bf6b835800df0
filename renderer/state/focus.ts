import { create } from 'zustand';
import type { Focus, Pointed, TimeWindow } from '../views/view.ts';

interface FocusStore {
  /** What was picked last, and how often something was: picking the same again goes there again. */
  readonly focus: Focus;
  readonly picks: number;
  /** What the traces show. */
  readonly window: TimeWindow | undefined;
  pick(focus: Focus): void;
  setWindow(window: TimeWindow | undefined): void;
  forget(): void;
}

/** The linked cursor: a time, a channel that was picked in one view is shown in all. (Units: state/selection.ts.) */
export const useFocus = create<FocusStore>()((set) => ({
  focus: {},
  picks: 0,
  window: undefined,
  pick: (focus) => set((before) => ({ focus: { ...before.focus, ...focus }, picks: before.picks + 1 })),
  setWindow: (window) => set(({ window: before }) => (same(before, window) ? {} : { window })),
  forget: () => set({ focus: {}, window: undefined }),
}));

interface PointedStore {
  readonly pointed: Pointed | undefined;
  /** Panel whose pointer it is. */
  readonly from: string | undefined;
}

/** What lies under the pointer. */
export const usePointed = create<PointedStore>()(() => ({ pointed: undefined, from: undefined }));

function same(a: TimeWindow | undefined, b: TimeWindow | undefined): boolean {
  return a?.segment === b?.segment && a?.startFrame === b?.startFrame && a?.endFrame === b?.endFrame;
}
