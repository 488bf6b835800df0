import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import type { Step } from '../shared/lists.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { bandpassFilter } from './bandpassFilter.ts';
import { bessel } from './bessel.ts';
import { causalFilter } from './causalFilter.ts';
import { filter } from './filter.ts';
import { notchFilter } from './notchFilter.ts';

const FRAMES = 4000;
const saw = Float32Array.from({ length: 40 }, (_, f) => (f % 7) - 3);

async function after(step: Step, given: object, traces: Float32Array = saw): Promise<Float32Array> {
  const parent = memoryRecording([traces], { channelIds: [0] });
  return stepRecording({ step, params: parseParams(step, 'step', given) }, parent).read(0, 0, traces.length);
}

function sine(hz: number): Float32Array {
  return Float32Array.from({ length: FRAMES }, (_, f) => Math.sin((2 * Math.PI * hz * f) / 30_000));
}

/** Amplitude of a sine in the middle of `traces`. */
function amplitude(traces: Float32Array): number {
  const squares = traces.subarray(1000, 3000).reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(squares / 1000);
}

function near(ours: ArrayLike<number>, at: readonly number[], scipy: readonly number[]): void {
  for (const [i, frame] of at.entries()) expect(ours[frame]).toBeCloseTo(scipy[i]!, 5);
}

// scipy.signal.iirfilter(2, [0.1, 0.5]), of the Nyquist frequency
const ba = {
  b: [0.20657208382614795, 0.0, -0.4131441676522959, 0.0, 0.20657208382614795],
  a: [1.0, -1.7215624109186836, 1.1958157126558333, -0.5530142407002425, 0.195815712655833],
};
const sos = [
  [0.20657208382614795, 0.4131441676522959, 0.20657208382614795, 1.0, -0.14484559055017837, 0.2883538019066988],
  [1.0, -2.0, 1.0, 1.0, -1.5767168203685054, 0.6790814317724588],
];

test('own coefficients run as in SciPy, in both forms and all directions', async () => {
  for (const given of [
    { coeff: [ba.b, ba.a], filter_mode: 'ba' },
    { coeff: sos, filter_mode: 'sos' },
  ]) {
    near(await after(filter, given), [0, 10, 39], [0.02334074593377694, -0.3328881928823024, -0.03453770983855875]);
    near(
      await after(filter, { ...given, direction: 'forward' }),
      [0, 10, 39],
      [-0.6197162514784438, -0.22834498421527716, 1.4731736791935963],
    );
    near(
      await after(filter, { ...given, direction: 'backward' }),
      [0, 10, 39],
      [-1.6341207893025178, 0.02744636303022574, 0.20657208382614795],
    );
  }
});

test('a section that delays by a frame is a polynomial', async () => {
  const out = await after(filter, { coeff: [[0, 1, 0, 1, 0, 0]], direction: 'forward' });
  expect([...out]).toEqual([0, ...saw.subarray(0, 39)]);
});

test('bessel(3, 0.1, "highpass") is that of SciPy', () => {
  const { sections, gain } = bessel(3, [0.1], 2);
  let [top, below] = [gain, 1];
  for (let s = 0; s < sections.length; s += 6) {
    top *= 1 - sections[s]! + sections[s + 1]!;
    below *= 1 - sections[s + 2]! + sections[s + 3]!;
  }
  expect(top / below).toBeCloseTo(1, 12); // at the Nyquist frequency
  const lone = [...sections].findIndex((_, i) => i % 6 === 3 && sections[i] === 0) - 1;
  expect(sections[lone]).toBeCloseTo(-0.7120242238020267, 6);
});

test('mirrored ends are those of a recording twice as long', async () => {
  const traces = Float32Array.from({ length: 600 }, (_, f) => 5 + Math.sin(f * 0.7));
  const mirrored = Float32Array.from({ length: 1800 }, (_, f) => traces[Math.abs(f < 1198 ? f - 599 : 1797 - f)]!);
  const plain = await after(bandpassFilter, {}, mirrored);
  const out = await after(bandpassFilter, { add_reflect_padding: true }, traces);
  for (const f of [0, 1, 300, 598]) expect(out[f]).toBeCloseTo(plain[599 + f]!, 3);
});

test('causal_filter: nothing before the cause', async () => {
  const click = new Float32Array(200);
  click[100] = 1000;
  const forward = await after(causalFilter, {}, click);
  const backward = await after(causalFilter, { direction: 'backward' }, click);
  expect(forward.subarray(0, 100).every((x) => x === 0)).toBe(true);
  expect(Math.abs(forward[103]!)).toBeGreaterThan(10);
  expect(backward.subarray(101).every((x) => x === 0)).toBe(true);
  expect(backward[97]).toBeCloseTo(forward[103]!, 3);
});

test('notch_filter takes its frequency and leaves others', async () => {
  expect(amplitude(await after(notchFilter, { q: 5 }, sine(3000)))).toBeLessThan(0.01);
  expect(amplitude(await after(notchFilter, { q: 5 }, sine(1000)))).toBeCloseTo(1, 1);
});

test('what cannot be is told by step and parameter', async () => {
  const say = async (step: Step, given: object) => after(step, given).catch((error: Error) => error.message);
  expect(await say(filter, { band: 300 })).toContain('step "filter": band has one frequency and btype is "bandpass"');
  expect(await say(filter, { btype: 'highpass' })).toContain('band has two frequencies');
  expect(await say(causalFilter, { band: [300, 20_000] })).toContain(
    'step "causal_filter": band\'s upper end 20000 Hz',
  );
  expect(await say(filter, { coeff: [[1, 2]], filter_mode: 'sos' })).toContain('coeff does not have the form');
  expect(await say(filter, { coeff: [[1, 2]], filter_mode: 'ba' })).toContain('coeff does not have the form');
  expect(await say(notchFilter, { freq: 15_000 })).toContain('step "notch_filter": freq 15000 Hz is not below 15000');
});
