import type { Compute } from '../shared/compute.ts';
import type { Progress } from '../shared/progress.ts';
import type { RecordingInfo, RecordingSpec } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';
import { addedSums, type TemplateSums, type TemplateSumsArgs } from './collect/templateSums.ts';
import { roundHalfEven } from './correlate.ts';
import { mainChannel } from './mainChannels.ts';
import { countsOf, drawSpikes, spikesAt } from './randomSpikes.ts';

const SPIKES_A_UNIT = 100;
const MS_BEFORE = 1;
const MS_AFTER = 2.5;

/**
 * Main channel of each unit, from the mean of 100 random spikes on all channels, in raw units: as SpikeInterface
 * estimates it when an analyzer is created. One pass over the recording.
 */
export async function* estimateMainChannels(
  sorting: Sorting,
  recording: RecordingSpec,
  info: RecordingInfo,
  compute: Compute,
  signal: AbortSignal,
): AsyncGenerator<Progress, Int32Array> {
  const nbefore = roundHalfEven((MS_BEFORE * info.samplingFrequency) / 1000);
  const nafter = roundHalfEven((MS_AFTER * info.samplingFrequency) / 1000);
  const margin = Math.max(nbefore, nafter);
  const spikes = spikesAt(sorting, drawSpikes(sorting, info.numFrames, SPIKES_A_UNIT, margin, 0));
  const channels = info.channelIds.length;
  const everyChannel = Int32Array.from(info.channelIds.keys());
  const args: TemplateSumsArgs = {
    spikes,
    channelsOf: sorting.unitIds.map(() => everyChannel),
    nbefore,
    nafter,
    scale: undefined,
    squares: false,
  };
  const stage = 'Finding main channels';
  const collectors = [{ name: 'templateSums', args }];
  const [parts = []] = yield* compute.pass({ recording, info, collectors, margin, stage }, signal);
  const { sums } = addedSums(parts as readonly TemplateSums[]);
  const counts = countsOf(spikes, sorting.unitIds.length);
  const size = (nbefore + nafter) * channels;
  return Int32Array.from(counts, (count, unit) =>
    count === 0 ? 0 : mainChannel(sums.subarray(unit * size, (unit + 1) * size), nbefore + nafter, channels, nbefore),
  );
}
