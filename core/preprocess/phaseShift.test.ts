import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { phaseShift } from './phaseShift.ts';

const FRAMES = 6000;
const SHIFTS = [0, 0.25, 1, 0.25];

function shifted(traces: Float32Array, given: object = {}, info: Partial<RecordingInfo> = {}) {
  const parent = memoryRecording([new Float32Array(400), traces], {
    channelIds: [0, 1, 2, 3],
    properties: { inter_sample_shift: SHIFTS },
    ...info,
  });
  return stepRecording({ step: phaseShift, params: parseParams(phaseShift, 'step', given) }, parent);
}

/** The same smooth wave on all channels, sampled `late` frames later. */
function wave(late: (channel: number) => number): Float32Array {
  const out = new Float32Array(FRAMES * 4);
  for (let f = 0; f < FRAMES; f++)
    for (let c = 0; c < 4; c++) {
      const t = f - late(c);
      const envelope = Math.exp(-(((t - 3000) / 900) ** 2));
      out[4 * f + c] = 500 * envelope * (Math.sin(t * 0.3) + Math.sin(t * 1.1 + 1));
    }
  return out;
}

function apart(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);
}

test('a channel that was sampled early is moved later by its shift', async () => {
  const out = await shifted(wave(() => 0)).read(1, 0, FRAMES);
  expect(
    apart(
      out,
      wave((c) => SHIFTS[c]!),
    ),
  ).toBeLessThan(0.01);
});

test('shifts may be given, and win over the property', async () => {
  const given = { inter_sample_shift: [0, 0, 0, 2] };
  const out = await shifted(
    wave(() => 0),
    given,
  ).read(1, 0, FRAMES);
  expect(
    apart(
      out,
      wave((c) => (c === 3 ? 2 : 0)),
    ),
  ).toBeLessThan(0.05);
});

test('pieces join: with 40 ms of margin noise is the same to a few hundredths', async () => {
  const r = random(3);
  const recording = shifted(Float32Array.from({ length: FRAMES * 4 }, () => 10 * r.gaussian()));
  const whole = await recording.read(1, 0, FRAMES);
  const piece = await recording.read(1, 2000, 3500);
  expect(apart(piece, whole.subarray(8000, 14_000))).toBeLessThan(0.5);
  expect(apart(piece, whole.subarray(8004, 14_004))).toBeGreaterThan(10);
});

test('an abrupt start is that of a circle of chunk and two margins, as in SpikeInterface', async () => {
  // By the definition: the discrete Fourier transform of 50 frames between two margins of zeros, turned.
  const r = random(4);
  const traces = Float32Array.from({ length: 200 }, () => 100 + r.gaussian());
  const margin = 30;
  const n = 50 + 2 * margin;
  const out = await shifted(traces, { margin_ms: 1 }).read(1, 0, 50);
  for (const f of [0, 1, 25, 49])
    for (const c of [1, 2]) {
      let sum = 0;
      for (let k = 0; k <= n / 2; k++)
        for (let j = 0; j < 50; j++) {
          const share = k === 0 || k === n / 2 ? 1 : 2;
          const turn = (2 * Math.PI * k) / n;
          const at =
            k === n / 2
              ? Math.cos(Math.PI * SHIFTS[c]!) * Math.cos(Math.PI * (f - j))
              : Math.cos(turn * (f - j - SHIFTS[c]!));
          sum += (share * traces[4 * j + c]! * at) / n;
        }
      expect(out[4 * f + c]).toBeCloseTo(sum, 3);
    }
});

test('whole numbers stay whole; type and shifts are checked', async () => {
  const info = { dtype: 'int16' } as const;
  const out = await shifted(
    wave(() => 0),
    {},
    info,
  ).read(1, 100, 5000);
  expect(out.every(Number.isInteger)).toBe(true);
  expect(
    shifted(
      wave(() => 0),
      { dtype: 'float32' },
      info,
    ).info.dtype,
  ).toBe('float32');
  expect(() => shifted(new Float32Array(), {}, { properties: {} })).toThrow(
    'step "phase_shift": the recording does not say when each channel was sampled',
  );
  expect(() => shifted(new Float32Array(), { inter_sample_shift: [1] })).toThrow(
    'has 1 numbers, the recording 4 channels',
  );
});
