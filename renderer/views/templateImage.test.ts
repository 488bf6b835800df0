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

test('units on other channels have the same rows; a channel that is not kept is empty and says so', () => {
  const other = toyWaveforms(1);
  const [waves] = other.items;
  const moved = { ...other, items: [{ ...waves!, channels: Int32Array.of(0, 3) }] };
  const two = toyState([7, 1]);
  const both = { ...data, 'number 1': moved };
  const images = templateImage.draw(two, both, options, size).filter(({ kind }) => kind === 'image');
  expect(images).toMatchObject([{ rows: 3 }, { rows: 3 }]);
  const [first] = images;
  if (first?.kind !== 'image') throw new Error('no image');
  expect(first.values[10 + 4]).toBe(-80); // channels 0, 1, 3: the trough is on the second
  const below = { x: 60, y: 18 + 190, ctrl: false, shift: false };
  expect(templateImage.read?.(below, two, both, options, size)).toContain('channel ch0');
  expect(templateImage.read?.(below, two, both, options, size)).toContain('not kept');
});
