import { hostOf } from '../panels/hosts.ts';
import { useLayout } from '../state/layout.ts';

/** What keys do to the window and its pictures. */
export function viewActions() {
  return {
    /** A command of a view, in the panel of it that was used last. */
    runInView: (view: string, commandId: string) => hostOf(view)?.run(commandId),
    toggleTheme: () => useLayout.setState(({ theme }) => ({ theme: theme === 'dark' ? 'light' : 'dark' })),
    toggleHelp: () => useLayout.getState().toggle('help'),
    togglePalette: () => useLayout.getState().toggle('palette'),
    goTo: useLayout.getState().goTo,
  };
}
