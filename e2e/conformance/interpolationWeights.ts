import { join } from 'node:path';
import { open } from '../../core/open.ts';
import { channelDistances } from '../../core/preprocess/channelDistances.ts';
import { krigingWeights } from '../../core/preprocess/krigingWeights.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { Area } from './area.ts';
import { goldenRecording } from './goldenRecording.ts';

const BAD = [4, 11, 17];

/** Weights of interpolate_bad_channels: [good][bad]. */
export const interpolationWeights: Area = {
  name: 'preprocessing',
  async *check(place) {
    const recording = await open(await goldenRecording(place, 'recording_raw'));
    const channels = recording.info.channelIds.length;
    const distances = channelDistances('interpolate_bad_channels', recording.info);
    const good = Int32Array.from(Array.from({ length: channels }, (_, c) => c).filter((c) => !BAD.includes(c)));
    const entry = 'preprocessing/interpolate_bad_channels_weights.npy';
    yield {
      entry,
      ours: krigingWeights(distances, channels, good, Int32Array.from(BAD), 10, 1.3),
      golden: (await readNumbers(join(place.golden, entry))).data,
    };
    recording.close();
  },
};
