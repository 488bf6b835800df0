import { expect, test } from 'vitest';
import { commands } from './commands.ts';

test('no key has two commands, no command two names', () => {
  const keys = commands.flatMap((command) => command.keys.map((key) => key.toLowerCase()));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  const ids = commands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the keys users know from phy', () => {
  const keyOf = (id: string) => commands.find((command) => command.id === id)?.keys;
  expect(keyOf('merge')).toEqual(['g']);
  expect(keyOf('good')).toEqual(['Alt+g']);
  expect(keyOf('mua')).toEqual(['Alt+m']);
  expect(keyOf('noise')).toEqual(['Alt+n']);
  expect(keyOf('unsorted')).toEqual(['Alt+u']);
  expect(keyOf('undo')).toEqual(['$mod+z']);
  expect(keyOf('redo')).toEqual(['$mod+Shift+z', '$mod+y']);
  expect(keyOf('help')).toContain('h');
  expect(keyOf('next')).toEqual(['ArrowDown']);
  expect(keyOf('similar-next')).toEqual(['Space']);
  expect(keyOf('go-sort')).toEqual(['4']);
});
