import type { Compute } from '../shared/compute.ts';
import { UserError } from '../shared/errors.ts';
import { type ChannelLayout, channelLayout } from '../shared/probe.ts';
import type { Progress } from '../shared/progress.ts';
import type { RecordingInfo, RecordingSpec } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';
import { commitFolder } from '../store/folder.ts';
import { type Analyzer, openAnalyzer } from './analyzer.ts';
import { estimateMainChannels } from './estimate.ts';
import { channelsWithin, type SparsityParams } from './sparsity.ts';
import { writeBase } from './writeBase.ts';

export interface CreateOptions {
  readonly sorting: Sorting;
  /** More to say of each unit (labels, other columns): saved as properties of the sorting. */
  readonly columns?: Readonly<Record<string, readonly (string | number | undefined)[]>>;
  /** With every step's `fitted`. */
  readonly recording: RecordingSpec;
  /** Of that recording. */
  readonly info: RecordingInfo;
  readonly sparsity?: SparsityParams;
  /** Replace an analyzer that is there already, once the new one is whole. */
  readonly replace?: boolean;
  readonly compute: Compute;
  readonly signal: AbortSignal;
}

/**
 * A new analyzer without extensions: main channels (by one pass, unless the sorting names them: main_channel_id),
 * the channels within a radius of each, and all that SpikeInterface needs to open it. Whole or not at all.
 */
export async function* createAnalyzer(folder: string, options: CreateOptions): AsyncGenerator<Progress, Analyzer> {
  const { recording, info, columns = {}, compute, signal } = options;
  const layout = checkedLayout(info);
  checkSpikes(options.sorting, info);
  // Some sorters round the rate; SpikeInterface wants both alike.
  const sorting = { ...options.sorting, samplingFrequency: info.samplingFrequency };
  const mainChannels =
    namedMainChannels(sorting, info) ?? (yield* estimateMainChannels(sorting, recording, info, compute, signal));
  const { sparsity = { method: 'radius', radius_um: 100 } } = options;
  const channelsOf = channelsWithin(layout, mainChannels, sparsity.radius_um);
  signal.throwIfAborted();
  await commitFolder(
    folder,
    (partial) => writeBase(partial, { folder, sorting, columns, info, recording, mainChannels, channelsOf, sparsity }),
    { replace: options.replace ?? false },
  );
  return openAnalyzer(folder);
}

function checkedLayout(info: RecordingInfo): ChannelLayout {
  const layout = info.probe && channelLayout(info.probe, info.channelIds.length);
  if (layout) return layout;
  throw new UserError('the recording does not tell where its channels are', {
    hint: 'Choose a probe first: the analyzer keeps the channels near each unit.',
  });
}

function checkSpikes(sorting: Sorting, info: RecordingInfo): void {
  const [rate, recordingRate] = [sorting.samplingFrequency, info.samplingFrequency];
  if (Math.abs(rate / recordingRate - 1) > 1e-3)
    throw new UserError(`the sorting is sampled at ${rate} Hz, the recording at ${recordingRate} Hz`, {
      hint: 'They are not of the same recording.',
    });
  if (sorting.segments.length !== info.numFrames.length)
    throw new UserError(`the sorting has ${sorting.segments.length} segments, the recording ${info.numFrames.length}`, {
      hint: 'They are not of the same recording.',
    });
  sorting.segments.forEach(({ sampleIndex }, segment) => {
    const [first = 0, last = 0] = [sampleIndex[0], sampleIndex[sampleIndex.length - 1]];
    if (first < 0 || last >= info.numFrames[segment]!)
      throw new UserError(
        `segment ${segment}: a spike is at frame ${first < 0 ? first : last}, the recording has ${info.numFrames[segment]} frames`,
        { hint: 'The sorting is of another recording, or of a longer one.' },
      );
  });
}

/** Where a sorter tells the main channels itself, as SpikeInterface's property. */
function namedMainChannels({ properties, unitIds }: Sorting, info: RecordingInfo): Int32Array | undefined {
  const names = properties.main_channel_id;
  if (!names) return undefined;
  const indexOf = new Map(info.channelIds.map((id, index) => [String(id), index]));
  const indices = Int32Array.from(unitIds, (_, unit) => indexOf.get(String(names[unit])) ?? -1);
  return indices.some((index) => index < 0) ? undefined : indices;
}
