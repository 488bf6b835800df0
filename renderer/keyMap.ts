import type { Command } from './commands.ts';

/** Keys that the user gave to commands, by the command's id. */
export type ChangedKeys = Readonly<Record<string, readonly string[]>>;

export function keysOf(command: Pick<Command, 'id' | 'keys'>, changed: ChangedKeys): readonly string[] {
  return (Object.hasOwn(changed, command.id) ? changed[command.id] : undefined) ?? command.keys;
}

/** The command that has that key now. */
export function holderOf(key: string, commands: readonly Command[], changed: ChangedKeys): Command | undefined {
  return commands.find((command) => keysOf(command, changed).some((own) => sameKey(own, key)));
}

/** The keys in force with `key` given to a command in the place of `instead` (none: besides its others), and taken from whoever had it. */
export function withKey(
  commandId: string,
  key: string,
  instead: string | undefined,
  commands: readonly Command[],
  changed: ChangedKeys,
): ChangedKeys {
  const next = { ...changed };
  for (const command of commands) {
    const now = keysOf(command, changed);
    const others = now.filter((own) => !sameKey(own, key));
    if (command.id === commandId) next[command.id] = placed(now, key, instead);
    else if (others.length < now.length) next[command.id] = others;
  }
  return next;
}

function placed(now: readonly string[], key: string, instead: string | undefined): string[] {
  const others = now.filter((own) => !sameKey(own, key) || own === instead);
  return instead !== undefined && others.includes(instead)
    ? others.map((own) => (own === instead ? key : own))
    : [...others, key];
}

/** The key that was pressed, as tinykeys writes it; undefined while only a modifier is down. */
export function pressedKey(event: KeyPress, mac: boolean): string | undefined {
  const { key, code } = event;
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(key))
    return undefined;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  // With Alt some systems write other signs: the letter on the key is meant.
  const letter = event.altKey ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  const name = key === ' ' ? 'Space' : (letter ?? (key.length === 1 ? key : undefined));
  return [
    ...(mod ? ['$mod'] : []),
    ...(other ? [mac ? 'Control' : 'Meta'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : []),
    name === 'Space' ? name : (name?.toLowerCase() ?? key),
  ].join('+');
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** "$mod+Shift+z" as people write it: "Ctrl+Shift+Z". */
export function keyLabel(key: string, mac: boolean): string {
  const names: Readonly<Record<string, string>> = {
    $mod: mac ? 'Cmd' : 'Ctrl',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  if (key === 'Shift+?') return '?';
  if (key === 'Alt+Shift++') return 'Alt+plus';
  return key
    .split('+')
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}
