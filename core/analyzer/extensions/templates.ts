import { z } from '../../shared/zod.ts';
import { addedSums, blockStarts, type TemplateSums, type TemplateSumsArgs } from '../collect/templateSums.ts';
import type { Contents } from '../contents.ts';
import { drawnSpikes } from '../drawn.ts';
import { type ExtensionInput, extension } from '../extension.ts';
import { percentile } from '../percentile.ts';
import { countsOf } from '../randomSpikes.ts';
import { scaleOf } from '../scale.ts';
import { samplesOf } from '../templates.ts';
import { openWaveforms } from '../unitWaveforms.ts';

const percentileOperator = z.tuple([z.literal('percentile'), z.number().min(0).max(100)]);
const operator = z.union([z.enum(['average', 'std', 'median']), percentileOperator]);
type Operator = z.output<typeof operator>;

const params = z.object({
  operators: z
    .array(operator)
    .min(1)
    .default(['average', 'std'])
    .describe(
      'What is worked out over the random spikes: average and std (spread) are usual; median and percentiles shrug off outliers but need the waveforms.',
    )
    .meta({ title: 'Operators', advanced: true }),
  ms_before: z
    .number()
    .positive()
    .default(1)
    .describe('Start of the template before the spike; usual 1. With waveforms, theirs is taken.')
    .meta({ unit: 'ms', title: 'Before the spike', advanced: true }),
  ms_after: z
    .number()
    .positive()
    .default(2)
    .describe('End of the template after the spike; usual 2. With waveforms, theirs is taken.')
    .meta({ unit: 'ms', title: 'After the spike', advanced: true }),
});
type TemplateParams = z.output<typeof params>;

const sumsSuffice = ({ operators }: TemplateParams) => operators.every((one) => one === 'average' || one === 'std');

export const templates = extension<typeof params, TemplateSums>({
  name: 'templates',
  label: 'Templates',
  help: 'The mean spike of each unit on its channels: its fingerprint. Locations, similarity, amplitudes and most metrics are worked out from it.',
  siClass: 'core.analyzer_extension_core.ComputeTemplates',
  traces: 'pass',
  params,
  dependsOn: (chosen) => (sumsSuffice(chosen) ? ['random_spikes'] : ['random_spikes', 'waveforms']),
  settle(chosen, _contents, paramsOf) {
    const window = paramsOf('waveforms');
    if (!window) return chosen;
    return { ...chosen, ms_before: Number(window.ms_before), ms_after: Number(window.ms_after) };
  },
  async collect({ contents, params: chosen, stored }) {
    if (!sumsSuffice(chosen)) return undefined;
    const args: TemplateSumsArgs = {
      spikes: drawnSpikes(contents, await stored('random_spikes')),
      channelsOf: contents.channelsOf,
      ...windowOf(contents, chosen),
      squares: chosen.operators.includes('std'),
    };
    return { name: 'templateSums', args, margin: Math.max(args.nbefore, args.nafter) };
  },
  async compute(input) {
    const { contents, params: chosen, parts } = input;
    const found = parts.length > 0 ? await fromSums(input, addedSums(parts)) : await fromWaveforms(input);
    const { nbefore, nafter } = windowOf(contents, chosen);
    const shape = [contents.sorting.unitIds.length, nbefore + nafter, contents.info.channelIds.length];
    return { arrays: Object.fromEntries(chosen.operators.map((one, i) => [nameOf(one), { shape, data: found[i]! }])) };
  },
});

type Input = ExtensionInput<TemplateParams>;

function nameOf(one: Operator): string {
  return typeof one === 'string' ? one : `percentile_${Number.isInteger(one[1]) ? one[1].toFixed(1) : one[1]}`;
}

function windowOf(contents: Contents, chosen: TemplateParams) {
  const { samplingFrequency } = contents.info;
  return {
    nbefore: samplesOf(chosen.ms_before, samplingFrequency),
    nafter: samplesOf(chosen.ms_after, samplingFrequency),
    scale: scaleOf(contents.info, contents.returnInUv),
  };
}

/** One dense array [units][samples][channels] an operator. */
async function fromSums({ contents, params: chosen, stored }: Input, total: TemplateSums): Promise<Float32Array[]> {
  const counts = countsOf(drawnSpikes(contents, await stored('random_spikes')), contents.channelsOf.length);
  const { nbefore, nafter } = windowOf(contents, chosen);
  const samples = nbefore + nafter;
  const width = contents.info.channelIds.length;
  const starts = blockStarts(contents.channelsOf, samples);
  return chosen.operators.map((one) => {
    const dense = new Float32Array(contents.channelsOf.length * samples * width);
    contents.channelsOf.forEach((channels, unit) => {
      const n = counts[unit]!;
      if (n === 0) return;
      for (let s = 0; s < samples; s++)
        for (let k = 0; k < channels.length; k++) {
          const at = starts[unit]! + s * channels.length + k;
          const mean = total.sums[at]! / n;
          dense[(unit * samples + s) * width + channels[k]!] =
            one === 'average' ? mean : Math.sqrt(Math.max(0, total.squares[at]! / n - mean * mean));
        }
    });
    return dense;
  });
}

async function fromWaveforms({ contents, params: chosen, stored, signal }: Input): Promise<Float32Array[]> {
  const waveforms = openWaveforms(contents, await stored('random_spikes'), (await stored('waveforms')).folder);
  try {
    const { samples } = waveforms;
    const width = contents.info.channelIds.length;
    const dense = chosen.operators.map(() => new Float32Array(contents.channelsOf.length * samples * width));
    for (const [unit, channels] of contents.channelsOf.entries()) {
      signal.throwIfAborted();
      const spikes = waveforms.ofUnit(unit);
      const count = spikes.length / (samples * channels.length);
      if (count === 0) continue;
      const values = new Float32Array(count);
      for (let s = 0; s < samples; s++)
        for (let k = 0; k < channels.length; k++) {
          for (let i = 0; i < count; i++) values[i] = spikes[(i * samples + s) * channels.length + k]!;
          chosen.operators.forEach((one, o) => {
            dense[o]![(unit * samples + s) * width + channels[k]!] = worked(one, values);
          });
        }
    }
    return dense;
  } finally {
    waveforms.close();
  }
}

function worked(one: Operator, values: Float32Array): number {
  if (one === 'median') return percentile(values, 50);
  if (typeof one !== 'string') return percentile(values, one[1]);
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return one === 'average' ? mean : Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
