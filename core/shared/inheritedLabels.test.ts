import { expect, test } from 'vitest';
import { inherited } from './inheritedLabels.ts';

const unit = (numSpikes: number, group: string, labels: Record<string, string[]> = {}) => ({
  numSpikes,
  group,
  labels,
});

test('values that agree pass on, whoever is unlabelled', () => {
  expect(inherited([unit(9, ''), unit(1, 'good'), unit(2, 'good')]).group).toBe('good');
});

test('where they differ the unit with the most spikes decides, also if it has none', () => {
  expect(inherited([unit(1, 'good'), unit(2, 'mua')]).group).toBe('mua');
  expect(inherited([unit(2, 'good'), unit(2, 'mua')]).group).toBe('good');
  expect(inherited([unit(1, 'good'), unit(2, 'mua'), unit(3, '')]).group).toBe('');
});

test('each label for itself; names of Object are names', () => {
  const units = [unit(1, '', { cell: ['a'], constructor: ['x'] }), unit(2, '', { cell: ['b', 'c'] })];
  expect(inherited(units).labels).toEqual({ cell: ['b', 'c'], constructor: ['x'] });
});
