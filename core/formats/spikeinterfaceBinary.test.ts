import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeNpy } from '../store/npy.ts';
import { recordingDict, writeSiRecording } from '../store/siRecording.ts';
import { binary } from './binary.ts';
import { oddFolder, ramp, removeOddFolders, writeSamples, writeSiFolder } from './samples.ts';
import { spikeinterfaceBinary } from './spikeinterfaceBinary.ts';

afterAll(removeOddFolders);

const open = (folder: string) =>
  spikeinterfaceBinary.open({ format: 'spikeinterface_binary', paths: [folder], params: {} });
const probe = {
  ndim: 2,
  si_units: 'um',
  annotations: {},
  contact_annotations: {},
  contact_positions: [
    [0, 0],
    [0, 20],
    [0, 40],
    [0, 60],
  ],
  contact_shapes: ['circle', 'circle', 'circle', 'circle'],
  contact_shape_params: [{ radius: 6 }, { radius: 6 }, { radius: 6 }, { radius: 6 }],
  device_channel_indices: [3, 2, 1, 0],
};

test('traces, ids, gains, properties, probe', async () => {
  const folder = await writeSiFolder(join(oddFolder(), 'rec'));
  writeFileSync(
    join(folder, 'probegroup.json'),
    JSON.stringify({ specification: 'probeinterface', version: '0.4.2', probes: [probe] }),
  );
  writeFileSync(join(folder, 'annotations.json'), '{"is_filtered": true, "name": "x", "odd": NaN}');
  const recording = await open(folder);
  expect(recording.info).toMatchObject({
    samplingFrequency: 1000,
    channelIds: ['a', 'b', 'c', 'd'],
    numFrames: [20],
    dtype: 'int16',
    gainToUv: [1, 2, 3, 4],
    offsetToUv: [0, 0, 0, 0],
    isFiltered: true,
    properties: { group: [0, 0, 1, 1] },
    annotations: { name: 'x' },
    probe: { probes: [{ device_channel_indices: [3, 2, 1, 0] }] },
  });
  expect(await recording.read(0, 19, 20)).toEqual(Float32Array.of(190, 191, 192, 193));
  recording.close();
});

test('is found at the folder, at a file of it, and one level up', async () => {
  const parent = oddFolder();
  const folder = await writeSiFolder(join(parent, 'rec'));
  for (const path of [folder, join(folder, 'binary.json'), join(folder, 'traces_cached_seg0.raw'), parent])
    expect((await spikeinterfaceBinary.find(path)).map(({ spec }) => spec.paths)).toEqual([[folder]]);
  expect(await spikeinterfaceBinary.find(join(folder, 'properties', 'group.npy'))).toEqual([]);
  expect(await binary.find(join(folder, 'traces_cached_seg0.raw'))).toEqual([]);
});

test('big-endian and float traces, several segments, time vectors, older spellings', async () => {
  const folder = await writeSiFolder(join(oddFolder(), 'rec'), {
    file_paths: ['x.raw', 'y.raw'],
    dtype: '>f4',
    num_channels: undefined,
    num_chan: 4,
    t_starts: [1, 2],
    channel_ids: null,
  });
  const bytes = Buffer.alloc(32);
  for (let i = 0; i < 8; i++) bytes.writeFloatBE(i + 0.5, 4 * i);
  for (const name of ['x.raw', 'y.raw']) writeFileSync(join(folder, name), bytes);
  await writeNpy(join(folder, 'times_cached_seg1.npy'), { shape: [2], data: Float64Array.of(7.25, 7.251) });
  const recording = await open(folder);
  expect(recording.info).toMatchObject({
    dtype: 'float32',
    numFrames: [2, 2],
    tStart: [1, 7.25],
    channelIds: [0, 1, 2, 3],
  });
  expect(await recording.read(1, 1, 2)).toEqual(Float32Array.of(4.5, 5.5, 6.5, 7.5));
  recording.close();
});

test.each([
  [{ num_channels: 0 }, 'it says 0 channels'],
  [{ num_channels: 3 }, '160 bytes are not a multiple of 3 channels of int16'],
  [{ num_channels: -1 }, 'binary.json is not understood: kwargs.num_channels'],
  [{ sampling_frequency: 0 }, 'binary.json is not understood: kwargs.sampling_frequency'],
  [{ dtype: 'object' }, 'arrays of type "object"'],
  [{ dtype: 'O' }, 'never unpickled'],
  [{ dtype: '<i8' }, 'traces of type <i8 are not read'],
  [{ channel_ids: ['a'] }, '1 channel_ids for 4 channels'],
  [{ channel_ids: ['a', 'a', 'b', 'c'] }, 'one twice'],
  [{ file_paths: ['../../etc/passwd'] }, 'which is outside its folder'],
  [{ file_paths: ['/etc/passwd'] }, 'which is outside its folder'],
  [{ file_paths: ['none.raw'] }, 'there is no such file or folder'],
  [{ time_axis: 1 }, 'channel after channel is not read'],
])('%j is told', async (kwargs, message) => {
  const folder = await writeSiFolder(join(oddFolder(), 'rec'), kwargs);
  await expect(open(folder)).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining(message) });
});

test('NaN gains, properties of another length, objects, cut files: named', async () => {
  const folder = await writeSiFolder(join(oddFolder(), 'rec'));
  const gains = join(folder, 'properties', 'gain_to_uV.npy');
  await writeNpy(gains, { shape: [4], data: Float64Array.of(1, Number.NaN, 3, 4) });
  await expect(open(folder)).rejects.toThrow(`${gains}: gain_to_uV of channel 1 is NaN, not a number`);
  await writeNpy(gains, { shape: [3], data: Float64Array.of(1, 2, 3) });
  await expect(open(folder)).rejects.toThrow(`${gains} has 3 values, not one for each of 4`);
  truncateSync(gains, 140);
  await expect(open(folder)).rejects.toThrow(`${gains} is cut`);
  writeFileSync(
    gains,
    Buffer.concat([
      Buffer.from([0x93]),
      Buffer.from("NUMPY\u0001\u0000\u0040\u0000{'descr': '|O', 'fortran_order': False, 'shape': (4,), }".padEnd(73)),
    ]),
  );
  await expect(open(folder)).rejects.toThrow('never unpickled');
  writeFileSync(join(folder, 'binary.json'), '{"class": ');
  await expect(open(folder)).rejects.toThrow('binary.json is not readable JSON');
});

test('another class than a flat binary is not opened by its name', async () => {
  const folder = await writeSiFolder(join(oddFolder(), 'rec'));
  writeFileSync(
    join(folder, 'binary.json'),
    '{"class": "os.system", "kwargs": {"file_paths": ["a"], "sampling_frequency": 1, "dtype": "<i2"}}',
  );
  await expect(open(folder)).rejects.toThrow('not a flat binary recording');
});

test('a recording written as a SpikeInterface folder reads back equal', async () => {
  const parent = oddFolder();
  const path = writeSamples(join(parent, 'a.raw'), ramp(5000, 4));
  const spec = {
    format: 'binary',
    paths: [path, path],
    params: {
      sampling_frequency: 1000,
      num_channels: 4,
      gain_to_uV: 0.25,
      channel_ids: ['w', 'x', 'y', 'z'],
      t_starts: [0, 9],
    },
    probe: { probes: [probe] },
  };
  const before = await binary.open(spec);
  const folder = join(parent, 'saved');
  const stages: number[] = [];
  await writeSiRecording(folder, before, { onProgress: ({ done, of }) => stages.push(done / of) });
  const after = await open(folder);
  expect(after.info).toMatchObject({
    channelIds: ['w', 'x', 'y', 'z'],
    gainToUv: [0.25, 0.25, 0.25, 0.25],
    numFrames: [5000, 5000],
    tStart: [0, 9],
  });
  expect(after.info.probe?.probes[0]).toMatchObject({
    contact_positions: [
      [0, 60],
      [0, 40],
      [0, 20],
      [0, 0],
    ],
    device_channel_indices: [0, 1, 2, 3],
  });
  expect(await after.read(1, 10, 4321)).toEqual(await before.read(1, 10, 4321));
  expect(stages.at(-1)).toBe(1);
  expect(readdirSync(folder).filter((name) => /pkl|pickle|partial/.test(name))).toEqual([]);
  before.close();
  after.close();
});

test('saving can be cancelled', async () => {
  const parent = oddFolder();
  const recording = await binary.open({
    format: 'binary',
    paths: [writeSamples(join(parent, 'a.raw'), ramp(5000, 4))],
    params: { sampling_frequency: 1000, num_channels: 4 },
  });
  const controller = new AbortController();
  const saving = writeSiRecording(join(parent, 'saved'), recording, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(saving).rejects.toMatchObject({ name: 'AbortError' });
  recording.close();
});

test('samples beyond an integer type are clipped, halves rounded', async () => {
  const parent = oddFolder();
  const info = {
    samplingFrequency: 10,
    channelIds: [0],
    numFrames: [4],
    tStart: [0],
    dtype: 'int16' as const,
    isFiltered: false,
    properties: {},
    annotations: {},
  };
  const recording = {
    info,
    read: async (_: number, start: number, end: number) => Float32Array.of(1e6, -1e6, 2.6, -2.6).slice(start, end),
    close() {},
  };
  await writeSiRecording(join(parent, 'saved'), recording);
  expect(await (await open(join(parent, 'saved'))).read(0, 0, 4)).toEqual(Float32Array.of(32767, -32768, 3, -3));
});

test('the dict of a chain: classes, kwargs both versions know, relative paths', async () => {
  const info = {
    samplingFrequency: 1000,
    channelIds: [0, 1],
    numFrames: [4],
    tStart: [0],
    dtype: 'float32' as const,
    isFiltered: true,
    properties: {},
    annotations: {},
  };
  const source = {
    format: 'binary',
    paths: ['/data/a b/x.raw'],
    params: { num_channels: 2, sampling_frequency: 1000 },
  };
  const filter = { step: 'bandpass_filter', params: { freq_min: 250 }, parent: source };
  const whiten = { step: 'whiten', params: {}, parent: { step: 'common_reference', params: {}, parent: filter } };
  expect(recordingDict(whiten, info, '/data/out/analyzer')).toBeUndefined();
  const dict = recordingDict(
    {
      ...whiten,
      fitted: {
        W: [
          [1, 0],
          [0, 1],
        ],
      },
    },
    info,
    '/data/out/analyzer',
  );
  expect(dict).toMatchObject({
    class: 'spikeinterface.preprocessing.whiten.WhitenRecording',
    relative_paths: true,
    annotations: { is_filtered: true },
    kwargs: {
      W: [
        [1, 0],
        [0, 1],
      ],
      dtype: 'float32',
      recording: {
        class: 'spikeinterface.preprocessing.common_reference.CommonReferenceRecording',
        kwargs: {
          recording: {
            class: 'spikeinterface.preprocessing.filter.BandpassFilterRecording',
            kwargs: {
              freq_min: 250,
              freq_max: 6000,
              margin_ms: 20,
              recording: { kwargs: { file_paths: ['../../a b/x.raw'], dtype: 'int16' } },
            },
          },
        },
      },
    },
  });
  expect(recordingDict({ ...filter, step: 'unknown_step' }, info, '/data')).toBeUndefined();
});
