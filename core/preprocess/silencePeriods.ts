import { noiseLevels } from '../compute/noiseLevels.ts';
import { randomSlices } from '../compute/randomSlices.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { type Period, periodLists, periodRows, periodsOf } from './periods.ts';
import { eachChannel } from './scaling.ts';
import { applySilencing, type Silencing, silenceMode, silencing } from './silencing.ts';

const NAME = 'silence_periods';

const params = z.object({
  periods: z
    .union([periodRows, periodLists])
    .nullable()
    .default(null)
    .describe(
      'What is silenced, in frames: rows of {segment_index, start_sample_index, end_sample_index}, or a list of [start, end] for each segment. The end is not part of the period.',
    )
    .meta({ title: 'Periods' }),
  list_periods: periodLists
    .nullable()
    .default(null)
    .describe('The same by its older name: a list of [start, end] for each segment. Empty: periods says it.')
    .meta({ title: 'Periods (older name)', advanced: true }),
  mode: silenceMode,
  apodization_samples: z
    .int()
    .min(1)
    .default(7)
    .describe('For "apodization": how many frames the soft ends take. Usually 7.')
    .meta({ title: 'Soft ends', unit: 'frames', advanced: true }),
  noise_levels: z
    .array(z.number().min(0))
    .nullable()
    .default(null)
    .describe('For "noise": standard deviation of each channel, in its own units. Empty: measured.')
    .meta({ title: 'Noise levels', advanced: true }),
  seed: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('For "noise": the same number gives the same noise. Empty is 0.')
    .meta({ title: 'Seed', advanced: true }),
});

function periods(parent: RecordingInfo, { periods, list_periods }: z.output<typeof params>): readonly Period[] {
  if (periods && list_periods)
    throw new UserError(`step "${NAME}": both periods and list_periods are given`, { hint: 'Keep periods.' });
  return list_periods
    ? periodsOf(NAME, 'list_periods', list_periods, parent)
    : periodsOf(NAME, 'periods', periods ?? [], parent);
}

const learnt = z.object({ noise_levels: z.array(z.number()) });

/** As SpikeInterface's silence_periods, the same however the recording is cut into blocks. */
export const silencePeriods: Step<typeof params, Silencing> = {
  name: NAME,
  label: 'Silence periods',
  help: 'Removes stretches of time on all channels that you know to be bad: stimulation, chewing, a loose plug. What is there becomes 0 or noise, the times of everything else stay. After the filter, since traces must be around 0.',
  params,
  info(parent, params) {
    periods(parent, params);
    if (params.noise_levels) eachChannel(NAME, 'noise_levels', params.noise_levels, parent.channelIds.length);
    return parent;
  },
  margin: () => 0,
  async fit(
    parent,
    { mode, noise_levels, seed },
    signal,
    slices = randomSlices(parent.info, { seed: seed ?? 0 }),
  ): Promise<Readonly<Record<string, Json>>> {
    if (mode !== 'noise') return {};
    return { noise_levels: noise_levels ?? [...(await noiseLevels(parent, slices, {}, signal))] };
  },
  prepare(parent, params, fitted) {
    const levels = learnt.safeParse(fitted);
    if (params.mode === 'noise' && !levels.success)
      throw new Error('silence_periods: its noise levels have not been learnt yet');
    return silencing(parent, periods(parent, params), {
      mode: params.mode,
      taper: params.apodization_samples,
      noiseLevels: levels.data?.noise_levels ?? [],
      seed: params.seed ?? 0,
    });
  },
  apply: applySilencing,
};
