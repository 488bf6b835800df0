import { create } from 'zustand';
import type { Session } from '../../core/shared/session.ts';

/** A chain that the user gave a name. */
export interface OwnPreset {
  readonly name: string;
  readonly steps: Session['preprocess'];
}

interface Presets {
  readonly own: readonly OwnPreset[];
  /** Replaces the one of that name. */
  save(preset: OwnPreset): void;
  remove(name: string): void;
}

export const usePresets = create<Presets>()((set) => ({
  own: [],
  save: (preset) =>
    set(({ own }) => ({
      own: [...own.filter(({ name }) => name !== preset.name), preset].sort((a, b) =>
        a.name.localeCompare(b.name, 'en'),
      ),
    })),
  remove: (name) => set(({ own }) => ({ own: own.filter((one) => one.name !== name) })),
}));
