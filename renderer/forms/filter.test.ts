import { expect, test } from 'vitest';
import { parseFilter } from './filter.ts';

const columns = ['id', 'group', 'snr', 'firing_rate'];
const units = [
  { id: 1, group: 'good', snr: 8, firing_rate: 2 },
  { id: 12, group: 'mua', snr: 3, firing_rate: 20 },
  { id: 21, group: '', snr: undefined, firing_rate: 0.1 },
];

function kept(text: string): number[] | string {
  const parsed = parseFilter(text, columns);
  if ('wrong' in parsed) return parsed.wrong;
  const cells = units.map((unit) => new Map<string, number | string | undefined>(Object.entries(unit)));
  return units
    .filter((unit, i) => parsed.filter((column) => cells[i]?.get(column), `${unit.id} ${unit.group || 'unsorted'}`))
    .map(({ id }) => id);
}

test.each([
  ['', [1, 12, 21]],
  ['12', [12]],
  ['2', [12, 21]],
  ['GOOD', [1]],
  ['2 mua', [12]],
  ['snr > 5', [1]],
  ['snr >= 3 && group == mua', [12]],
  ['snr<5||firing_rate<1', [12, 21]],
  ['snr > 5 or snr < 4 and group = mua', [1, 12]],
  ["group != 'good'", [12, 21]],
  ['group == unsorted', [21]],
  ['SNR != 8', [12, 21]],
  ['snr < 100', [1, 12]],
])('%s', (text, ids) => {
  expect(kept(text)).toEqual(ids);
});

test('a wrong filter says what is wrong', () => {
  expect(kept('snrr > 5')).toBe('no column "snrr"; there are id, group, snr, firing_rate');
  expect(kept('snr >')).toContain('is no comparison');
  expect(kept('snr > 5 && ')).toContain('is no comparison');
});
