import { create } from 'zustand';
import type { OpenArgs } from '../../core/shared/api.ts';

/** Several things that were found at a path: the user chooses one. */
export interface FoundThings {
  readonly path: string;
  readonly choices: readonly { readonly label: string; readonly detail: string; readonly args: OpenArgs }[];
}

export const useFound = create<{ readonly found: FoundThings | undefined }>()(() => ({ found: undefined }));
