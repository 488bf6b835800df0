import { createKeybindingsHandler } from 'tinykeys';
import type { Actions } from './actions/index.ts';
import { type Command, commands } from './commands.ts';
import { keysOf } from './keyMap.ts';
import { useKeys } from './state/keys.ts';
import { useLayout } from './state/layout.ts';
import { useSession } from './state/session.ts';

/** Binds every key in force to the window, and those that the user changes anew. */
export function bindKeys(actions: Actions): void {
  let handler = handlerOf(actions);
  window.addEventListener('keydown', (event) => handler(event));
  useKeys.subscribe(() => {
    handler = handlerOf(actions);
  });
}

function handlerOf(actions: Actions) {
  const { changed } = useKeys.getState();
  const bindings = commands.flatMap((command) =>
    keysOf(command, changed).map((key) => [key, (event: KeyboardEvent) => press(command, event, actions)] as const),
  );
  return createKeybindingsHandler(Object.fromEntries(bindings));
}

function press(command: Command, event: KeyboardEvent, actions: Actions): void {
  if (!applies(command) || (!command.inFields && isTaken(event))) return;
  event.preventDefault();
  void command.run(actions);
}

function applies({ where, id }: Command): boolean {
  const { session } = useSession.getState();
  const { page, open } = useLayout.getState();
  if (open !== undefined && id !== open) return false;
  return where === 'anywhere' || (session !== undefined && (where === 'session' || page === 'curate'));
}

/** The focused element needs the key itself: text fields all keys, buttons the keys that press them. */
function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[data-closed]')) return false; // a dialog that is going has the focus for one more frame
  if (target.closest('[role=dialog], [role=menu]')) return true;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio') return true;
  if (target instanceof HTMLTextAreaElement) return true;
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
  if (target instanceof HTMLSelectElement) return plain;
  // A button that was clicked with the mouse keeps the focus without showing it: the key is not meant for it.
  const presses = (key === ' ' || key === 'Enter') && target.matches(':focus-visible');
  return plain && presses && target.closest('button, summary, input, a') !== null;
}
