import { expect, test } from 'vitest';
import { duration } from './JobBar.tsx';
import { savedText } from './TitleBar.tsx';

test('time left in the unit people would use', () => {
  expect([0.2, 25.4, 89, 180, 4800].map(duration)).toEqual(['1 s', '25 s', '89 s', '3 min', '80 min']);
  expect(duration(3600 + 3000 + 60)).toBe('1 h 51 min');
});

test('when the session was saved', () => {
  expect(savedText(new Date(2026, 1, 3, 9, 5).toISOString())).toBe('saved 09:05');
  expect(savedText(undefined)).toContain('not saved yet');
});
