import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spikeinterfaceZarr } from '../../core/formats/spikeinterfaceZarr.ts';
import { readZarrList } from '../../core/store/zarrArray.ts';
import type { Area } from './area.ts';
import { differing } from './parts.ts';
import { plainNpy } from './plainNpy.ts';

/** Each zarr folder of golden/data and the binary folder that holds the same recording. */
const twins = {
  'recording.zarr': 'recording',
  'recording_2seg.zarr': 'recording_2seg',
  'recording_raw_delta.zarr': 'recording_raw',
};

/** What SpikeInterface saved as zarr, against the bytes of its binary folders. */
export const zarrFiles: Area = {
  name: 'data',
  async *check({ golden }) {
    for (const [name, twin] of Object.entries(twins)) {
      const [folder, plain] = [join(golden, 'data', name), join(golden, 'data', twin)];
      const [found] = await spikeinterfaceZarr.find(folder);
      if (!found) throw new Error(`nothing found in ${folder}`);
      const recording = await spikeinterfaceZarr.open(found.spec);
      const { info } = recording;
      const { kwargs } = JSON.parse(readFileSync(join(plain, 'binary.json'), 'utf8'));
      yield { entry: `data/${name}/channel_ids`, error: differing(info.channelIds, kwargs.channel_ids) };
      for (const [segment, frames] of info.numFrames.entries()) {
        const file = readFileSync(join(plain, `traces_cached_seg${segment}.raw`));
        const samples = new Int16Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
        yield {
          entry: `data/${name}/traces_seg${segment}`,
          ours: await recording.read(segment, 0, frames),
          golden: samples,
        };
      }
      const properties = [
        'gain_to_uV',
        'offset_to_uV',
        'group',
        ...(info.properties.inter_sample_shift ? ['inter_sample_shift'] : []),
      ];
      for (const property of properties)
        yield {
          entry: `data/${name}/properties/${property}`,
          ours: Array.from(await readZarrList(join(folder, 'properties', property)), Number),
          golden: plainNpy(join(plain, 'properties', `${property}.npy`)),
        };
      recording.close();
    }
  },
};
