import type { TimeWindow } from '../views/view.ts';

/** A panel with a view that is on the page. */
export interface Host {
  readonly panelId: string;
  /** Name of its view. */
  readonly view: string;
  readonly element: HTMLElement;
  /** As its frame says it. */
  readonly summary: string;
  /** The picture is an old one: some of its data is not there yet. */
  readonly waiting: boolean;
  /** The stretch of time it shows. */
  readonly window: TimeWindow | undefined;
  /** Runs a command of the view. */
  run(commandId: string): void;
}

/** Last used last. */
const hosts = new Set<Host>();

/** Returns a function that takes it away. */
export function addHost(host: Host): () => void {
  hosts.add(host);
  return () => hosts.delete(host);
}

/** Keys now go to this one among the panels of its view. */
export function markUsed(host: Host): void {
  hosts.delete(host);
  hosts.add(host);
}

/** The panel of that view that was used last, of those that can be seen. */
export function hostOf(view: string): Host | undefined {
  return [...hosts].findLast((host) => host.view === view && host.element.checkVisibility());
}

/** The panel whose picture is in that element. */
export function hostAt(element: HTMLElement): Host | undefined {
  return [...hosts].find((host) => host.element === element);
}

/** Panels that can be seen and wait for data. */
export function waiting(): readonly Host[] {
  return [...hosts].filter((host) => host.waiting && host.element.checkVisibility());
}
