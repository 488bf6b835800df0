import { create } from 'zustand';
import type { Station } from '../../core/shared/session.ts';

export type Theme = 'dark' | 'light';

interface Layout {
  readonly page: Station;
  readonly theme: Theme;
  readonly helpOpen: boolean;
  /** Graphics were lost and have not come back. */
  readonly graphicsLost: boolean;
  goTo(page: Station): void;
  setTheme(theme: Theme): void;
}

export const useLayout = create<Layout>()((set) => ({
  page: 'recording',
  theme: 'dark',
  helpOpen: false,
  graphicsLost: false,
  goTo: (page) => set({ page }),
  setTheme: (theme) => set({ theme }),
}));
