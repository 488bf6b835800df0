import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { bandpassFilter } from './bandpassFilter.ts';
import { butterworth } from './butterworth.ts';
import { highpassFilter } from './highpassFilter.ts';

const FRAMES = 6000;

/** Amplitude that is left of a sine of `hz`, far from the borders. */
function left(hz: number, step: typeof bandpassFilter | typeof highpassFilter): number {
  const { info } = memoryRecording([new Float32Array(FRAMES)], { channelIds: [0] });
  const prepared = step.prepare(info, parseParams(step, 'step', {}) as never, undefined);
  const sine = Float32Array.from({ length: FRAMES }, (_, i) => 1000 * Math.sin((2 * Math.PI * hz * i) / 30_000));
  const out = step.apply(sine, FRAMES, prepared, { segment: 0, startFrame: 0 });
  const squares = out.subarray(2000, 4000).reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares / 1000) / 1000;
}

test('the band passes, what is outside does not, the corners lose half (twice 3 dB)', () => {
  expect(left(1500, bandpassFilter)).toBeCloseTo(1, 2);
  expect(left(300, bandpassFilter)).toBeCloseTo(0.5, 2);
  expect(left(6000, bandpassFilter)).toBeCloseTo(0.5, 1);
  expect(left(30, bandpassFilter)).toBeLessThan(1e-3);
  expect(left(12_000, bandpassFilter)).toBeLessThan(1e-3);
  expect(left(12_000, highpassFilter)).toBeCloseTo(1, 2);
  expect(left(30, highpassFilter)).toBeLessThan(1e-3);
});

test('butterworth gives the sections of scipy.signal.butter(2, 300, "highpass", fs=30000)', () => {
  const { sections, gain, edge } = butterworth(2, [300], 30_000);
  const scipy = {
    b: [0.9565432255568768, -1.9130864511137535, 0.9565432255568768],
    a: [-1.911197067426073, 0.9149758348014341],
  };
  const ours = [1, sections[0]!, sections[1]!].map((b) => b * gain);
  for (const [i, value] of scipy.b.entries()) expect(ours[i]).toBeCloseTo(value, 12);
  for (const [i, value] of scipy.a.entries()) expect(sections[2 + i]).toBeCloseTo(value, 12);
  expect(edge).toBe(9);
});

test('a constant leaves nothing, not even at the borders', () => {
  const { info } = memoryRecording([], { channelIds: [0, 1] });
  const prepared = bandpassFilter.prepare(info, parseParams(bandpassFilter, 'step', {}), undefined);
  const out = bandpassFilter.apply(new Float32Array(400).fill(5000), 200, prepared, { segment: 0, startFrame: 0 });
  expect(Math.max(...out.map(Math.abs))).toBeLessThan(1e-3);
});

test('the margin is five periods of the lower corner, or as given', () => {
  const { info } = memoryRecording([], { channelIds: [0] });
  const margin = (params: object) => bandpassFilter.margin(info, parseParams(bandpassFilter, 'step', params));
  expect(margin({})).toBe(500);
  expect(margin({ freq_min: 500 })).toBe(300);
  expect(margin({ margin_ms: 10 })).toBe(300);
});

test('corners that cannot be are told', () => {
  const { info } = memoryRecording([], { channelIds: [0], samplingFrequency: 10_000 });
  const say = (params: object) => () => bandpassFilter.info(info, parseParams(bandpassFilter, 'step', params));
  expect(say({})).toThrow('half the sampling frequency (5000 Hz)');
  expect(say({ freq_min: 4000, freq_max: 3000 })).toThrow('not below 3000 Hz');
  expect(say({ freq_min: 1, freq_max: 300 })).toThrow('below 100 Hz');
  expect(say({ freq_min: 1, freq_max: 300, ignore_low_freq_error: true })).not.toThrow();
});

test('a filtered recording has no offset', () => {
  const { info } = memoryRecording([], { channelIds: [0], gainToUv: [0.195], offsetToUv: [-6389.76] });
  const made = bandpassFilter.info(info, parseParams(bandpassFilter, 'step', {}));
  expect([made.offsetToUv, made.gainToUv, made.isFiltered]).toEqual([[0], [0.195], true]);
});
