import type { UnitId } from './sorting.ts';

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
