import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RATE = 30_000;
const SECONDS = 30;
const CHANNELS = 16;
const SAMPLES = 61;

/** A phy folder of `units` units as a sorter leaves it: no raw file (params.py names one that is gone). Seeded. */
export function writePlainPhy(folder: string, units: number): void {
  let state = 4321;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  mkdirSync(folder, { recursive: true });
  const spikes: { time: number; unit: number }[] = [];
  for (let unit = 0; unit < units; unit++)
    for (let time = 100 + 900 * uniform(); time < RATE * SECONDS - 100; time += 150 + 6000 * (unit + 1) * uniform())
      spikes.push({ time: Math.floor(time), unit });
  spikes.sort((a, b) => a.time - b.time);
  const templates = new Float32Array(units * SAMPLES * CHANNELS);
  for (let unit = 0; unit < units; unit++)
    for (let s = 0; s < SAMPLES; s++)
      for (let c = 0; c < CHANNELS; c++) {
        const wave = -Math.exp(-((s - 20) ** 2) / 12) + 0.4 * Math.exp(-((s - 32) ** 2) / 40);
        templates[(unit * SAMPLES + s) * CHANNELS + c] = wave * Math.exp(-Math.abs(c - (unit % CHANNELS)) / 1.5);
      }
  const npy = (name: string, type: string, shape: readonly number[], data: ArrayBufferView) =>
    writeFileSync(join(folder, name), npyBytes(type, shape, data));
  const n = spikes.length;
  npy(
    'spike_times.npy',
    '<i8',
    [n],
    BigInt64Array.from(spikes, ({ time }) => BigInt(time)),
  );
  npy(
    'spike_templates.npy',
    '<i4',
    [n],
    Int32Array.from(spikes, ({ unit }) => unit),
  );
  npy(
    'spike_clusters.npy',
    '<i4',
    [n],
    Int32Array.from(spikes, ({ unit }) => unit),
  );
  npy(
    'amplitudes.npy',
    '<f8',
    [n],
    Float64Array.from(spikes, () => 10 + uniform()),
  );
  npy('templates.npy', '<f4', [units, SAMPLES, CHANNELS], templates);
  npy(
    'channel_map.npy',
    '<i4',
    [CHANNELS],
    Int32Array.from({ length: CHANNELS }, (_, i) => i),
  );
  const positions = Float64Array.from({ length: 2 * CHANNELS }, (_, i) => (i % 2 === 0 ? 0 : 10 * (i - 1)));
  npy('channel_positions.npy', '<f8', [CHANNELS, 2], positions);
  const params = { dat_path: `'gone.dat'`, n_channels_dat: CHANNELS, dtype: `'int16'`, offset: 0, sample_rate: RATE };
  const lines = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(join(folder, 'params.py'), `${lines.join('\n')}\nhp_filtered = True\n`);
}

function npyBytes(type: string, shape: readonly number[], data: ArrayBufferView): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const head = text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 11);
  const start = Buffer.alloc(10);
  start.write('\x93NUMPY\x01\x00', 'latin1');
  start.writeUInt16LE(head.length + 1, 8);
  return Buffer.concat([start, Buffer.from(`${head}\n`), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}
