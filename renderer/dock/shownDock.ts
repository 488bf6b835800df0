import type { Dock } from './dock.ts';

let shown: Dock | undefined;

/** The dock that is on the page: what keys and the palette act on. */
export function shownDock(): Dock | undefined {
  return shown;
}

/** Returns a function that takes it away. */
export function showDock(dock: Dock): () => void {
  shown = dock;
  return () => {
    if (shown === dock) shown = undefined;
  };
}
