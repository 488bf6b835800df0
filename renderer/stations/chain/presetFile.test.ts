import { expect, test } from 'vitest';
import { presetText, readPreset } from './presetFile.ts';

const steps = [{ step: 'bandpass_filter', params: { freq_min: 400 }, enabled: true }];

test('what is saved is what is read', () => {
  expect(readPreset(presetText('mine', steps), 'x.json')).toEqual({ name: 'mine', steps });
});

test("a session and SpikeInterface's dictionary are read too", () => {
  const session = JSON.stringify({
    spikedesk: 1,
    recording: {},
    preprocess: [{ step: 'bandpass_filter', params: { freq_min: 400 } }],
  });
  expect(readPreset(session, 'session.json')).toEqual({ name: 'session', steps });
  expect(readPreset('{"bandpass_filter": {"freq_min": 400}}', 'si.json')).toEqual({ name: 'si', steps });
});

test('other files are refused by name', () => {
  expect(() => readPreset('[1, 2]', 'a.json')).toThrow('a.json holds no chain');
  expect(() => readPreset('{}', 'a.json')).toThrow('a.json holds no chain');
  expect(() => readPreset('{', 'a.json')).toThrow('a.json is not JSON');
});
