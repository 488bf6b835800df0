import type { TraceTile } from '../../core/shared/api.ts';
import type { Answer, Ask } from '../views/view.ts';

/** What the cache holds: whole answers, and single tiles of traces with all their rows. */
export type Cached = Answer | readonly TraceTile[];

/** One question of a view, under a name of its own: asked anew as the view changes. */
export interface Asked {
  /** The newest answer, also of the question before. */
  readonly answer: Answer | undefined;
  /** The answer to what was asked last is not there yet. */
  readonly waiting: boolean;
  /** The answer is a first one: the exact is on its way. */
  readonly partial: boolean;
  readonly error: Error | undefined;
  ask(ask: Ask): void;
  dispose(): void;
}

export function keyOf({ method, args, version }: Ask): string {
  return JSON.stringify([method, args, version]);
}

export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
