import type { z as Zod } from 'zod';
import { z } from '../../shared/zod.ts';

export const params = z.object({
  freq_min: z
    .number()
    .positive()
    .default(300)
    .describe('Slower waves are removed before sorting. Usual: 300. Without effect on a recording already filtered.')
    .meta({ title: 'From', unit: 'Hz' }),
  freq_max: z
    .number()
    .positive()
    .default(6000)
    .describe('Faster waves are removed before sorting. Usual: 6000. Without effect on a recording already filtered.')
    .meta({ title: 'To', unit: 'Hz' }),
  detect_threshold: z
    .number()
    .min(3)
    .max(20)
    .default(5)
    .describe(
      'How deep a trough must be to count as a spike at first, in deviations of the noise. Usual: 5; lower finds smaller units and more noise.',
    )
    .meta({ title: 'Detection threshold', unit: 'SD' }),
  min_spikes: z
    .int()
    .min(5)
    .default(10)
    .describe('A group of fewer spikes is not a unit. Usual: 10; more for long recordings.')
    .meta({ title: 'Fewest spikes of a unit' }),
  whiten: z
    .boolean()
    .default(true)
    .describe('Free neighbouring channels of the noise they share, first. Usual: on.')
    .meta({ title: 'Whiten', advanced: true }),
  whiten_radius_um: z
    .number()
    .positive()
    .default(100)
    .describe('How far noise is shared. Usual: 100.')
    .meta({ title: 'Radius of whitening', unit: 'µm', advanced: true }),
  detect_radius_um: z
    .number()
    .positive()
    .default(50)
    .describe('Of troughs at the same time within this distance only the deepest counts. Usual: 50.')
    .meta({ title: 'Radius of detection', unit: 'µm', advanced: true }),
  cluster_radius_um: z
    .number()
    .positive()
    .default(75)
    .describe('Channels this far from a spike are looked at to tell units apart. Usual: 75.')
    .meta({ title: 'Radius of clustering', unit: 'µm', advanced: true }),
  split_threshold: z
    .number()
    .positive()
    .default(2)
    .describe('How clear the valley between two groups must be to part them. Usual: 2; lower parts more.')
    .meta({ title: 'Split threshold', advanced: true }),
  merge_distance: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('Groups whose mean waveforms differ by less than this share are one unit. Usual: 0.2; higher joins more.')
    .meta({ title: 'Merge distance', advanced: true }),
  match_gain: z
    .number()
    .positive()
    .default(25)
    .describe(
      'How much better a spike must explain the traces than noise does, as a squared number of deviations. Usual: 25; lower finds more spikes of small units, and more that are not.',
    )
    .meta({ title: 'Least gain of a match', advanced: true }),
  seed: z
    .int()
    .min(0)
    .default(0)
    .describe('Random choices start from it: the same number gives the same units.')
    .meta({ title: 'Seed', advanced: true }),
});

export type SpikedeskParams = Zod.output<typeof params>;
