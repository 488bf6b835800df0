import { create } from 'zustand';
import type { Station } from '../../core/shared/session.ts';

export type Theme = 'dark' | 'light';

/** Dialogs of the window, by the command that opens them. */
type Opened = 'help' | 'palette' | 'layout-save';

interface Layout {
  readonly page: Station;
  readonly theme: Theme;
  /** The dialog that is open: its keys close it, no other command's keys work. */
  readonly open: Opened | undefined;
  /** Nothing but the views is shown. */
  readonly focused: boolean;
  /** Graphics were lost and have not come back. */
  readonly graphicsLost: boolean;
  goTo(page: Station): void;
  setTheme(theme: Theme): void;
  show(open: Opened | undefined): void;
  toggle(open: Opened): void;
}

export const useLayout = create<Layout>()((set) => ({
  page: 'recording',
  theme: 'dark',
  open: undefined,
  focused: false,
  graphicsLost: false,
  goTo: (page) => set({ page }),
  setTheme: (theme) => set({ theme }),
  show: (open) => set({ open }),
  toggle: (wanted) => set(({ open }) => ({ open: open === wanted ? undefined : wanted })),
}));
