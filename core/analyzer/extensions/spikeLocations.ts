import { z } from '../../shared/zod.ts';
import { centerFeatures } from '../centerOfMass.ts';
import { allSpikeValues, type SpikeValues } from '../collect/spikeAmplitudes.ts';
import type { SpikeCentersArgs } from '../collect/spikeCenters.ts';
import { contactLayout } from '../contents.ts';
import { extension } from '../extension.ts';
import { channelsWithin } from '../sparsity.ts';
import { samplesOf } from '../templates.ts';

const params = z.object({
  ms_before: z
    .number()
    .positive()
    .default(0.5)
    .describe('Start of the snippet that is looked at, before the spike; usual 0.5.')
    .meta({ unit: 'ms', title: 'Before the spike', advanced: true }),
  ms_after: z
    .number()
    .positive()
    .default(0.5)
    .describe('End of the snippet that is looked at, after the spike; usual 0.5.')
    .meta({ unit: 'ms', title: 'After the spike', advanced: true }),
  spike_retriever_kwargs: z
    .object({})
    .default({})
    .describe('Kept for SpikeInterface, which has more ways to choose the channel; usual: empty.')
    .meta({ advanced: true }),
  method: z
    .enum(['center_of_mass'])
    .default('center_of_mass')
    .describe('center_of_mass: the contacts’ mean position, each weighted by the size of the spike there.')
    .meta({ title: 'Method' }),
  method_kwargs: z
    .object({
      radius_um: z
        .number()
        .positive()
        .default(75)
        .describe('Contacts within this of the main channel count; usual 75.'),
      feature: z.enum(centerFeatures).default('ptp').describe('What counts as size; usual ptp, trough to peak.'),
    })
    .partial()
    .default({})
    .describe('Reach (radius_um, usual 75) and measure (feature, usual ptp) of the method.')
    .meta({ title: 'Method settings', advanced: true }),
  seed: z
    .number()
    .int()
    .nullable()
    .default(null)
    .describe('Kept for SpikeInterface’s other methods; this one draws nothing.')
    .meta({ advanced: true }),
});

export const spikeLocations = extension<typeof params, SpikeValues[]>({
  name: 'spike_locations',
  label: 'Spike locations',
  help: 'Where along the probe each single spike seems to come from. Over time it shows drift.',
  siClass: 'postprocessing.spike_locations.ComputeSpikeLocations',
  traces: 'pass',
  params,
  dependsOn: () => ['templates'],
  async collect({ contents, params: chosen }) {
    const { x, y } = contactLayout(contents);
    const { radius_um = 75, feature = 'ptp' } = chosen.method_kwargs;
    const nbefore = samplesOf(chosen.ms_before, contents.info.samplingFrequency);
    const nafter = samplesOf(chosen.ms_after, contents.info.samplingFrequency);
    const channelsOf = channelsWithin(contactLayout(contents), contents.mainChannels, radius_um);
    const args: SpikeCentersArgs = { spikes: contents.sorting.segments, channelsOf, x, y, nbefore, nafter, feature };
    return { name: 'spikeCenters', args, margin: Math.max(nbefore, nafter) };
  },
  async compute({ contents, parts }) {
    const count = contents.sorting.segments.reduce((sum, spikes) => sum + spikes.sampleIndex.length, 0);
    const values = allSpikeValues(parts, count, 2);
    const column = (offset: number) => Float32Array.from({ length: count }, (_, i) => values[2 * i + offset]!);
    const fields = [
      { name: 'x', dtype: '<f4' },
      { name: 'y', dtype: '<f4' },
    ];
    return { arrays: { spike_locations: { fields, shape: [count], data: { x: column(0), y: column(1) } } } };
  },
});
