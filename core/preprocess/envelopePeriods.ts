import { kernels } from '../compute/kernels.ts';
import { medianInPlace } from '../compute/rowMedians.ts';
import { parseParams } from '../shared/entry.ts';
import { abortError } from '../shared/errors.ts';
import type { Slices, Step } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { commonReference } from './commonReference.ts';
import { gaussianFilter } from './gaussianFilter.ts';
import { joinedEvents, type Period } from './periods.ts';
import { chunkColumns } from './randomChunks.ts';
import { rectify } from './rectify.ts';
import { inverse } from './scaling.ts';

export interface EnvelopeParams {
  readonly detect_threshold: number;
  readonly apply_envelope_common_reference: boolean;
  readonly freq_max: number;
}

/** SpikeInterface's rounding of the third quartile of the normal distribution. */
const MAD_OF_NORMAL = 0.6745;

/** The slow envelope of every channel: rectified, then low-passed. UserError where the filter cannot be applied. */
export function envelope(parent: Recording, { freq_max, apply_envelope_common_reference }: EnvelopeParams): Recording {
  const smooth = around(around(parent, rectify, {}), gaussianFilter, { freq_min: null, freq_max });
  return apply_envelope_common_reference ? around(smooth, commonReference, {}) : smooth;
}

function around(parent: Recording, step: Step, given: object): Recording {
  return stepRecording({ step, params: parseParams(step, 'step', given) }, parent);
}

/**
 * As SpikeInterface's detect_artifact_periods(method="envelope"): when the median over channels of the envelope's
 * z-score (by median and MAD over `slices`) is above detect_threshold.
 */
export async function envelopePeriods(
  step: string,
  parent: Recording,
  params: EnvelopeParams,
  slices: Slices,
  signal: AbortSignal,
): Promise<Period[]> {
  const smooth = envelope(parent, params);
  const columns = await chunkColumns(step, smooth, slices, signal);
  const medians = columns.map((column) => medianInPlace(column));
  const perWidth = columns.map((column, c) => {
    for (let i = 0; i < column.length; i++) column[i] = Math.abs(column[i]! - medians[c]!);
    return inverse((medianInPlace(column) / MAD_OF_NORMAL) * params.detect_threshold);
  });
  const { numFrames, samplingFrequency, channelIds } = smooth.info;
  const channels = channelIds.length;
  const block = Math.max(1, Math.round(samplingFrequency));
  const found: Period[] = [];
  for (const [segment, frames] of numFrames.entries()) {
    let start = -1;
    for (let from = 0; from < frames; from += block) {
      if (signal.aborted) throw abortError();
      const to = Math.min(frames, from + block);
      const data = await smooth.read(segment, from, to);
      for (let f = 0, at = 0; f < to - from; f++)
        for (let c = 0; c < channels; c++, at++) data[at] = (data[at]! - medians[c]!) * perWidth[c]!;
      const scores = kernels().rowMedians(data, to - from, channels);
      for (const [f, score] of scores.entries()) {
        if (score > 1 && start < 0) start = from + f;
        else if (!(score > 1) && start >= 0) {
          found.push({ segment, start, end: from + f });
          start = -1;
        }
      }
    }
    if (start >= 0) found.push({ segment, start, end: frames });
  }
  return joinedEvents(found);
}
