import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import { random } from '../shared/random.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { highpassSpatialFilter } from './highpassSpatialFilter.ts';

const CHANNELS = 32;
const FRAMES = 3000;
const signal = new AbortController().signal;

/** Channels at the given depths, one column. */
function recorded(traces: Float32Array, depths: readonly number[], info: Partial<RecordingInfo> = {}): Recording {
  const positions = depths.map((y) => [0, y]);
  return memoryRecording([new Float32Array(CHANNELS * 100), traces], {
    channelIds: [...depths.keys()],
    probe: { probes: [{ ...roundContacts(positions, 5), device_channel_indices: [...depths.keys()] }] },
    ...info,
  });
}

async function after(recording: Recording, given: object = {}): Promise<Float32Array> {
  const params = parseParams(highpassSpatialFilter, 'step', { n_channel_pad: 16, ...given });
  const fitted = await highpassSpatialFilter.fit!(recording, params, signal);
  return stepRecording({ step: highpassSpatialFilter, params, fitted }, recording).read(1, 0, FRAMES);
}

const upward = Array.from({ length: CHANNELS }, (_, c) => 20 * c);

/** Noise of strength 10 on all channels, and of strength 1 on each. */
function striped(): Float32Array {
  const r = random(5);
  const out = new Float32Array(FRAMES * CHANNELS);
  for (let f = 0; f < FRAMES; f++) {
    const stripe = 10 * r.gaussian();
    for (let c = 0; c < CHANNELS; c++) out[f * CHANNELS + c] = stripe * (1 + c / CHANNELS) + r.gaussian();
  }
  return out;
}

function rms(traces: Float32Array): number {
  return Math.sqrt(traces.reduce((sum, x) => sum + x * x, 0) / traces.length);
}

test('stripes go, what is on single channels stays', async () => {
  const traces = striped();
  traces[1500 * CHANNELS + 7]! += 500;
  for (const apply_agc of [true, false]) {
    const out = await after(recorded(traces, upward), { apply_agc });
    expect(rms(traces)).toBeGreaterThan(14);
    expect(out[1500 * CHANNELS + 7]).toBeGreaterThan(400);
    out[1500 * CHANNELS + 7] = 0;
    expect(rms(out)).toBeLessThan(5);
  }
});

test('channels in any order are filtered by depth', async () => {
  const traces = striped();
  const order = upward.map((_, c) => (c * 13) % CHANNELS);
  const mixed = traces.map((_, i) => traces[i - (i % CHANNELS) + order[i % CHANNELS]!]!);
  const given = { rms_values: new Array<number>(CHANNELS).fill(10) };
  const plain = await after(recorded(traces, upward), given);
  const out = await after(
    recorded(
      mixed,
      order.map((c) => 20 * c),
    ),
    given,
  );
  const back = plain.map((_, i) => plain[i - (i % CHANNELS) + order[i % CHANNELS]!]!);
  expect(out.reduce((most, x, i) => Math.max(most, Math.abs(x - back[i]!)), 0)).toBeLessThan(1e-4);
});

test('the gain control keeps one loud channel from its neighbours', async () => {
  const traces = striped();
  for (let f = 0; f < FRAMES; f++) traces[f * CHANNELS + 16]! += 1000 * Math.sin(f);
  const noise = (out: Float32Array) => rms(out.filter((_, i) => i % CHANNELS === 15));
  expect(noise(await after(recorded(traces, upward)))).toBeLessThan(8);
  expect(noise(await after(recorded(traces, upward), { apply_agc: false }))).toBeGreaterThan(15);
});

test('a silent channel stays silent, a short segment and no padding are filtered', async () => {
  const traces = striped();
  for (let f = 0; f < FRAMES; f++) traces[f * CHANNELS + 3] = 0;
  const out = await after(recorded(traces, upward), { n_channel_pad: null });
  expect(out.every(Number.isFinite)).toBe(true);
  expect(rms(out.filter((_, i) => i % CHANNELS === 3))).toBe(0);
});

test('tapered ends fade out', async () => {
  const out = await after(recorded(striped(), upward), { n_channel_pad: 0, n_channel_taper: 8, apply_agc: false });
  expect(rms(out.filter((_, i) => i % CHANNELS === 0))).toBeLessThan(rms(out.filter((_, i) => i % CHANNELS === 16)));
});

test('what cannot be is told by step and parameter', async () => {
  const say = async (given: object, info: Partial<RecordingInfo> = {}) =>
    after(recorded(striped(), upward, info), given).catch((error: Error) => error.message);
  expect(await say({ n_channel_pad: 33 })).toContain('n_channel_pad is 33, the recording has 32 channels');
  expect(await say({ direction: 'z' })).toContain('no direction "z"');
  expect(await say({ rms_values: [1] })).toContain('rms_values has 1 numbers');
  expect(await say({}, { properties: { group: upward.map((y) => (y > 300 ? 1 : 0)) } })).toContain('2 groups');
  expect(await say({}, { probe: { probes: [] } })).toContain('no probe');
  expect(await say({}, { dtype: 'uint16' })).toContain('unsigned');
});
