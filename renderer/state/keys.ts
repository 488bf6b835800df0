import { create } from 'zustand';

interface Keys {
  /** Keys that the user gave to commands, by the command's id; others have those of commands.ts. */
  readonly changed: Readonly<Record<string, readonly string[]>>;
  give(commandId: string, keys: readonly string[]): void;
  /** The command has its own keys again. */
  reset(commandId: string): void;
  resetAll(): void;
}

export const useKeys = create<Keys>()((set) => ({
  changed: {},
  give: (commandId, keys) => set(({ changed }) => ({ changed: { ...changed, [commandId]: keys } })),
  reset: (commandId) =>
    set(({ changed }) => ({ changed: Object.fromEntries(Object.entries(changed).filter(([id]) => id !== commandId)) })),
  resetAll: () => set({ changed: {} }),
}));
