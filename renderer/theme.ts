import { type Theme, useLayout } from './state/layout.ts';

const KEY = 'spikedesk.theme';

/**
 * The theme chosen last is there from the first paint on: a copy of the setting, which core tells only later. The page's
 * root element carries it for the style sheets.
 */
export function rememberTheme(): void {
  const apply = (theme: Theme) => {
    document.documentElement.dataset.theme = theme;
  };
  useLayout.getState().setTheme(localStorage.getItem(KEY) === 'light' ? 'light' : 'dark');
  apply(useLayout.getState().theme);
  useLayout.subscribe(({ theme }, before) => {
    if (theme === before.theme) return;
    apply(theme);
    localStorage.setItem(KEY, theme);
  });
}
