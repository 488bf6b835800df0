import { expect, test } from 'vitest';
import { duration } from './JobBar.tsx';
import { savedText } from './TitleBar.tsx';

test('time left in the unit people would use', () => {
  expect([0.2, 25.4, 89, 180, 4800].map(duration)).toEqual(['1 s', '25 s', '89 s', '3 min', '80 min']);
  expect(duration(3600 + 3000 + 60)).toBe('1 h 51 min');
});

test('when the session was saved', () => {
  const at = (minutes: number) => new Date(2026, 1, 3, 9, minutes).toISOString();
  expect(savedText({ savedAt: at(5) })).toBe('saved 09:05');
  expect(savedText({ savedAt: at(5), editedAt: at(7) })).toBe('saved 09:07');
  expect(savedText({ editedAt: at(7) })).toBe('curation saved 09:07');
  expect(savedText({})).toContain('not saved yet');
});
