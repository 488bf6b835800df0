import { useSelection } from '../state/selection.ts';
import { curateActions } from './curate.ts';
import { JobRunner } from './job.ts';
import { openActions } from './open.ts';
import { panelActions } from './panels.ts';
import { runActions } from './run.ts';
import type { Services } from './services.ts';
import { traceActions } from './traces.ts';
import { viewActions } from './view.ts';

/** Everything a user can do, for buttons and keys alike. */
export function createActions(services: Services) {
  const jobs = new JobRunner();
  return {
    ...openActions(services, jobs),
    ...runActions(services, jobs),
    ...curateActions(services),
    ...viewActions(),
    ...panelActions(),
    ...traceActions(services),
    selectStep: (by: number) => useSelection.getState().step(by),
    /** The next of the similar units, beside what is selected. */
    selectSimilar: (by: number) => useSelection.getState().stepSimilar(by),
    clearSimilar: () => useSelection.getState().clearSimilar(),
    selectAll: () => useSelection.getState().select(useSelection.getState().order),
    clearSelection: () => useSelection.getState().select([]),
    /** The filter of the unit table takes the keys. */
    focusFilter: () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
  };
}

export type Actions = ReturnType<typeof createActions>;
