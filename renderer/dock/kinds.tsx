import type { ReactNode } from 'react';
import { tables } from '../panels/tables.ts';
import { ViewPanel } from '../panels/ViewPanel.tsx';
import { views } from '../views/index.ts';

/** What can be put into the dock: every view and every table. */
export interface Kind {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  panel(panelId: string): ReactNode;
}

export const kinds: readonly Kind[] = [
  ...tables.map(({ name, label, help, Component }) => ({ name, label, help, panel: () => <Component /> })),
  ...views.map((view) => ({
    name: view.name,
    label: view.label,
    help: view.help,
    panel: (panelId: string) => <ViewPanel view={view} panelId={panelId} />,
  })),
];

/** Panels are named after their kind: `trace`, `trace 2`, … */
export function kindOf(panelId: string): Kind | undefined {
  const [name, number, ...more] = panelId.split(' ');
  if (more.length > 0 || (number !== undefined && !/^[1-9]\d{0,3}$/.test(number))) return undefined;
  return kinds.find((kind) => kind.name === name);
}

/** "Traces", "Traces 2" */
export function titleOf(panelId: string): string {
  const [, number] = panelId.split(' ');
  const label = kindOf(panelId)?.label ?? panelId;
  return number === undefined ? label : `${label} ${number}`;
}

/** An id for one more panel of that kind. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}
