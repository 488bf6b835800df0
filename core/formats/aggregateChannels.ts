import { aggregateChannels } from '../shared/aggregateChannels.ts';
import type { Format } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { filesAt, recordingsAt } from './severalRecordings.ts';

const NAME = 'aggregate_channels';

/** As SpikeInterface's aggregate_channels: recordings of the same time side by side. */
export function aggregatedChannels(formats: readonly Format[]): Format {
  return {
    name: NAME,
    label: 'Several recordings, side by side',
    help: 'Recordings of the same time, each a file or folder in paths, as one with the channels of all: probes or shanks that were saved apart. They must have equal sampling frequency, number type and length.',
    params: z.object({}),
    async find() {
      return [];
    },
    files: (spec) => filesAt(formats, spec),
    async open(spec) {
      const recordings = await recordingsAt(formats, spec);
      const close = () => {
        for (const recording of recordings) recording.close();
      };
      try {
        const parts = recordings.map(({ info }) => info);
        const { info, columns } = aggregateChannels(NAME, parts, [...parts.keys()]);
        const channels = info.channelIds.length;
        return {
          info,
          async read(segment, startFrame, endFrame) {
            const frames = endFrame - startFrame;
            const out = new Float32Array(frames * channels);
            for (const [i, recording] of recordings.entries()) {
              const traces = await recording.read(segment, startFrame, endFrame);
              const into = columns[i]!;
              for (let f = 0; f < frames; f++)
                for (let k = 0; k < into.length; k++) out[f * channels + into[k]!] = traces[f * into.length + k]!;
            }
            return out;
          },
          close,
        };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}
