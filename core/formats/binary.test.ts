import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Json } from '../shared/json.ts';
import { random } from '../shared/random.ts';
import { binary } from './binary.ts';
import { oddFolder, ramp, removeOddFolders, writeSamples } from './samples.ts';

afterAll(removeOddFolders);

const folder = oddFolder();
const path = writeSamples(join(folder, 'a.raw'), ramp(100, 4));
const open = (params: Record<string, Json> = {}, paths = [path]) =>
  binary.open({ format: 'binary', paths, params: { num_channels: 4, sampling_frequency: 1000, ...params } });

test('frames come as they lie in the file, wherever the block begins', async () => {
  const recording = await open();
  expect(recording.info).toMatchObject({
    samplingFrequency: 1000,
    numFrames: [100],
    channelIds: [0, 1, 2, 3],
    dtype: 'int16',
  });
  expect(await recording.read(0, 98, 100)).toEqual(Float32Array.of(980, 981, 982, 983, 990, 991, 992, 993));
  expect(await recording.read(0, 5, 5)).toEqual(new Float32Array());
  await expect(recording.read(0, 98, 101)).rejects.toThrow(RangeError);
  await expect(recording.read(1, 0, 1)).rejects.toThrow(RangeError);
  recording.close();
  expect((await recording.read(0, 0, 1))[0]).toBe(0);
  recording.close();
});

test('several files are segments; offset, names, gains and starts', async () => {
  const recording = await open(
    {
      file_offset: 16,
      channel_ids: ['a', 'b', 'c', 'd'],
      gain_to_uV: 0.5,
      offset_to_uV: [1, 2, 3, 4],
      t_starts: [0, 7.5],
    },
    [path, path],
  );
  expect(recording.info).toMatchObject({
    numFrames: [98, 98],
    tStart: [0, 7.5],
    channelIds: ['a', 'b', 'c', 'd'],
    gainToUv: [0.5, 0.5, 0.5, 0.5],
    offsetToUv: [1, 2, 3, 4],
  });
  expect((await recording.read(1, 0, 1))[0]).toBe(20);
  recording.close();
});

test('some channels only, in the order asked for', async () => {
  const recording = await open({ channel_indices: [3, 1], gain_to_uV: [2, 3] });
  expect(recording.info).toMatchObject({ channelIds: [3, 1], gainToUv: [2, 3], offsetToUv: [0, 0] });
  expect(await recording.read(0, 1, 3)).toEqual(Float32Array.of(13, 11, 23, 21));
  recording.close();
});

test('without a gain there are raw units', async () => {
  const recording = await open();
  expect(recording.info).not.toHaveProperty('gainToUv');
});

test('what is no recording of that shape is told with file and cause', async () => {
  await expect(open({ num_channels: 3 })).rejects.toMatchObject({
    name: 'UserError',
    path,
    message: expect.stringContaining('800 bytes are not a multiple of 3 channels of int16'),
  });
  await expect(open({ num_channels: 0 })).rejects.toThrow(`${path}: 0 channels`);
  await expect(open({ gain_to_uV: Number.NaN })).rejects.toThrow(`${path}: gain_to_uV is NaN, not a number`);
  await expect(open({ gain_to_uV: [1, 2, 3, Number.POSITIVE_INFINITY] })).rejects.toThrow(
    `${path}: gain_to_uV is Infinity`,
  );
  await expect(open({ gain_to_uV: [1, 2] })).rejects.toThrow('gain_to_uV has 2 values for 4 channels');
  await expect(open({ channel_ids: ['a', 'a', 'b', 'c'] })).rejects.toThrow('one twice');
  await expect(open({ channel_indices: [4] })).rejects.toThrow('channel_indices are not channels of the file (0 to 3)');
  await expect(open({ file_offset: 1000 })).rejects.toThrow('fewer than the offset 1000');
  await expect(open({ gain_to_uv: 1 })).rejects.toMatchObject({ hint: 'Did you mean "gain_to_uV"?' });
  await expect(open({}, [join(folder, 'none.raw')])).rejects.toThrow('there is no such file or folder');
  const empty = writeSamples(join(folder, 'empty.raw'), new Int16Array());
  await expect(open({}, [empty])).rejects.toThrow(`${empty} holds no samples`);
});

test('NaN and infinite samples are told with file, frame and channel', async () => {
  for (const [value, word] of [
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ] as const) {
    const samples = new Float32Array(400).fill(0.5);
    samples[4 * 57 + 2] = value;
    const bad = writeSamples(join(folder, 'bad.raw'), samples);
    const recording = await open({ dtype: 'float32' }, [bad]);
    expect(await recording.read(0, 0, 57)).toHaveLength(228);
    await expect(recording.read(0, 50, 60)).rejects.toThrow(`${bad} holds ${word} at frame 57, channel 2`);
    recording.close();
  }
});

test('a file cut while it is open is an error, not zeros', async () => {
  const cut = writeSamples(join(folder, 'cut.raw'), ramp(100, 4));
  const recording = await open({}, [cut]);
  truncateSync(cut, 400);
  await expect(recording.read(0, 0, 100)).rejects.toThrow(`${cut} ends at byte 400, before the data asked for`);
  recording.close();
});

test('find proposes channels and type from the bytes, and asks', async () => {
  const { gaussian } = random(1);
  const offsets = [2000, 2300, 1800, 2150];
  const waves = Int16Array.from(
    { length: 40_000 },
    (_, i) => offsets[i % 4]! + Math.round(200 * Math.sin(i / 90 + (i % 4)) + 15 * gaussian()),
  );
  const [found] = await binary.find(writeSamples(join(folder, 'waves.dat'), waves));
  expect(found).toMatchObject({
    label: 'waves.dat',
    asks: ['sampling_frequency', 'num_channels'],
    spec: { params: { num_channels: 4, dtype: 'int16' } },
  });
  const floats = Float32Array.from(waves.subarray(0, 30_000), (v, i) => (i % 3) * 50 + v / 100);
  const [other] = await binary.find(writeSamples(join(folder, 'floats.bin'), floats));
  expect(other?.spec.params.dtype).toBe('float32');
  expect(await binary.find(writeSamples(join(folder, 'a.txt'), waves))).toEqual([]);
  expect(await binary.find(folder)).toEqual([]);
  expect(await binary.find(join(folder, 'none.raw'))).toEqual([]);
});
