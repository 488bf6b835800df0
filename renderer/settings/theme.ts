import { useLayout } from '../state/layout.ts';
import type { Kept } from './kept.ts';

export const theme: Kept = {
  name: 'theme',
  what: 'the theme',
  read: () => useLayout.getState().theme,
  restore(value) {
    if (value !== 'dark' && value !== 'light') return false;
    useLayout.getState().setTheme(value);
    return true;
  },
  watch: (changed) =>
    void useLayout.subscribe((now, before) => {
      if (now.theme !== before.theme) changed();
    }),
};
