import { wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { dtypeParam, outputType } from './outputType.ts';
import { antiAliasing, type Polyphase, readPolyphase, resampledFrames } from './polyphase.ts';
import { type SamplingRatio, samplingRatio } from './samplingRatio.ts';

const params = z.object({
  resample_rate: z
    .number()
    .positive()
    .describe('The new sampling frequency. 1000 to 2500 is usual for field potentials.')
    .meta({ title: 'Sampling frequency', unit: 'Hz' }),
  gap_tolerance_ms: z
    .number()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'For recordings with gaps in their times, in SpikeInterface. Here samples follow each other without gaps: no effect.',
    )
    .meta({ title: 'Gaps', unit: 'ms', advanced: true }),
  margin_ms: z
    .number()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'Recording read on both sides of each piece. Empty: what the filter needs; more does not change the result.',
    )
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
  dtype: dtypeParam,
  max_denominator: z
    .int()
    .min(1)
    .default(10_000)
    .describe(
      'The ratio of the two rates is made of whole numbers no larger than this. Usually 10000: exact for whole rates.',
    )
    .meta({ title: 'Largest denominator', advanced: true }),
  skip_checks: z
    .boolean()
    .default(false)
    .describe('A parameter of SpikeInterface 0.101, read so that its recipes open. No effect.')
    .meta({ title: 'Skip checks', advanced: true }),
});

function ratioOf(parent: RecordingInfo, given: z.output<typeof params>): SamplingRatio {
  const ratio = samplingRatio(parent.samplingFrequency, given.resample_rate, given.max_denominator);
  if (ratio.up === 0)
    throw new UserError(
      `step "resample": resample_rate ${given.resample_rate} Hz is too low for max_denominator ${given.max_denominator}`,
      { hint: `The recording has ${parent.samplingFrequency} Hz. Raise max_denominator or resample_rate.` },
    );
  return ratio;
}

/** As SpikeInterface's resample: SciPy's resample_poly. The rate it gives is that of the ratio found. */
export const resample: Step<typeof params, Polyphase> = {
  name: 'resample',
  label: 'Resample',
  help: 'Another sampling frequency, with the fast waves that it cannot hold removed first. For field potentials, which need no more than 1000 to 2500 samples a second; spikes need all of theirs.',
  params,
  info(parent, params) {
    const { up, down, achieved } = ratioOf(parent, params);
    return {
      ...parent,
      samplingFrequency: achieved,
      numFrames: parent.numFrames.map((frames) => resampledFrames(frames, up, down)),
      dtype: outputType('resample', parent, params.dtype),
    };
  },
  margin: () => 0,
  prepare(parent, params) {
    const { up, down } = ratioOf(parent, params);
    return {
      step: 'resample',
      up,
      down,
      offset: 0,
      ...antiAliasing(up, down),
      channels: parent.channelIds.length,
      whole: wholeRange(params.dtype ?? parent.dtype),
    };
  },
  apply: (data) => data,
  read: readPolyphase,
};
