import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import { toySession } from '../pipeline/toySession.ts';
import type { Api, TraceTile } from '../shared/api.ts';
import type { ChainLook, PreviewArgs } from '../shared/preview.ts';
import { createApi } from './index.ts';

const never = new AbortController().signal;
const made: string[] = [];
let api: Api & { dispose(): Promise<void> };

beforeEach(async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'data-'));
  const { folder } = await toySession();
  made.push(dataFolder, folder);
  api = createApi({ pool: inlineCompute(), dataFolder, version: 'test' });
  await done(api.open({ kind: 'session', path: folder }, never));
});
afterEach(async () => {
  await api.dispose();
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

async function done<Item, Result>(running: AsyncGenerator<Item, Result>): Promise<{ items: Item[]; result: Result }> {
  const items: Item[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done) return { items, result: step.value };
    items.push(step.value);
  }
}

const on = (step: string, params = {}) => ({ step, params, enabled: true });
const whole: PreviewArgs = { steps: [], segment: 0, startS: 0.1, endS: 0.6, order: 'depth', tiles: true };
const look = (change: Partial<PreviewArgs> = {}): Promise<{ items: TraceTile[]; result: ChainLook }> =>
  done(api.preview({ ...whole, ...change }, never));
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
const power = ({ spectrum }: ChainLook, from: number, to: number) =>
  mean(spectrum!.density.slice(Math.ceil(from / spectrum!.binHz), Math.floor(to / spectrum!.binHz)));

test('steps that are no part of the session change the look, not the session', async () => {
  const before = (await done(api.edit({}, never))).result.session;
  const raw = (await look()).result;
  const filtered = (await look({ steps: [on('bandpass_filter', { freq_min: 1000, freq_max: 3000 })] })).result;
  expect(power(filtered, 100, 300) / power(raw, 100, 300)).toBeLessThan(1e-3);
  expect(power(filtered, 1500, 2500) / power(raw, 1500, 2500)).toBeGreaterThan(0.5);
  expect(mean(filtered.rms)).toBeLessThan(mean(raw.rms));
  expect((await done(api.edit({}, never))).result.session).toEqual(before);
});

test('the tiles hold the extremes of the stretch from its first frame', async () => {
  const { items, result } = await look();
  const rate = result.samplingFrequency;
  expect([result.startFrame, result.endFrame]).toEqual([0.1 * rate, 0.6 * rate]);
  const columns = items.filter(({ firstRow }) => firstRow === 0).reduce((sum, tile) => sum + tile.columns, 0);
  expect(columns).toBe(Math.ceil((0.5 * rate) / result.framesAColumn));
  expect((await look({ tiles: false })).items).toEqual([]);
});

test('a step that is off does nothing; a wrong one is told', async () => {
  const raw = (await look()).result;
  const off = (await look({ steps: [{ ...on('bandpass_filter'), enabled: false }] })).result;
  expect(off.rms).toEqual(raw.rms);
  await expect(look({ steps: [on('bandpass_filter', { freq_min: 1e6 })] })).rejects.toThrow('bandpass_filter');
  await expect(look({ steps: [on('no_such_step')] })).rejects.toThrow('no_such_step');
});

test('what a step learns is learnt for the look; whitened traces are in standard deviations', async () => {
  const { result } = await look({ steps: [on('bandpass_filter'), on('whiten'), on('common_reference')] });
  expect(result.unit).toBe('SD');
  expect(mean(result.rms)).toBeGreaterThan(0.5);
  expect(mean(result.rms)).toBeLessThan(2);
});

test('no more than a second is read; a channel of its own has its own spectrum', async () => {
  const id = (await look()).result.channelIds[2]!;
  const { result } = await look({ startS: 0, endS: 1e9, channelId: id });
  expect(result.endFrame).toBe(result.samplingFrequency);
  expect(result.spectrum?.own?.length).toBe(result.spectrum?.density.length);
});

test('a look that nobody wants any more is stopped', async () => {
  const leave = new AbortController();
  const asked = done(api.preview(whole, leave.signal));
  leave.abort();
  await expect(asked).rejects.toThrow();
  expect((await look()).items.length).toBeGreaterThan(0);
});

test('verdicts on channels tell what was found, not what overrules it', async () => {
  const { steps } = (await done(api.catalogue(undefined, never))).result;
  expect(steps.map(({ name }) => name)).toContain('detect_bad_channels');
  const detect = (params: object) => on('detect_bad_channels', { method: 'mad', num_random_chunks: 2, ...params });
  const found = (await done(api.badChannels({ steps: [on('bandpass_filter'), detect({})] }, never))).result;
  const { channelIds } = (await look()).result;
  expect(found.map(({ channelId }) => channelId)).toEqual(channelIds);
  expect(found.every(({ reason }) => reason.length > 10)).toBe(true);
  const overruled = detect({ bad_channel_ids: [channelIds[0]] });
  expect((await done(api.badChannels({ steps: [on('bandpass_filter'), overruled] }, never))).result).toEqual(found);
  await expect(done(api.badChannels({ steps: [on('whiten')] }, never))).rejects.toThrow('does not look for bad');
});
