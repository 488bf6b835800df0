import { expect, test } from 'vitest';
import { entryInfo, parseParams } from '../../shared/entry.ts';
import { extensions } from './index.ts';

test('every extension explains itself, has usual values, and comes after those it needs', () => {
  const seen = new Set<string>();
  for (const extension of extensions) {
    expect(extension.help.length).toBeGreaterThan(60);
    const params = parseParams(extension, 'extension', {});
    for (const needed of extension.dependsOn(params)) expect(seen).toContain(needed);
    for (const [name, field] of Object.entries(extension.params.shape))
      expect(field.description?.length, `${extension.name}.${name}`).toBeGreaterThan(30);
    expect(Object.keys(entryInfo(extension).defaults)).toEqual(Object.keys(extension.params.shape));
    expect(extension.siClass).toMatch(/^(core|postprocessing|metrics)\..*\.Compute[A-Z]/);
    seen.add(extension.name);
  }
  expect(seen.size).toBe(extensions.length);
});

test('an unknown parameter is told with the nearest known one', () => {
  const waveforms = extensions.find((extension) => extension.name === 'waveforms')!;
  expect(() => parseParams(waveforms, 'extension', { ms_befor: 2 })).toThrow(/has no parameter "ms_befor"/);
  expect(() => parseParams(waveforms, 'extension', { ms_before: -2 })).toThrow(/ms_before/);
});
