import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECTION_SIZE, type SosFilter } from '../../core/compute/sosFiltFilt.ts';
import { fit, open } from '../../core/open.ts';
import { bessel } from '../../core/preprocess/bessel.ts';
import { butterworth, givenSections } from '../../core/preprocess/butterworth.ts';
import { notch } from '../../core/preprocess/notchFilter.ts';
import type { Slices } from '../../core/shared/lists.ts';
import { isStep, type Recording, type RecordingSpec } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { Area, GoldenPlace, Verdict } from './area.ts';
import { after, bandpass, type Chain, ids, type Params, step } from './chains.ts';
import { goldenRecording } from './goldenRecording.ts';
import { artifactOperations, saturationVerdict, seamInArtifact } from './preprocessingArtifacts.ts';
import { channelOperations, unsignedVerdict } from './preprocessingChannels.ts';
import { filterOperations } from './preprocessingFilters.ts';
import { scalingOperations } from './preprocessingScaling.ts';
import { goldenSlices, slicesVerdict } from './slices.ts';
import { spatialKernels } from './spatialKernels.ts';

const reference = (params: Params) => after(bandpass, step('common_reference', params));
const whitened = (params: Params) => after(bandpass, step('whiten', { dtype: 'float32', ...params }));

/** Each golden operation that our steps can do, as golden/preprocessing/index.json calls it. */
const operations: Readonly<Record<string, Chain>> = {
  source_raw: (source) => source,
  bandpass_default_int16: step('bandpass_filter'),
  bandpass_float32: bandpass,
  bandpass_500_3000_order3: step('bandpass_filter', {
    freq_min: 500,
    freq_max: 3000,
    filter_order: 3,
    dtype: 'float32',
  }),
  bandpass_lfp_1_300: step('bandpass_filter', {
    freq_min: 1,
    freq_max: 300,
    margin_ms: 500,
    ignore_low_freq_error: true,
    dtype: 'float32',
  }),
  highpass_300: step('highpass_filter', { freq_min: 300, dtype: 'float32' }),
  cmr_global_median: reference({ reference: 'global', operator: 'median' }),
  cmr_global_average: reference({ reference: 'global', operator: 'average' }),
  cmr_global_median_int16: step('common_reference'),
  cmr_local: reference({ reference: 'local', local_radius: [30, 75] }),
  cmr_single: reference({ reference: 'single', ref_channel_ids: ['3'] }),
  cmr_groups: reference({ groups: [ids(0, 12), ids(12, 24)] }),
  whiten_global: whitened({ mode: 'global' }),
  whiten_global_mean: whitened({ mode: 'global', apply_mean: true }),
  whiten_local: whitened({ mode: 'local', radius_um: 60 }),
  whiten_local_100: whitened({ mode: 'local', radius_um: 100 }),
  interpolate_bad_channels: after(bandpass, step('interpolate_bad_channels', { bad_channel_ids: ['4', '11', '17'] })),
  whiten_int_scale: after(step('bandpass_filter'), step('whiten', { int_scale: 200, dtype: 'int16' })),
  ...filterOperations,
  ...scalingOperations,
  ...channelOperations,
};

/** Chunks of their own, by operation. */
const ownSlices: Readonly<Record<string, string>> = {
  blank_saturation_quantile: 'preprocessing/blank_saturation_slices.json',
};

const index = z.record(
  z.string(),
  z.object({
    si_dtype: z.string(),
    windows: z.array(z.tuple([z.number(), z.number()])),
    sampling_frequency: z.number(),
    channel_ids: z.array(z.string()),
  }),
);
type Operation = z.output<typeof index>[string];

/** Traces of our steps against SpikeInterface's, cut from what 1-s chunks give, with the chunks it learnt from. */
export const preprocessing: Area = {
  name: 'preprocessing',
  async *check(place) {
    const told = index.parse(JSON.parse(readFileSync(join(place.golden, 'preprocessing/index.json'), 'utf8')));
    const source = await goldenRecording(place, 'recording_raw');
    const slices = goldenSlices(place, 'preprocessing/random_slices.json');
    const atTriggers = artifactOperations(place);
    for (const [name, operation] of Object.entries(told)) {
      const chain = operations[name] ?? atTriggers[name];
      if (!chain) yield { entry: 'preprocessing/index.json', part: name, missing: true };
      else {
        const own = ownSlices[name];
        yield* checkOperation(place, name, operation, chain(source), own ? goldenSlices(place, own) : slices);
      }
    }
    yield* filterCoefficients(place);
    yield* await unsignedVerdict(place);
    yield await saturationVerdict(place, source);
    const recording = await open(source);
    yield slicesVerdict('preprocessing/random_slices.json', recording.info, slices, 10, '200ms');
    yield {
      entry: 'preprocessing/inter_sample_shift.npy',
      ours: (recording.info.properties.inter_sample_shift ?? []).map(Number),
      golden: await golden(place, 'preprocessing/inter_sample_shift.npy'),
    };
    yield* spatialKernels(place, recording.info);
    const own = goldenSlices(place, 'preprocessing/blank_saturation_slices.json');
    yield slicesVerdict('preprocessing/blank_saturation_slices.json', recording.info, own, 20, 3000);
    recording.close();
  },
};

async function* checkOperation(
  place: GoldenPlace,
  name: string,
  operation: Operation,
  spec: RecordingSpec,
  slices: Slices,
): AsyncGenerator<Verdict, void> {
  const fitted = await fit(spec, place.signal, slices);
  const recording = await open(fitted);
  const { info } = recording;
  const faults = [
    info.dtype !== operation.si_dtype,
    info.samplingFrequency !== operation.sampling_frequency,
    info.channelIds.map(String).join() !== operation.channel_ids.join(),
  ];
  yield { entry: 'preprocessing/index.json', part: name, error: faults.filter(Boolean).length };
  const entry = `preprocessing/${name}.npy`;
  const expected = await golden(place, entry);
  if (seamInArtifact.has(name)) {
    const size = expected.length / operation.windows.length;
    const [ours, outer] = [await windows(recording, operation.windows), [0, operation.windows.length - 1]];
    const judged = (all: ArrayLike<number>) => outer.flatMap((w) => Array.from(all).slice(w * size, (w + 1) * size));
    yield { entry, ours: judged(ours), golden: judged(expected) };
  } else yield { entry, ours: await windows(recording, operation.windows), golden: expected };
  recording.close();
  if (isStep(fitted) && fitted.fitted?.W && name !== 'whiten_int_scale') {
    for (const letter of ['W', 'M']) {
      const ours = z.array(z.union([z.number(), z.array(z.number())])).safeParse(fitted.fitted[letter]);
      if (!ours.success) continue;
      const entry = `preprocessing/${name}_${letter}.npy`;
      yield { entry, ours: ours.data.flat(), golden: await golden(place, entry) };
    }
    const given = await open({ ...fitted, fitted: await goldenFit(place, name, info.channelIds.length) });
    yield { entry, part: 'given W', ours: await windows(given, operation.windows), golden: expected };
    given.close();
  }
}

/** The matrix and mean SpikeInterface learnt. */
async function goldenFit(place: GoldenPlace, name: string, channels: number): Promise<Params> {
  const W = Array.from(await golden(place, `preprocessing/${name}_W.npy`));
  const rows = Array.from({ length: channels }, (_, r) => W.slice(r * channels, (r + 1) * channels));
  if (!name.endsWith('_mean')) return { W: rows };
  return { W: rows, M: Array.from(await golden(place, `preprocessing/${name}_M.npy`)) };
}

/** The windows out of blocks of one second, as `recording.save(chunk_duration='1s')` would cut them. */
async function windows(recording: Recording, wanted: readonly (readonly [number, number])[]): Promise<number[]> {
  const { samplingFrequency, channelIds, numFrames } = recording.info;
  const channels = channelIds.length;
  const out: number[] = [];
  for (const [start, end] of wanted)
    for (let block = Math.floor(start / samplingFrequency); block * samplingFrequency < end; block++) {
      const from = block * samplingFrequency;
      const to = Math.min(numFrames[0]!, from + samplingFrequency);
      const traces = await recording.read(0, from, to);
      const [first, last] = [Math.max(start, from) - from, Math.min(end, to) - from];
      out.push(...traces.subarray(first * channels, last * channels));
    }
  return out;
}

/** Sections may come in any order, so responses are compared: their real and imaginary parts at 400 frequencies. */
async function* filterCoefficients(place: GoldenPlace): AsyncGenerator<Verdict, void> {
  const entry = 'preprocessing/filter_coefficients.json';
  const read: unknown = JSON.parse(readFileSync(join(place.golden, entry), 'utf8'));
  const told = z.record(z.string(), z.unknown()).parse(read);
  const { b: notchB, a: notchA } = notch(50, 30, 30_000);
  const ours: Readonly<Record<string, SosFilter>> = {
    bandpass_300_6000_order5_sos: butterworth(5, [300, 6000], 30_000),
    bandpass_500_3000_order3_sos: butterworth(3, [500, 3000], 30_000),
    highpass_300_order5_sos: butterworth(5, [300], 30_000),
    lfp_1_300_order5_sos: butterworth(5, [1, 300], 30_000),
    bessel_ba: bessel(2, [400, 4000], 30_000),
    notch: givenSections([[...notchB, ...notchA]]),
  };
  for (const [part, value] of Object.entries(told)) {
    const filter = ours[part];
    if (part === 'margins_ms') continue; // the traces at the chunks' seams depend on them
    if (!filter) {
      yield { entry, part, missing: true };
      continue;
    }
    const given = coefficients.parse(value);
    const { sections, gain } = filter;
    const own = Array.from({ length: sections.length / SECTION_SIZE }, (_, s) => {
      const [b1, b2, a1, a2] = sections.subarray(s * SECTION_SIZE);
      const scale = s === 0 ? gain : 1;
      return { b: [scale, scale * b1!, scale * b2!], a: [1, a1!, a2!] };
    });
    const golden = Array.isArray(given) ? given.map((row) => ({ b: row.slice(0, 3), a: row.slice(3) })) : [given];
    yield { entry, part, ours: response(own), golden: response(golden) };
  }
}

const numbers = z.array(z.number());
const coefficients = z.union([z.array(numbers), z.object({ b: numbers, a: numbers })]);

function response(parts: readonly { readonly b: readonly number[]; readonly a: readonly number[] }[]): number[] {
  return Array.from({ length: 400 }, (_, i) => (Math.PI * (i + 0.5)) / 400).flatMap((w) => {
    let [re, im] = [1, 0];
    for (const { b, a } of parts) {
      const at = (side: readonly number[]) => [
        side.reduce((sum, x, k) => sum + x * Math.cos(k * w), 0),
        side.reduce((sum, x, k) => sum - x * Math.sin(k * w), 0),
      ];
      const [nr, ni] = at(b);
      const [dr, di] = at(a);
      const size = dr! * dr! + di! * di!;
      const [hr, hi] = [(nr! * dr! + ni! * di!) / size, (ni! * dr! - nr! * di!) / size];
      [re, im] = [re! * hr - im! * hi, re! * hi + im! * hr];
    }
    return [re!, im!];
  });
}

async function golden(place: GoldenPlace, entry: string): Promise<ArrayLike<number>> {
  return (await readNumbers(join(place.golden, entry))).data;
}
