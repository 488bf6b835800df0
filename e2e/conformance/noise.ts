import { join } from 'node:path';
import { type NoiseMethod, noiseLevels } from '../../core/compute/noiseLevels.ts';
import { open } from '../../core/open.ts';
import type { Slices } from '../../core/shared/lists.ts';
import type { Recording } from '../../core/shared/recording.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { Area } from './area.ts';
import { goldenRecording } from './goldenRecording.ts';
import { goldenSlices, slicesVerdict } from './slices.ts';

const durations = { recording: '500ms', recording_raw: '200ms', recording_2seg: '200ms' };
const methods: readonly NoiseMethod[] = ['mad', 'std', 'rms'];

/** Noise levels over the chunks SpikeInterface drew. */
export const noise: Area = {
  name: 'noise',
  async *check(place) {
    for (const [name, duration] of Object.entries(durations)) {
      const recording = await open(await goldenRecording(place, name));
      const entry = `noise/slices_${name}.json`;
      const slices = goldenSlices(place, entry);
      yield slicesVerdict(entry, recording.info, slices, 20, duration);
      for (const method of methods)
        for (const inUv of [false, true]) {
          const entry = `noise/${name}_${method}_${inUv ? 'uV' : 'raw'}.npy`;
          const { data: golden } = await readNumbers(join(place.golden, entry));
          if (method === 'rms' && !inUv) {
            const note = 'squares wrapped to int16 as SpikeInterface 0.105.3 does; our own level is not';
            yield { entry, ours: await wrappedRms(recording, slices), golden, note };
          } else yield { entry, ours: await noiseLevels(recording, slices, { method, inUv }), golden };
        }
      recording.close();
    }
  },
};

/**
 * SpikeInterface squares raw int16 samples in int16, so the golden numbers are no noise levels ("do not reproduce").
 * The same sum with wrapped squares shows that only that differs.
 */
async function wrappedRms(recording: Recording, slices: Slices): Promise<Float64Array> {
  const channels = recording.info.channelIds.length;
  const levels = new Float64Array(channels);
  for (const [segment, start, end] of slices) {
    const data = await recording.read(segment, start, end);
    const sums = new Float64Array(channels);
    for (let i = 0; i < data.length; i++) sums[i % channels]! += (Math.imul(data[i]!, data[i]!) << 16) >> 16;
    for (let c = 0; c < channels; c++) levels[c]! += Math.sqrt(sums[c]! / (end - start)) / slices.length;
  }
  return levels;
}
