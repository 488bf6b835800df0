import { UserError } from '../shared/errors.ts';
import type { Format } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { filesAt, recordingsAt } from './severalRecordings.ts';

const NAME = 'append_recordings';

const params = z.object({
  sampling_frequency_max_diff: z
    .number()
    .min(0)
    .default(0)
    .describe('How far sampling frequencies may differ; the first is taken. Usually 0.')
    .meta({ title: 'Rates may differ by', unit: 'Hz', advanced: true }),
});

/** As SpikeInterface's append_recordings: the segments of several recordings one after the other. */
export function appendRecordings(formats: readonly Format[]): Format {
  return {
    name: NAME,
    label: 'Several recordings, as segments',
    help: 'Recordings of the same channels, each a file or folder in paths, as the segments of one: sessions of one day that are sorted together (join them with concatenate_recordings). What the first says of the channels holds for all.',
    params,
    async find() {
      return [];
    },
    files: (spec) => filesAt(formats, spec),
    async open(spec) {
      const recordings = await recordingsAt(formats, spec);
      const close = () => {
        for (const recording of recordings) recording.close();
      };
      const [first] = recordings;
      try {
        const most = params.parse(spec.params).sampling_frequency_max_diff;
        for (const [i, { info }] of recordings.entries()) checkSame(spec.paths[i]!, info, first!.info, most);
      } catch (error) {
        close();
        throw error;
      }
      const segments = recordings.flatMap((recording) =>
        recording.info.numFrames.map((frames, segment) => ({
          recording,
          segment,
          frames,
          start: recording.info.tStart[segment] ?? 0,
        })),
      );
      return {
        info: {
          ...first!.info,
          numFrames: segments.map(({ frames }) => frames),
          tStart: segments.map(({ start }) => start),
        },
        async read(index, startFrame, endFrame) {
          const part = segments[index];
          if (!part) throw new RangeError(`segment ${index} of ${segments.length}`);
          return part.recording.read(part.segment, startFrame, endFrame);
        },
        close,
      };
    },
  };
}

function checkSame(path: string, info: Recording['info'], first: Recording['info'], most: number): void {
  const differs =
    info.channelIds.join('\n') !== first.channelIds.join('\n')
      ? `channels (${info.channelIds.slice(0, 4).join(', ')} …, the first has ${first.channelIds.slice(0, 4).join(', ')} …)`
      : info.dtype !== first.dtype
        ? `number type (${info.dtype}, the first has ${first.dtype})`
        : Math.abs(info.samplingFrequency - first.samplingFrequency) > most
          ? `sampling frequency (${info.samplingFrequency} Hz, the first has ${first.samplingFrequency} Hz)`
          : undefined;
  if (differs)
    throw new UserError(`${path} differs from the first recording in its ${differs}`, {
      path,
      hint: 'Recordings can be appended if they have the same channels, number type and sampling frequency.',
    });
}
