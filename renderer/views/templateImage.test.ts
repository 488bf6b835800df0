import { expect, test } from 'vitest';
import { templateImage } from './templateImage.ts';
import { toyState, toyWaveforms } from './toyState.ts';

const size = { width: 400, height: 240 };
const options = templateImage.params.parse({});
const state = toyState([7]);
const data = { 'number 7': toyWaveforms(7) };

test('each selected unit is asked for without single spikes', () => {
  expect(templateImage.query(toyState([7, 1]), options, size)).toMatchObject({
    'number 7': { method: 'waveforms', args: { unitIds: [7], maxSpikes: 0 } },
    'number 1': { args: { unitIds: [1] } },
  });
});

test('rows are channels by depth, the trough lies at its sample', () => {
  const mark = templateImage.draw(state, data, options, size).find(({ kind }) => kind === 'image');
  expect(mark).toMatchObject({ columns: 10, rows: 2, extent: [-4, 0, 6, 2], range: [-80, 80] });
  if (mark?.kind !== 'image') throw new Error('no image');
  expect(mark.values[4]).toBe(-80); // channel 1, deeper than channel 3
  expect(mark.values.filter((v) => v !== 0)).toHaveLength(1);
});

test('what lies under the pointer', () => {
  const trough = { x: 40 + (352 * 4.5) / 10, y: 18 + 0.75 * 200, ctrl: false, shift: false };
  expect(templateImage.read?.(trough, state, data, options, size)).toContain('channel ch1 · 0.50 ms · −80 µV');
  expect(templateImage.pick?.(trough, state, data, options, size)).toEqual({ kind: 'focus', focus: { channel: 1 } });
  expect(templateImage.point?.({ ...trough, x: 10 }, state, data, options, size)).toBeUndefined();
});
