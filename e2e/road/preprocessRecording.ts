import { memoryRecording } from '../../core/shared/memoryRecording.ts';
import { roundContacts } from '../../core/shared/probeGenerators.ts';
import { random } from '../../core/shared/random.ts';
import type { Recording } from '../../core/shared/recording.ts';

const CHANNELS = 12;
const FRAMES = [30_000, 20_000];
const SHANKS = 2;

/** Two columns of contacts a shank, channels in disorder. Not wired. */
function probe() {
  const positions = Array.from({ length: CHANNELS }, (_, i) => {
    const shank = i % SHANKS;
    const row = Math.floor(i / SHANKS);
    return [250 * shank + 32 * (row % 2), 20 * Math.floor(row / 2)];
  });
  return { ...roundContacts(positions, 6), shank_ids: positions.map((_, i) => String(i % SHANKS)) };
}

/** Noise on a slow wave, in steps of 3 raw units, with saturation, stimuli and loud stretches; offsets of the channels. */
export function disturbed(dtype: 'int16' | 'float32'): Recording {
  const r = random(11);
  const segments = FRAMES.map((frames, segment) => {
    const traces = new Float32Array(frames * CHANNELS);
    for (let f = 0; f < frames; f++)
      for (let c = 0; c < CHANNELS; c++) {
        const loud = f > 9000 && f < 12_000 ? 12 : 1;
        const wave = 200 * Math.sin(f / 900 + segment);
        const stimulus = f % 4001 > 3980 ? 900 * ((f % 4001) - 3980) : 0;
        const saturated = f >= 15_000 && f < 15_060 ? 9000 * (c % 3 === 0 ? -1 : 1) : 0;
        const value = 30 * loud * r.gaussian() + wave + stimulus + saturated + 100 * c;
        const whole = 3 * Math.round(value / 3);
        traces[f * CHANNELS + c] = dtype === 'int16' ? whole : Math.fround(whole + 0.37);
      }
    return traces;
  });
  const shanks = Array.from({ length: CHANNELS }, (_, c) => c % SHANKS);
  return memoryRecording(segments, {
    channelIds: Array.from({ length: CHANNELS }, (_, c) => `ch${c}`),
    dtype,
    tStart: [0, 0],
    gainToUv: Array.from({ length: CHANNELS }, (_, c) => 0.195 + 0.01 * c),
    offsetToUv: Array.from({ length: CHANNELS }, (_, c) => -12 - c),
    properties: {
      group: shanks,
      gain_to_physical_unit: Array.from({ length: CHANNELS }, (_, c) => 0.5 + c),
      offset_to_physical_unit: Array.from({ length: CHANNELS }, (_, c) => 3 - c),
    },
    probe: { probes: [{ ...probe(), device_channel_indices: Array.from({ length: CHANNELS }, (_, c) => c) }] },
  });
}
