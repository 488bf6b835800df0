import { z } from '../../shared/zod.ts';
import { allSpikeValues, type SpikeAmplitudesArgs, type SpikeValues } from '../collect/spikeAmplitudes.ts';
import { extension } from '../extension.ts';
import { numpyDtype, scaleOf } from '../scale.ts';
import { templatesOf } from '../templates.ts';
import { peakShifts } from '../unitShapes.ts';

const params = z.object({});

export const spikeAmplitudes = extension<typeof params, SpikeValues[]>({
  name: 'spike_amplitudes',
  label: 'Spike amplitudes',
  help: 'The size of every single spike on its unit’s main channel. Over time it shows drift and spikes that were lost below the threshold.',
  siClass: 'postprocessing.spike_amplitudes.ComputeSpikeAmplitudes',
  traces: 'pass',
  params,
  dependsOn: () => ['templates'],
  async collect({ contents, stored }) {
    const { info, sorting, mainChannels, peakSign, returnInUv } = contents;
    const shifts = peakShifts(templatesOf(await stored('templates'), info.samplingFrequency), mainChannels, peakSign);
    const args: SpikeAmplitudesArgs = {
      spikes: sorting.segments,
      mainChannels,
      shifts,
      scale: scaleOf(info, returnInUv),
    };
    return {
      name: 'spikeAmplitudes',
      args,
      margin: shifts.reduce((most, shift) => Math.max(most, Math.abs(shift)), 0),
    };
  },
  async compute({ contents, parts }) {
    const count = contents.sorting.segments.reduce((sum, spikes) => sum + spikes.sampleIndex.length, 0);
    const dtype = numpyDtype(contents.info, contents.returnInUv);
    return { arrays: { amplitudes: { dtype, shape: [count], data: allSpikeValues(parts, count) } } };
  },
});
