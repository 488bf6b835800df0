import { expect, test } from 'vitest';
import { pictureKind, withEnding } from './picturePath.ts';

test('names of pictures and tables have a kind, other names and paths have none', () => {
  expect(pictureKind('Traces.png')).toEqual({ ending: '.png', label: 'PNG picture' });
  expect(pictureKind('Unit 7, waveforms.svg')?.ending).toBe('.svg');
  expect(pictureKind('units.csv')?.ending).toBe('.csv');
  const bad = [
    'x.exe',
    'x',
    '.png',
    '',
    '../x.png',
    'a/b.svg',
    'a\\b.svg',
    'C:x.png',
    'x\n.png',
    `${'x'.repeat(201)}.png`,
    'x.PNG.sh',
  ];
  for (const name of bad) expect(pictureKind(name), name).toBeUndefined();
});

test('a missing ending is added, another one is refused', () => {
  expect(withEnding('/home/u/x', '.png')).toBe('/home/u/x.png');
  expect(withEnding('/home/u/x.PNG', '.png')).toBe('/home/u/x.PNG');
  expect(withEnding('/home/u.d/x', '.svg')).toBe('/home/u.d/x.svg');
  expect(withEnding('/home/u/.bashrc.sh', '.png')).toBeUndefined();
  expect(withEnding('/home/u/x.svg', '.png')).toBeUndefined();
});
