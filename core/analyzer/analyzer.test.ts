import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import { toyRecording } from '../generate/toy.ts';
import type { Correlograms, SpikesInWindow, UnitPlace, UnitTable, UnitWaveforms } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import type { RecordingInfo, SourceSpec } from '../shared/recording.ts';
import { type Sorting, spikeCounts, spikeTrain } from '../shared/sorting.ts';
import { type Analyzer, type ExtensionRequest, openAnalyzer } from './analyzer.ts';
import { createAnalyzer } from './create.ts';
import { floats, templatesOf } from './templates.ts';

const toy = toyRecording({ channels: 8, units: 4, seconds: 4, segments: 2, seed: 3 });
const sorting: Sorting = { ...toy.sorting, unitIds: ['a', 'b', 'c', 'd'] };
const everything: ExtensionRequest[] = ['waveforms', 'templates', 'spike_locations', 'quality_metrics']
  .concat(['correlograms', 'unit_locations', 'template_similarity'])
  .map((name) => ({ name }));

let place = '';
let spec: SourceSpec;
let analyzer: Analyzer;

/** The toy as flat files. */
async function saved(folder: string): Promise<SourceSpec> {
  const { info } = toy.recording;
  const paths = info.numFrames.map((_, segment) => join(folder, `traces ${segment}.raw`));
  for (const [segment, frames] of info.numFrames.entries())
    writeFileSync(paths[segment]!, Int16Array.from(await toy.recording.read(segment, 0, frames)));
  const params = { sampling_frequency: 30_000, num_channels: 8, dtype: 'int16', gain_to_uV: 0.195, offset_to_uV: 0 };
  return { format: 'binary', paths, params, ...(info.probe && { probe: info.probe }) };
}

type MadeOptions = { info?: RecordingInfo; recording?: SourceSpec; sorting?: Sorting };

async function made(folder: string, options: MadeOptions = {}): Promise<Analyzer> {
  const work = createAnalyzer(folder, {
    sorting: options.sorting ?? sorting,
    recording: options.recording ?? spec,
    info: options.info ?? toy.recording.info,
    columns: options.sorting ? {} : { note: ['one', undefined, 'three', 'four'] },
    compute: inlineCompute(),
    signal: new AbortController().signal,
  });
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

async function computed(one: Analyzer, requests: readonly ExtensionRequest[], compute: Compute = inlineCompute(3)) {
  const stages: string[] = [];
  for await (const { stage } of one.compute(requests, compute, new AbortController().signal))
    if (stage !== stages.at(-1)) stages.push(stage);
  return stages;
}

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'analyzer test '));
  spec = await saved(place);
  analyzer = await made(join(place, 'analyzer'));
});
afterAll(() => rmSync(place, { recursive: true }));

test('a new analyzer knows units, channels, main channels and what is kept', () => {
  const { contents } = analyzer;
  expect(contents.sorting.unitIds).toEqual(['a', 'b', 'c', 'd']);
  expect(contents.sorting.segments).toEqual(sorting.segments);
  expect(contents.sorting.properties.note).toEqual(['one', '', 'three', 'four']);
  expect(contents.info.channelIds).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(contents.returnInUv).toBe(true);
  const truth = toy.templates.map((template) => {
    const peak = template.reduce((best, value, i) => (Math.abs(value) > Math.abs(template[best]!) ? i : best), 0);
    return peak % 8;
  });
  expect([...contents.mainChannels]).toEqual(truth);
  contents.channelsOf.forEach((channels, unit) => {
    expect([...channels]).toContain(truth[unit]);
  });
});

test('extensions are computed in two passes, once', async () => {
  expect(await analyzer.outOfDate([{ name: 'templates' }])).toEqual(['random_spikes', 'templates']);
  const stages = await computed(analyzer, everything);
  expect(stages).toEqual([
    'Random spikes, Noise levels, Correlograms',
    'Waveforms, Templates',
    'Unit locations, Template similarity',
    'Spike amplitudes, Spike locations',
    'Quality metrics',
  ]);
  expect(await analyzer.outOfDate(everything)).toEqual([]);
  expect(await computed(analyzer, everything)).toEqual([]);
  expect(await computed(await openAnalyzer(analyzer.folder), everything)).toEqual([]);
  for (const name of readdirSync(join(analyzer.folder, 'extensions'))) expect(name).not.toMatch(/^\./);
});

test('templates are the true ones', async () => {
  const { average, samples, channels, nbefore } = templatesOf((await analyzer.extension('templates'))!, 30_000);
  sorting.unitIds.forEach((_, unit) => {
    const main = analyzer.contents.mainChannels[unit]!;
    let worst = 0;
    let peak = 0;
    for (let s = 0; s < Math.min(samples, toy.samples); s++) {
      const truth = toy.templates[unit]![(s - nbefore + toy.before) * 8 + main] ?? 0;
      worst = Math.max(worst, Math.abs(truth - average[(unit * samples + s) * channels + main]!));
      peak = Math.max(peak, Math.abs(truth));
    }
    expect(worst / peak).toBeLessThan(0.15);
  });
});

test('the median needs the waveforms, and changes what was computed from the average', async () => {
  const request = { name: 'templates', params: { operators: ['average', 'median'] } };
  const other = await made(join(place, 'median'));
  await computed(other, [{ name: 'templates' }, { name: 'template_similarity' }]);
  const fromSums = floats((await other.extension('templates'))!.arrays.average)!;
  expect(await other.outOfDate([request])).toEqual(['waveforms', 'templates']);
  await computed(other, [request]);
  const stored = (await other.extension('templates'))!;
  expect(Object.keys(stored.arrays).sort()).toEqual(['average', 'median']);
  const fromWaveforms = floats(stored.arrays.average)!;
  expect(Math.max(...fromWaveforms.map((value, i) => Math.abs(value - fromSums[i]!)))).toBeLessThan(1e-3);
  expect(await other.extension('template_similarity')).toBeUndefined();
});

test('templates take the window of the waveforms', async () => {
  const other = await made(join(place, 'window'));
  await computed(other, [{ name: 'templates' }, { name: 'waveforms', params: { ms_before: 0.5, ms_after: 1 } }]);
  const stored = (await other.extension('templates'))!;
  expect([stored.params.ms_before, stored.params.ms_after]).toEqual([0.5, 1]);
  expect(stored.arrays.average!.shape).toEqual([4, 45, 8]);
  expect(await other.outOfDate([{ name: 'waveforms' }])).toEqual(['waveforms']);
});

test('without gains everything is in raw units', async () => {
  const { gainToUv: _, offsetToUv: __, ...info } = toy.recording.info;
  const raw = await made(join(place, 'raw'), {
    info,
    recording: { ...spec, params: { ...spec.params, gain_to_uV: null, offset_to_uV: null } },
  });
  expect(raw.contents.returnInUv).toBe(false);
  await computed(raw, [{ name: 'waveforms' }, { name: 'spike_amplitudes' }]);
  expect((await raw.extension('waveforms'))!.arrays.waveforms!.dtype).toBe('<i2');
  const amplitudes = (await raw.extension('spike_amplitudes'))!.arrays.amplitudes!;
  const uv = floats((await analyzer.extension('spike_amplitudes'))!.arrays.amplitudes)!;
  expect(amplitudes.dtype).toBe('<i2');
  expect(floats(amplitudes)!.every((value, i) => Math.abs(value * 0.195 - uv[i]!) < 1e-3)).toBe(true);
});

test('a run that is cancelled leaves whole extensions only, and goes on where it stopped', async () => {
  const other = await made(join(place, 'cancelled'));
  const controller = new AbortController();
  const run = async () => {
    for await (const { stage, done } of other.compute(
      [{ name: 'spike_amplitudes' }, { name: 'waveforms' }],
      inlineCompute(),
      controller.signal,
    ))
      if (stage.startsWith('Waveforms') && done > 0) controller.abort();
  };
  await expect(run()).rejects.toThrow();
  expect(readdirSync(join(other.folder, 'extensions'))).toEqual(['random_spikes']);
  expect(await other.outOfDate([{ name: 'waveforms' }])).toEqual(['waveforms']);
});

test('a silent unit and a sorting without units are analyzed too', async () => {
  const silent = await made(join(place, 'silent'), {
    sorting: { ...sorting, unitIds: [...sorting.unitIds, 'silent'], properties: {} },
  });
  await computed(silent, everything);
  const { columns } = (await silent.extension('quality_metrics'))!.tables.metrics!;
  expect([columns.num_spikes![4], columns.amplitude_median![4]]).toEqual([0, Number.NaN]);
  const nothing = { sampleIndex: new Float64Array(), unitIndex: new Int32Array() };
  const empty = await made(join(place, 'empty'), {
    sorting: { samplingFrequency: 30_000, unitIds: [], segments: [nothing, nothing], properties: {} },
  });
  await computed(empty, everything);
  expect((await empty.extension('waveforms'))!.arrays.waveforms!.shape).toEqual([0, 90, 0]);
});

test('what cannot be is told', async () => {
  const fails = (options: Parameters<typeof made>[1]) => made(join(place, 'fails'), options);
  const { probe: _, ...unplaced } = toy.recording.info;
  await expect(fails({ info: unplaced })).rejects.toThrow(/where its channels are/);
  const short = { ...toy.recording.info, numFrames: [30_000, 30_000] };
  await expect(fails({ info: short })).rejects.toThrow(/the recording has 30000 frames/);
  await expect(analyzer.outOfDate([{ name: 'waveform' }])).rejects.toThrow(/unknown extension "waveform"/);
  await expect(analyzer.outOfDate([{ name: 'waveforms', params: { ms_befor: 1 } }])).rejects.toThrow(/ms_befor/);
  await expect(openAnalyzer(place)).rejects.toThrow(/is not an analyzer/);
});

const units = [
  { unitId: 'a', from: ['a'] },
  { unitId: 'merged', from: ['b', 'd'] },
];
const view = <Item, Result>(job: string, args: object, onItem: (item: Item) => void = () => {}) =>
  inlineCompute().run<object, Item, Result>(
    job,
    { at: { kind: 'analyzer', folder: analyzer.folder }, units, ...args },
    { onItem },
  );

test('the table has saved metrics, and a merged unit’s own', async () => {
  const { unitIds, columns } = await view<never, UnitTable>('unitTable', {});
  expect(unitIds).toEqual(['a', 'merged']);
  const column = (name: string) => columns.find((one) => one.name === name)!.values;
  const counts = spikeCounts(sorting);
  expect([...column('num_spikes')]).toEqual([counts[0], counts[1]! + counts[3]!]);
  const metrics = (await analyzer.extension('quality_metrics'))!.tables.metrics!;
  expect(column('snr')[0]).toBe(metrics.columns.snr![0]);
  expect(Number(column('snr')[1])).toBeGreaterThan(3);
  expect(columns.map((one) => one.name).slice(0, 3)).toEqual(['main_channel', 'depth', 'num_spikes']);
  for (const one of columns) expect(one.help.length).toBeGreaterThan(10);
});

test('waveforms of a merged unit are those of its parts', async () => {
  const shown: UnitWaveforms[] = [];
  await view<UnitWaveforms, void>('unitWaveforms', { maxSpikes: 20 }, (item) => shown.push(item));
  const [single, merged] = shown as [UnitWaveforms, UnitWaveforms];
  expect([single.unitId, single.shown, single.unit]).toEqual(['a', 20, 'µV']);
  expect(single.spikes.length).toBe(20 * single.samples * single.channels.length);
  // The mean of 20 spikes is near the template.
  const k = single.channels.indexOf(single.extremumChannel);
  const at = (s: number) => s * single.channels.length + k;
  const trough = Array.from({ length: single.samples }, (_, s) => s).reduce((best, s) =>
    single.template[at(s)]! < single.template[at(best)]! ? s : best,
  );
  let mean = 0;
  for (let i = 0; i < 20; i++) mean += single.spikes[i * single.samples * single.channels.length + at(trough)]! / 20;
  expect(mean / single.template[at(trough)]!).toBeCloseTo(1, 0.7);
  const counts = spikeCounts(sorting);
  expect(merged.numSpikes).toBe(counts[1]! + counts[3]!);
  expect(merged.shown).toBe(20);
});

test('correlograms, places and spikes follow a merge', async () => {
  const { counts, bins, numSpikes } = await view<never, Correlograms>('unitCorrelograms', { windowMs: 100, binMs: 2 });
  expect(bins).toBe(50);
  const merged = [0, 1].map((segment) => [...spikeTrain(sorting, 1, segment), ...spikeTrain(sorting, 3, segment)]);
  const pairs = merged.flatMap((train) =>
    train.flatMap((a, i) => train.filter((b, j) => i !== j && a - b >= -1500 && a - b < 1500)),
  );
  expect(counts.subarray(3 * 50).reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
  expect(numSpikes[1]).toBe(merged.flat().length);
  const [place] = await view<never, UnitPlace[]>('unitPlaces', {});
  expect(place!.extremumChannel).toBe(analyzer.contents.mainChannels[0]);
  const spikes = await view<never, SpikesInWindow>('unitSpikes', { segment: 1, startFrame: 0, endFrame: 60_000 });
  expect(spikes.sampleIndex.length).toBe(
    [0, 1, 3].reduce((sum, unit) => sum + spikeTrain(sorting, unit, 1).filter((s) => s < 60_000).length, 0),
  );
  expect(new Set(spikes.unit)).toEqual(new Set([0, 1]));
});
