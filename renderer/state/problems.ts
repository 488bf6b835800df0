import { create } from 'zustand';
import { isAbort, UserError } from '../../core/shared/errors.ts';

/** Something that went wrong, in words. */
export interface Problem {
  readonly id: number;
  readonly message: string;
  readonly hint?: string;
  readonly path?: string;
  /** For whoever has to find out: folded away. */
  readonly details?: string;
  /** Not foreseen: a bug of ours. */
  readonly unexpected: boolean;
}

interface Problems {
  readonly problems: readonly Problem[];
  /** Tells an error; that something was cancelled is none. */
  tell(error: unknown): void;
  dismiss(id: number): void;
  clear(): void;
}

export const useProblems = create<Problems>()((set) => ({
  problems: [],
  tell: (error) => {
    if (isAbort(error)) return;
    set(({ problems }) => {
      const id = (problems.at(-1)?.id ?? 0) + 1;
      const problem = { id, ...describe(error) };
      const others = problems.filter((p) => p.message !== problem.message);
      return { problems: [...others, problem].slice(-3) };
    });
  },
  dismiss: (id) => set(({ problems }) => ({ problems: problems.filter((p) => p.id !== id) })),
  clear: () => set({ problems: [] }),
}));

export function describe(error: unknown): Omit<Problem, 'id'> {
  if (error instanceof UserError)
    return {
      message: error.message,
      unexpected: false,
      ...(error.hint !== undefined && { hint: error.hint }),
      ...(error.path !== undefined && { path: error.path }),
    };
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return {
    message: `Something went wrong that should not: ${message}`,
    hint: 'This is a bug in Spikedesk. Your data and your curation are not touched; the details help whoever fixes it.',
    unexpected: true,
    ...(stack !== undefined && { details: stack }),
  };
}

/** As text, for the clipboard. */
export function problemText({ message, hint, path, details }: Omit<Problem, 'id'>): string {
  return [message, hint, path, details].filter((part) => part !== undefined).join('\n');
}
