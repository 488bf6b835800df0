import { expect, test } from 'vitest';
import { entryInfo, findEntry, nearest, parseParams } from './entry.ts';
import { canonical } from './json.ts';
import { z } from './zod.ts';

const filter = {
  name: 'bandpass_filter',
  label: 'Band-pass filter',
  help: 'Keeps the band in which spikes are.',
  params: z.object({
    freq_min: z.number().min(0).default(300).describe('Lower edge').meta({ unit: 'Hz' }),
    btype: z.enum(['bandpass', 'highpass']).default('bandpass').describe('Kind'),
  }),
};

test('left out parameters have their defaults', () => {
  expect(parseParams(filter, 'step', { freq_min: 500 })).toEqual({ freq_min: 500, btype: 'bandpass' });
});

test('an unknown parameter is refused with the nearest known one', () => {
  expect(() => parseParams(filter, 'step', { freq_mim: 1 })).toThrowError(
    expect.objectContaining({ message: expect.stringContaining('freq_mim'), hint: 'Did you mean "freq_min"?' }),
  );
});

test('a wrong value names its field', () => {
  expect(() => parseParams(filter, 'step', { freq_min: 'low' })).toThrow(/bandpass_filter.*freq_min/);
});

test('an unknown name offers the nearest', () => {
  expect(() => findEntry([filter], 'step', 'bandpas_filter')).toThrowError(
    expect.objectContaining({ hint: 'Did you mean "bandpass_filter"?' }),
  );
  expect(nearest('zzz', ['bandpass_filter'])).toBeUndefined();
});

test('an entry crosses a port as plain data with its defaults, units and help', () => {
  const info = structuredClone(entryInfo(filter));
  expect(info.defaults).toEqual({ freq_min: 300, btype: 'bandpass' });
  expect(info.schema).toMatchObject({ properties: { freq_min: { unit: 'Hz', description: 'Lower edge' } } });
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonical({ b: 1, a: [{ d: undefined, c: null }] })).toBe('{"a":[{"c":null}],"b":1}');
  expect(canonical({ a: [{ c: null }], b: 1 })).toBe(canonical({ b: 1, a: [{ c: null }] }));
});
