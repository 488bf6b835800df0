import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Analyzer, openAnalyzer } from '../../core/analyzer/analyzer.ts';
import { contactLayout } from '../../core/analyzer/contents.ts';
import { drawnSpikes } from '../../core/analyzer/drawn.ts';
import { estimateMainChannels } from '../../core/analyzer/estimate.ts';
import { channelSize, type PeakMode, type PeakSign } from '../../core/analyzer/mainChannels.ts';
import { channelsWithin, sparsityMask } from '../../core/analyzer/sparsity.ts';
import { templatesOf } from '../../core/analyzer/templates.ts';
import { peakShifts } from '../../core/analyzer/unitShapes.ts';
import { inlineCompute } from '../../core/compute/inline.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import type { GoldenPlace, Verdict } from './area.ts';
import { flat, goldenArray } from './goldenAnalyzer.ts';

const mainChannelsJson = z.object({
  unit_ids: z.array(z.string()),
  main_channel_index: z.array(z.number()),
  second_to_first_amplitude: z.array(z.number()),
  sparsity: z.record(z.string(), z.array(z.number())),
});

/** As estimated when an analyzer is made, from other random spikes; then the channels near them. */
export async function* checkMainChannels(
  place: GoldenPlace,
  name: string,
  { contents }: Analyzer,
  spec: RecordingSpec,
  radiusUm: number | undefined,
): AsyncGenerator<Verdict, void> {
  const entry = `analyzer/${name === 'main' ? '' : `${name}_`}main_channels.json`;
  const golden = mainChannelsJson.parse(JSON.parse(readFileSync(join(place.golden, entry), 'utf8')));
  const { sorting, info } = contents;
  const ours = await resultOf(estimateMainChannels(sorting, spec, info, inlineCompute(), place.signal));
  const clear = golden.second_to_first_amplitude.flatMap((ratio, unit) => (ratio < 0.97 ? [unit] : []));
  yield {
    entry,
    part: 'main_channel_index',
    ours: clear.map((unit) => ours[unit]!),
    golden: clear.map((unit) => golden.main_channel_index[unit]!),
  };
  if (radiusUm === undefined) return;
  const near = channelsWithin(contactLayout(contents), ours, radiusUm);
  yield {
    entry,
    part: 'sparsity',
    ours: clear.flatMap((unit) => Array.from(near[unit]!)),
    golden: clear.flatMap((unit) => golden.sparsity[golden.unit_ids[unit]!]!),
  };
}

async function resultOf<T>(work: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

const amplitudesJson = z.object({
  amplitudes: z.record(z.string(), z.record(z.string(), z.array(z.number()))),
  on_main_channel: z.record(z.string(), z.number()),
  peak_shift_samples: z.record(z.string(), z.number()),
});

/** The size of templates on channels, by every sign and mode: what main channels, amplitudes and SNR rest on. */
export async function* checkAmplitudes(place: GoldenPlace): AsyncGenerator<Verdict, void> {
  const entry = 'analyzer/template_amplitudes.json';
  const golden = amplitudesJson.parse(JSON.parse(readFileSync(join(place.golden, entry), 'utf8')));
  const analyzer = await openAnalyzer(join(place.golden, 'analyzer/main.binary'));
  const templates = templatesOf((await analyzer.extension('templates'))!, analyzer.contents.info.samplingFrequency);
  const { average, units, samples, channels, nbefore } = templates;
  const sizes = (sign: PeakSign, mode: PeakMode) =>
    Array.from({ length: units * channels }, (_, i) => {
      const at = Math.floor(i / channels) * samples * channels + (i % channels);
      const size = channelSize(average, at, channels, samples, nbefore, sign, mode);
      return sign === 'neg' && mode === 'extremum' ? -size : size; // ours grows with the trough
    });
  for (const sign of ['neg', 'both', 'pos'] as const)
    for (const mode of ['extremum', 'at_index', 'peak_to_peak'] as const)
      for (const [kind, of] of [
        ['signed', (value: number) => value],
        ['abs', Math.abs],
      ] as const) {
        const part = `${sign}_${mode}_${kind}`;
        yield {
          entry,
          part,
          ours: sizes(sign, mode).map(of),
          golden: Object.values(golden.amplitudes[part] ?? {}).flat(),
        };
      }
  const { mainChannels } = analyzer.contents;
  const largest = sizes('both', 'extremum');
  const onMain = Array.from(mainChannels, (main, unit) => largest[unit * channels + main]!);
  yield { entry, part: 'on_main_channel', ours: onMain, golden: Object.values(golden.on_main_channel) };
  const shifts = peakShifts(templates, mainChannels, 'both');
  yield { entry, part: 'peak_shift_samples', ours: shifts, golden: Object.values(golden.peak_shift_samples) };
}

const sparsitiesJson = z.record(
  z.string(),
  z.object({
    params: z.object({ method: z.string(), radius_um: z.number().optional() }),
    mask: z.array(z.array(z.number())).optional(),
  }),
);

export async function* checkSparsities(place: GoldenPlace): AsyncGenerator<Verdict, void> {
  const { contents } = await openAnalyzer(join(place.golden, 'analyzer/main.binary'));
  for (const entry of ['analyzer/sparsities.json', 'analyzer/sparsities_dense.json'])
    for (const [part, { params, mask }] of Object.entries(
      sparsitiesJson.parse(JSON.parse(readFileSync(join(place.golden, entry), 'utf8'))),
    )) {
      if (!mask) continue; // SpikeInterface refused
      if (params.method !== 'radius' || params.radius_um === undefined) {
        yield { entry, part, missing: true };
        continue;
      }
      const kept = channelsWithin(contactLayout(contents), contents.mainChannels, params.radius_um);
      yield { entry, part, ours: sparsityMask(kept, contents.info.channelIds.length), golden: mask.flat() };
    }
}

/** Which unit each saved random spike is of. */
export async function checkDrawnUnits(place: GoldenPlace): Promise<Verdict> {
  const entry = 'analyzer/pc_dense_unit_index.npy';
  const analyzer = await openAnalyzer(join(place.golden, 'analyzer/main.binary'));
  const drawn = drawnSpikes(analyzer.contents, (await analyzer.extension('random_spikes'))!);
  const ours = drawn.flatMap((segment) => Array.from(segment.unitIndex));
  return { entry, ours, golden: flat(await goldenArray(place, entry)) };
}
