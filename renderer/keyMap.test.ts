import { expect, test } from 'vitest';
import type { Command } from './commands.ts';
import { holderOf, keyLabel, keysOf, pressedKey, withKey } from './keyMap.ts';

const command = (id: string, ...keys: string[]): Command => ({
  id,
  section: 'Test',
  label: id,
  keys,
  where: 'anywhere',
  run: () => undefined,
});
const commands = [command('merge', 'g'), command('undo', '$mod+z'), command('redo', '$mod+Shift+z', '$mod+y')];

test('a command has its own keys until the user gives it others', () => {
  expect(keysOf(commands[0]!, {})).toEqual(['g']);
  expect(keysOf(commands[0]!, { merge: ['m'] })).toEqual(['m']);
  expect(keysOf(commands[0]!, { merge: [] })).toEqual([]);
  expect(holderOf('$mod+Y', commands, {})?.id).toBe('redo');
  expect(holderOf('$mod+y', commands, { redo: [] })).toBe(undefined);
});

test('a key given to one command is taken from the other, and stands where the old one stood', () => {
  const changed = withKey('redo', '$mod+z', '$mod+Shift+z', commands, {});
  expect(changed).toEqual({ redo: ['$mod+z', '$mod+y'], undo: [] });
  expect(withKey('merge', 'm', undefined, commands, changed)).toEqual({ ...changed, merge: ['g', 'm'] });
  expect(withKey('merge', 'g', 'g', commands, {})).toEqual({ merge: ['g'] });
});

const press = (key: string, code: string, ...held: ('altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey')[]) => ({
  key,
  code,
  altKey: held.includes('altKey'),
  ctrlKey: held.includes('ctrlKey'),
  metaKey: held.includes('metaKey'),
  shiftKey: held.includes('shiftKey'),
});

test('keys are read as tinykeys writes them', () => {
  expect(pressedKey(press('Control', 'ControlLeft', 'ctrlKey'), false)).toBe(undefined);
  expect(pressedKey(press('Z', 'KeyZ', 'ctrlKey', 'shiftKey'), false)).toBe('$mod+Shift+z');
  expect(pressedKey(press(' ', 'Space'), false)).toBe('Space');
  expect(pressedKey(press('ArrowLeft', 'ArrowLeft', 'altKey'), false)).toBe('Alt+ArrowLeft');
  expect(pressedKey(press('©', 'KeyG', 'altKey'), true)).toBe('Alt+g');
  expect(pressedKey(press('z', 'KeyZ', 'metaKey'), true)).toBe('$mod+z');
});

test('keys are written as people know them', () => {
  expect(keyLabel('$mod+Shift+z', false)).toBe('Ctrl+Shift+Z');
  expect(keyLabel('$mod+z', true)).toBe('Cmd+Z');
  expect(keyLabel('Alt+ArrowLeft', false)).toBe('Alt+←');
  expect(keyLabel('Shift+?', false)).toBe('?');
});
