import type { Json } from '../../core/shared/json.ts';

/** Something of this window that is there again after the next start. */
export interface Kept {
  /** Name of the setting in core. */
  readonly name: string;
  /** What it is, for a notice that it could not be read. */
  readonly what: string;
  read(): Json;
  /** False when what was kept has another shape: as much as can be read is taken over. */
  restore(value: Json): boolean;
  /** Calls `changed` after every change of what is kept. */
  watch(changed: () => void): void;
}
