import { z } from '../../shared/zod.ts';
import { createNpy } from '../../store/npyRows.ts';
import type { WaveformRowsArgs } from '../collect/waveformRows.ts';
import { drawnSpikes, widthOf } from '../drawn.ts';
import { extension } from '../extension.ts';
import { numpyDtype, scaleOf } from '../scale.ts';
import { samplesOf } from '../templates.ts';

export const waveforms = extension({
  name: 'waveforms',
  label: 'Waveforms',
  help: 'Cuts the traces around each random spike, on the channels kept for its unit. They are what you see overlaid in the waveform view.',
  siClass: 'core.analyzer_extension_core.ComputeWaveforms',
  traces: 'pass',
  params: z.object({
    ms_before: z
      .number()
      .positive()
      .default(1)
      .describe('How much is cut before the spike; usual 1. It must hold the rise of the spike.')
      .meta({ unit: 'ms', title: 'Before the spike' }),
    ms_after: z
      .number()
      .positive()
      .default(2)
      .describe('How much is cut after the spike; usual 2. It must hold the return to rest.')
      .meta({ unit: 'ms', title: 'After the spike' }),
    dtype: z
      .string()
      .nullable()
      .default(null)
      .describe('Number type in the file; usual: empty, floats in µV, or the recording’s own type without gains.')
      .meta({ title: 'Number type', advanced: true }),
  }),
  dependsOn: () => ['random_spikes'],
  settle: (params, { info, returnInUv }) => ({ ...params, dtype: numpyDtype(info, returnInUv) }),
  async collect({ contents, params, stored, scratch }) {
    const { info, channelsOf } = contents;
    const spikes = drawnSpikes(contents, await stored('random_spikes'));
    const nbefore = samplesOf(params.ms_before, info.samplingFrequency);
    const nafter = samplesOf(params.ms_after, info.samplingFrequency);
    const width = widthOf(channelsOf);
    const count = spikes.reduce((sum, segment) => sum + segment.sampleIndex.length, 0);
    await createNpy(scratch, numpyDtype(info, contents.returnInUv), [count, nbefore + nafter, width]);
    const scale = scaleOf(info, contents.returnInUv);
    const args: WaveformRowsArgs = { path: scratch, width, spikes, channelsOf, nbefore, nafter, scale };
    return { name: 'waveformRows', args, margin: Math.max(nbefore, nafter) };
  },
  compute: async ({ scratch }) => ({ moved: { 'waveforms.npy': scratch } }),
});
