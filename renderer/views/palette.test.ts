import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { palettes, unitColor } from './palette.ts';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');

function tokens(theme: string): Record<string, string> {
  const block = css.slice(css.indexOf(`data-theme="${theme}"`));
  const rules = block.slice(0, block.indexOf('}'));
  return Object.fromEntries(
    [...rules.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, color]) => [name, color]),
  );
}

/** WCAG 2 relative luminance. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const rgb = (code = '') => [1, 3, 5].map((at) => Number.parseInt(code.slice(at, at + 2), 16) / 255);

test.each(['dark', 'light'] as const)('%s: every text can be read on every ground it stands on', (theme) => {
  const color = tokens(theme);
  const pairs = [
    ...['page', 'raised', 'field', 'picture', 'selected', 'hover'].flatMap((ground) => [
      ['text', ground],
      ['quiet', ground],
    ]),
    ['accent', 'raised'],
    ['accent-text', 'accent-fill'],
    ['wrong', 'page'],
    ['wrong', 'wrong-fill'],
    ['text', 'wrong-fill'],
    ['good', 'page'],
    ['good', 'selected'],
    ['text', 'note-fill'],
  ] as const;
  const low = pairs.filter(([text, ground]) => contrast(rgb(color[text]), rgb(color[ground])) < 4.5);
  expect(low).toEqual([]);
});

test.each(['dark', 'light'] as const)('%s: pictures have the ground of the chrome, units stand out of it', (theme) => {
  const palette = palettes[theme];
  expect(palette.background.slice(0, 3)).toEqual(rgb(tokens(theme).picture));
  const dim = palette.units.filter((unit) => contrast(unit.slice(0, 3), palette.background.slice(0, 3)) < 4.5);
  expect(dim).toEqual([]);
});

test('units have colours in the order of selection, from the start again after the last', () => {
  expect(unitColor(palettes.dark, 8)).toEqual(unitColor(palettes.dark, 0));
});
