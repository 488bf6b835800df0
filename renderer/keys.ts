import { createKeybindingsHandler } from 'tinykeys';
import type { Actions } from './actions/index.ts';
import { type Command, commands } from './commands.ts';
import { useLayout } from './state/layout.ts';
import { useSession } from './state/session.ts';

/** Binds every key of commands.ts to the window. Returns a function that takes them away. */
export function bindKeys(actions: Actions): () => void {
  const bindings = commands.flatMap((command) =>
    command.keys.map((key) => [key, (event: KeyboardEvent) => press(command, event, actions)] as const),
  );
  const handler = createKeybindingsHandler(Object.fromEntries(bindings));
  window.addEventListener('keydown', handler);
  return () => window.removeEventListener('keydown', handler);
}

function press(command: Command, event: KeyboardEvent, actions: Actions): void {
  if (!applies(command) || (!command.inFields && isTaken(event))) return;
  event.preventDefault();
  void command.run(actions);
}

function applies({ where, id }: Command): boolean {
  const { session } = useSession.getState();
  const { page, helpOpen } = useLayout.getState();
  if (helpOpen && id !== 'help') return false;
  return where === 'anywhere' || (session !== undefined && (where === 'session' || page === 'curate'));
}

/** The focused element needs the key itself: text fields all keys, buttons the keys that press them. */
function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role=dialog], [role=menu]')) return true;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio') return true;
  if (target instanceof HTMLTextAreaElement) return true;
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
  if (target instanceof HTMLSelectElement) return plain;
  // A button that was clicked with the mouse keeps the focus without showing it: the key is not meant for it.
  const presses = (key === ' ' || key === 'Enter') && target.matches(':focus-visible');
  return plain && presses && target.closest('button, summary, input, a') !== null;
}
