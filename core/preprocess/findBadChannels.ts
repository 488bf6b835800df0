import { randomSlices } from '../compute/randomSlices.ts';
import { medianInPlace } from '../compute/rowMedians.ts';
import { type BadChannelLabel, badChannelLabels } from '../shared/badChannels.ts';
import { parseParams } from '../shared/entry.ts';
import { abortError, UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Slices } from '../shared/lists.ts';
import { channelLayout } from '../shared/probe.ts';
import type { ChannelId, Recording, RecordingInfo } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { z } from '../shared/zod.ts';
import { channelId, type DetectionParams } from './badChannelParams.ts';
import { medianDeviations, standardDeviations } from './channelDeviations.ts';
import { channelDistances } from './channelDistances.ts';
import { chunkEvidence, chunkLabels } from './coherencePsd.ts';
import { planSpectrum, type SpectrumPlan } from './highFrequencyPower.ts';
import { highpassFilter } from './highpassFilter.ts';
import { neighborhoodR2 } from './neighborhoodR2.ts';

/** Property that says whether a channel counts as bad: detect_bad_channels writes it, interpolate_bad_channels reads it. */
export const IS_BAD = 'is_bad_channel';

const nullable = z.array(z.number().nullable());

/** The verdict a step keeps in `fitted`. Numbers a channel are in channel order; null where there is none. */
export const verdict = z.object({
  bad_channel_ids: z.array(channelId),
  channel_labels: z.array(z.enum(badChannelLabels)),
  /** What the verdict rests on: coherence+psd: psd_hf, similarity, trend, agreement; std, mad: deviation; r2. */
  evidence: z.record(z.string(), nullable),
});
export type Verdict = z.output<typeof verdict>;

/** UserError if the detection cannot be done on such a recording. */
export function checkDetection(step: string, info: RecordingInfo, params: DetectionParams): void {
  const { method, direction, n_neighbors } = params;
  if (method === 'neighborhood_r2') channelDistances(step, info);
  if (method !== 'coherence+psd') return;
  if (!info.gainToUv)
    throw new UserError(
      `step "${step}", method "coherence+psd": its thresholds are in µV, and this recording has no gain`,
      {
        hint: 'Give the gain in the Recording station, or take method "mad".',
      },
    );
  if (direction === 'z' && (info.probe?.probes ?? []).some((probe) => probe.ndim < 3))
    throw new UserError(`step "${step}", direction: the probe has no z axis`, {
      hint: 'The depth is usually along "y".',
    });
  if (n_neighbors % 2 === 0)
    throw new UserError(`step "${step}", n_neighbors: ${n_neighbors} is even, a channel would not be in the middle`, {
      hint: `Take ${n_neighbors + 1}; 11 is usual.`,
    });
  channelDistances(step, info);
}

/** Bad channels as SpikeInterface's detect_bad_channels finds them. `slices` replaces the random chunks. */
export async function findBadChannels(
  step: string,
  recording: Recording,
  params: DetectionParams,
  signal: AbortSignal,
  slices: Slices = detectionSlices(recording.info, params),
): Promise<Verdict> {
  checkDetection(step, recording.info, params);
  if (slices.length === 0) throw new UserError(`step "${step}": the recording has no frames to learn from`);
  const filtered = finite(step, highpassed(recording, params));
  const { method } = params;
  const { channelIds } = recording.info;
  if (method === 'coherence+psd') return byCoherence(step, filtered, params, slices, signal);
  if (method === 'neighborhood_r2') {
    const distances = channelDistances(step, recording.info);
    const r2 = await neighborhoodR2(filtered, slices, distances, params.neighborhood_r2_radius_um, signal);
    const noisy = Array.from(r2, (value) => value < params.neighborhood_r2_threshold);
    return madeVerdict(channelIds, noisy.map(labelOf), { r2: shortened(r2) });
  }
  const measure = method === 'std' ? standardDeviations : medianDeviations;
  const deviation = await measure(filtered, slices, signal);
  const most = params.std_mad_threshold * medianInPlace(deviation.slice());
  const noisy = Array.from(deviation, (value) => value > most);
  return madeVerdict(channelIds, noisy.map(labelOf), { deviation: shortened(deviation) });
}

/** A sum is NaN if one of its terms is. */
function checkNumbers(step: string, data: Float32Array, info: RecordingInfo): void {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]!;
  if (Number.isFinite(sum)) return;
  const at = data.findIndex((value) => !Number.isFinite(value));
  throw new UserError(
    `step "${step}": the traces hold NaN or infinite samples (channel ${info.channelIds[at % info.channelIds.length]})`,
    { hint: 'Look for them in the raw recording; a damaged file must be repaired first.' },
  );
}

/** A recording whose blocks are looked at for NaN as they are read. */
function finite(step: string, recording: Recording): Recording {
  const { info } = recording;
  return {
    ...recording,
    async read(segment, startFrame, endFrame) {
      const data = await recording.read(segment, startFrame, endFrame);
      checkNumbers(step, data, info);
      return data;
    },
  };
}

/** The chunks SpikeInterface would take. */
export function detectionSlices(info: RecordingInfo, params: DetectionParams): Slices {
  return randomSlices(info, {
    num_chunks_per_segment: params.num_random_chunks,
    chunk_size: Math.floor(params.chunk_duration_s * info.samplingFrequency),
    seed: params.seed ?? 0,
  });
}

function highpassed(recording: Recording, { highpass_filter_cutoff }: DetectionParams): Recording {
  const { isFiltered, dtype } = recording.info;
  if (isFiltered) return recording;
  const given = {
    freq_min: highpass_filter_cutoff,
    ...(dtype.startsWith('u') && { dtype: 'float32' }),
    ...(highpass_filter_cutoff < 100 && { ignore_low_freq_error: true }),
  };
  return stepRecording({ step: highpassFilter, params: parseParams(highpassFilter, 'step', given) }, recording);
}

async function byCoherence(
  step: string,
  recording: Recording,
  params: DetectionParams,
  slices: Slices,
  signal: AbortSignal,
): Promise<Verdict> {
  const { info } = recording;
  const channels = info.channelIds.length;
  const order = byDepth(info);
  const size = Math.floor((params.welch_window_ms * info.samplingFrequency) / 1000);
  const plans = new Map<number, SpectrumPlan>();
  const votes = new Uint32Array(channels * badChannelLabels.length);
  const measured = { psd_hf: table(channels), similarity: table(channels), trend: table(channels) };
  for (const [segment, startFrame, endFrame] of slices) {
    if (signal.aborted) throw abortError();
    const frames = endFrame - startFrame;
    const window = Math.min(size, frames);
    const plan = plans.get(window) ?? planSpectrum(window, info.samplingFrequency, params.nyquist_threshold);
    if (!plan)
      throw new UserError(
        `step "${step}", welch_window_ms: a window of ${window} frames tells nothing of high frequencies`,
        {
          hint: 'Windows of 10 ms are usual.',
        },
      );
    plans.set(window, plan);
    const data = await recording.read(segment, startFrame, endFrame);
    inUv(data, info);
    const evidence = chunkEvidence(data, frames, order, params.n_neighbors, plan);
    chunkLabels(evidence, order, params).forEach((label, c) => {
      votes[c * badChannelLabels.length + label]!++;
    });
    for (let c = 0; c < channels; c++) {
      measured.psd_hf[c]!.push(evidence.psdHf[c]!);
      measured.similarity[c]!.push(evidence.similarity[c]!);
      measured.trend[c]!.push(evidence.trend[c]!);
    }
  }
  const found = Array.from({ length: channels }, (_, c) => mostVotes(votes, c));
  const middle = (rows: number[][]) =>
    shortened(Float64Array.from(rows, (row) => medianInPlace(Float64Array.from(row))));
  return madeVerdict(
    info.channelIds,
    found.map(({ label }) => label),
    {
      psd_hf: middle(measured.psd_hf),
      similarity: middle(measured.similarity),
      trend: middle(measured.trend),
      agreement: found.map(({ agreement }) => agreement),
    },
    params.channel_filters,
  );
}

/** Channels from the bottom to the top; at one depth by x; then as they are. */
function byDepth(info: RecordingInfo): Int32Array {
  const channels = info.channelIds.length;
  const layout = info.probe && channelLayout(info.probe, channels);
  const order = Array.from({ length: channels }, (_, c) => c);
  if (layout) order.sort((a, b) => layout.y[a]! - layout.y[b]! || layout.x[a]! - layout.x[b]!);
  return Int32Array.from(order);
}

function inUv(data: Float32Array, { gainToUv, offsetToUv, channelIds }: RecordingInfo): void {
  const channels = channelIds.length;
  const gain = Float64Array.from(channelIds, (_, c) => gainToUv?.[c] ?? 1);
  const offset = Float64Array.from(channelIds, (_, c) => offsetToUv?.[c] ?? 0);
  for (let i = 0; i < data.length; ) for (let c = 0; c < channels; c++, i++) data[i] = data[i]! * gain[c]! + offset[c]!;
}

/** The label most chunks gave (of equals the first), and their part of all. */
function mostVotes(votes: Uint32Array, channel: number): { label: BadChannelLabel; agreement: number } {
  const kinds = badChannelLabels.length;
  const own = votes.subarray(channel * kinds, (channel + 1) * kinds);
  const best = own.indexOf(Math.max(...own));
  const all = own.reduce((sum, count) => sum + count, 0);
  return { label: badChannelLabels[best]!, agreement: Number((own[best]! / all).toPrecision(3)) };
}

function madeVerdict(
  channelIds: readonly ChannelId[],
  labels: readonly BadChannelLabel[],
  evidence: Readonly<Record<string, (number | null)[]>>,
  counted: readonly string[] | null = null,
): Verdict {
  return {
    bad_channel_ids: channelIds.filter((_, c) => labels[c] !== 'good' && (!counted || counted.includes(labels[c]!))),
    channel_labels: [...labels],
    evidence: { ...evidence },
  };
}

const labelOf = (noisy: boolean): BadChannelLabel => (noisy ? 'noise' : 'good');

const table = (channels: number) => Array.from({ length: channels }, (): number[] => []);

function shortened(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null));
}

/** What a step learnt, or the overrule in its params; undefined before it has learnt. */
export function knownVerdict(
  fitted: Readonly<Record<string, Json>> | undefined,
  given: readonly ChannelId[] | null,
): Pick<Verdict, 'bad_channel_ids'> | Verdict | undefined {
  if (given) return { bad_channel_ids: [...given] };
  const result = verdict.safeParse(fitted);
  return result.success ? result.data : undefined;
}
