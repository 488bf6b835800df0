import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { electrodePosition, neuropixelsProbe } from './neuropixels.ts';
import { glxMeta, oddFolder, ramp, removeOddFolders, writeGlx, writeSamples } from './samples.ts';
import { spikeglx } from './spikeglx.ts';

afterAll(removeOddFolders);

const open = (paths: readonly string[], stream = '') =>
  spikeglx.open({ format: 'spikeglx', paths, params: { stream_id: stream } });

test('a pair: rate, gains, places, start; the sync line apart', async () => {
  const folder = oddFolder();
  writeGlx(folder, 'run_g0_t0.imec0.ap', 50, 4);
  const found = await spikeglx.find(folder);
  expect(found.map(({ label, spec }) => [label, spec.params.stream_id])).toEqual([
    ['run imec0.ap: 4 channels, 30 kHz', 'imec0.ap'],
    ['run imec0.ap-SYNC: 1 channel, 30 kHz', 'imec0.ap-SYNC'],
  ]);
  const recording = await spikeglx.open(found[0]!.spec);
  expect(recording.info).toMatchObject({
    samplingFrequency: 30_000,
    channelIds: ['imec0.ap#AP0', 'imec0.ap#AP1', 'imec0.ap#AP2', 'imec0.ap#AP3'],
    numFrames: [50],
    tStart: [0.1],
    gainToUv: [2.34375, 2.34375, 2.34375, 2.34375],
    properties: {
      channel_name: ['AP0', 'AP1', 'AP2', 'AP3'],
      inter_sample_shift: [0, 0, 1 / 13, 1 / 13],
      group: [0, 0, 0, 0],
    },
  });
  expect(recording.info.probe?.probes[0]).toMatchObject({
    annotations: { model_name: 'NP1000', ap_gain: 500, lf_gain: 250 },
    contact_positions: [
      [16, 0],
      [48, 0],
      [0, 20],
      [32, 20],
    ],
    contact_ids: ['e0', 'e1', 'e2', 'e3'],
    device_channel_indices: [0, 1, 2, 3],
  });
  expect(await recording.read(0, 7, 8)).toEqual(Float32Array.of(70, 71, 72, 73));
  const sync = await spikeglx.open(found[1]!.spec);
  expect(sync.info.channelIds).toEqual(['imec0.ap#SY0']);
  expect(sync.info).not.toHaveProperty('probe');
  expect(await sync.read(0, 7, 9)).toEqual(Float32Array.of(74, 84));
  recording.close();
  sync.close();
});

test('gates and triggers are segments in their order, streams are told apart', async () => {
  const folder = oddFolder();
  for (const [name, frames] of [
    ['run_g0_t10', 3],
    ['run_g0_t9', 4],
    ['run_g1_t0', 5],
  ] as const)
    writeGlx(join(folder, name), `${name}.imec0.ap`, frames, 4);
  const lf = {
    snsApLfSy: '0,4,1',
    snsSaveChanSubset: '4:8',
    imSampRate: '2500',
    '~snsChanMap': '(4,4,1)(LF0;4:0)(LF1;5:1)(LF2;6:2)(LF3;7:3)(SY0;8:4)',
  };
  writeGlx(folder, 'run_g1_t0.imec0.lf', 2, 4, lf);
  const found = await spikeglx.find(folder);
  expect(found.map(({ spec }) => spec.params.stream_id)).toEqual([
    'imec0.ap',
    'imec0.lf',
    'imec0.ap-SYNC',
    'imec0.lf-SYNC',
  ]);
  const recording = await spikeglx.open(found[0]!.spec);
  expect(recording.info.numFrames).toEqual([4, 3, 5]);
  const field = await spikeglx.open(found[1]!.spec);
  expect(field.info).toMatchObject({ samplingFrequency: 2500, gainToUv: [4.6875, 4.6875, 4.6875, 4.6875] });
  expect(field.info.probe?.probes[0]?.contact_positions[1]).toEqual([48, 0]);
  await expect(open([folder])).rejects.toThrow('holds several streams: imec0.ap, imec0.lf');
  await expect(open([folder], 'imec1.ap')).rejects.toThrow('holds no stream "imec1.ap"');
});

test('two runs in a folder are found each by its files', async () => {
  const folder = oddFolder();
  const a = writeGlx(folder, 'one_g0_t0.imec0.ap', 3, 4);
  const b = writeGlx(folder, 'two_g0_t0.imec0.ap', 4, 4);
  const found = await spikeglx.find(folder);
  expect(found.slice(0, 2).map(({ spec }) => spec.paths)).toEqual([[a], [b]]);
  await expect(open([folder], 'imec0.ap')).rejects.toThrow('of the same gate and trigger');
});

test('NI-DAQ: range and the gains of each kind of input', async () => {
  const folder = oddFolder();
  const bin = writeSamples(join(folder, 'run_g0_t0.nidq.bin'), ramp(10, 4));
  const fields = {
    fileName: 'run_g0_t0.nidq.bin',
    nSavedChans: 4,
    niSampRate: 25_000,
    niAiRangeMax: 5,
    niMNGain: 200,
    niMAGain: 2,
    snsMnMaXaDw: '1,1,1,1',
    snsSaveChanSubset: 'all',
    typeThis: 'nidq',
    '~snsChanMap': '(1,1,1,1,1)(MN0C0;0:0)(MA0C0;1:1)(XA0;2:2)(XD0;3:3)',
  };
  writeFileSync(
    join(folder, 'run_g0_t0.nidq.meta'),
    Object.entries(fields)
      .map(([k, v]) => `${k}=${v}`)
      .join('\r\n'),
  );
  const recording = await open([bin]);
  const step = 5e6 / 32_768;
  expect(recording.info).toMatchObject({
    channelIds: ['nidq#MN0C0', 'nidq#MA0C0', 'nidq#XA0', 'nidq#XD0'],
    gainToUv: [step / 200, step / 2, step, step],
    tStart: [0],
  });
});

test('2.0 probes: fixed gain, shanks, 16 turns of the ADC', async () => {
  const folder = oddFolder();
  const meta = {
    imDatPrb_pn: 'NP2013',
    imAiRangeMax: '0.62',
    imMaxInt: '2048',
    acqApLfSy: '4,0,1',
    snsSaveChanSubset: 'all',
    '~imroTbl': '(2013,4)(0 0 0 1 0)(1 0 0 1 1)(2 3 0 1 2)(3 3 0 1 3)',
  };
  const bin = writeGlx(folder, 'run_g0_t0.imec0.ap', 5, 4, meta);
  const { info } = await open([bin]);
  const gain = (1e6 * 0.62) / 2048 / 100;
  expect(info.gainToUv?.map((g) => g / gain)).toEqual([1, 1, 1, 1]);
  expect(info.properties).toMatchObject({ inter_sample_shift: [0, 0, 1 / 16, 1 / 16], group: [0, 0, 1, 1] });
  expect(info.probe?.probes[0]).toMatchObject({
    contact_positions: [
      [0, 0],
      [32, 0],
      [750, 15],
      [782, 15],
    ],
    shank_ids: ['0', '0', '3', '3'],
    contact_ids: ['s0e0', 's0e1', 's3e2', 's3e3'],
  });
});

test('a probe the table does not know: places of snsGeomMap, gains only if the .meta has them', async () => {
  const folder = oddFolder();
  const map = '(NP9999,2,250,70)(0:27:0:1)(0:59:0:1)(1:27:15:1)(1:59:15:1)';
  const meta = { imDatPrb_pn: 'NP9999', '~imroTbl': '(9999,4)(0 0 0 0)', '~snsGeomMap': map };
  const { info } = await open([writeGlx(folder, 'run_g0_t0.imec0.ap', 5, 4, meta)]);
  expect(info).not.toHaveProperty('gainToUv');
  expect(info.probe?.probes[0]).toMatchObject({
    contact_positions: [
      [27, 0],
      [59, 0],
      [277, 15],
      [309, 15],
    ],
    shank_ids: ['0', '0', '1', '1'],
  });
});

test('a missing .meta is named, and found all the same', async () => {
  const folder = oddFolder();
  const bin = writeSamples(join(folder, 'run_g0_t0.imec0.ap.bin'), ramp(5, 5));
  for (const path of [bin, folder]) {
    const [found] = await spikeglx.find(path);
    await expect(spikeglx.open(found!.spec)).rejects.toMatchObject({
      name: 'UserError',
      path: join(folder, 'run_g0_t0.imec0.ap.meta'),
      message: `${bin} cannot be read: its run_g0_t0.imec0.ap.meta is missing`,
    });
  }
});

test.each([
  [{ nSavedChans: '6' }, 'snsChanMap names 5 channels, nSavedChans says 6'],
  [{ nSavedChans: '0' }, 'it says 0 channels'],
  [{ nSavedChans: '-3' }, 'nSavedChans is -3'],
  [{ nSavedChans: '' }, 'it has no nSavedChans'],
  [{ imSampRate: 'fast' }, 'imSampRate is "fast", not a number'],
  [{ imSampRate: '0' }, 'the sampling rate is 0'],
  [{ imAiRangeMax: 'nan' }, 'imAiRangeMax is "nan", not a number'],
  [
    { '~imroTbl': '(0,4)(0 0 0 0 250 1)(1 0 0 0 250 1)(2 0 0 0 250 1)(3 0 0 0 250 1)' },
    'a gain is missing, 0 or not a number',
  ],
  [{ '~imroTbl': '(0,4)(0 9 0 500 250 1)' }, 'imroTbl names electrodes that probe NP1000 does not have'],
  [{ snsSaveChanSubset: '0:9' }, 'snsSaveChanSubset and nSavedChans (5) disagree'],
  [{ snsSaveChanSubset: '0:1e9' }, 'snsSaveChanSubset has "0:1e9"'],
  [{ typeThis: 'other' }, 'typeThis is "other"'],
  [{ snsApLfSy: '0,0,99' }, '99 sync channels of 5'],
])('%j is told, naming the .meta', async (change, message) => {
  const folder = oddFolder();
  const bin = writeGlx(folder, 'run_g0_t0.imec0.ap', 5, 4, change);
  await expect(open([bin])).rejects.toMatchObject({
    name: 'UserError',
    path: bin.replace('.bin', '.meta'),
    message: expect.stringContaining(message),
  });
});

test('a .bin whose size is no whole number of frames', async () => {
  const folder = oddFolder();
  const bin = writeGlx(folder, 'run_g0_t0.imec0.ap', 5, 4);
  writeSamples(bin, new Int16Array(23));
  await expect(open([bin])).rejects.toThrow(`${bin}: 46 bytes are not a multiple of 5 channels of int16`);
});

test('other programs’ .bin and .meta are not ours', async () => {
  const folder = oddFolder();
  writeSamples(join(folder, 'x.bin'), ramp(3, 3));
  writeFileSync(join(folder, 'x.meta'), 'something=else');
  expect(await spikeglx.find(folder)).toEqual([]);
  expect(await spikeglx.find(join(folder, 'x.bin'))).toEqual([]);
  expect(glxMeta(2)).toContain('nSavedChans=3');
});

test('the electrodes of a few probes', () => {
  expect(electrodePosition(neuropixelsProbe('NP1000', undefined)!, 0, 3)).toEqual([32, 20]);
  expect(electrodePosition(neuropixelsProbe(undefined, '21')!, 0, 3)).toEqual([32, 15]);
  expect(electrodePosition(neuropixelsProbe('NP1110', undefined)!, 0, 9)).toEqual([6, 6]);
  expect(neuropixelsProbe('__proto__', 'constructor')).toBeUndefined();
});
