import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '../store/npy.ts';

// Small made files of each format, for tests and fault runs.

const made: string[] = [];

/** A new folder whose name has what trips careless code: space, quote, #, non-ASCII. */
export function oddFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "spikedesk o'dd #1 größe-"));
  made.push(folder);
  return folder;
}

/** For afterAll. */
export function removeOddFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Frame f, channel c is 10 f + c. */
export function ramp(frames: number, channels: number): Int16Array {
  return Int16Array.from({ length: frames * channels }, (_, i) => 10 * Math.floor(i / channels) + (i % channels));
}

export function writeSamples(path: string, samples: Int16Array | Float32Array): string {
  writeFileSync(path, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  return path;
}

export const glxMeta = (channels: number, more: Readonly<Record<string, string>> = {}): string => {
  const fields: Record<string, string> = {
    acqApLfSy: `${channels},${channels},1`,
    fileName: 'C:/data/run_g0_t0.imec0.ap.bin',
    firstSample: '3000',
    imAiRangeMax: '0.6',
    imDatPrb_pn: 'NP1000',
    imSampRate: '30000',
    nSavedChans: String(channels + 1),
    snsApLfSy: `${channels},0,1`,
    snsSaveChanSubset: `0:${channels - 1},${2 * channels}`,
    typeThis: 'imec',
    '~imroTbl': `(0,${channels})${Array.from({ length: channels }, (_, c) => `(${c} 0 0 500 250 1)`).join('')}`,
    '~snsChanMap': `(${channels},${channels},1)${Array.from({ length: channels }, (_, c) => `(AP${c};${c}:${c})`).join('')}(SY0;${2 * channels}:${channels})`,
    ...more,
  };
  return `${Object.entries(fields)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
};

/** A SpikeGLX pair of `channels` AP channels and a sync line; returns the .bin. */
export function writeGlx(
  folder: string,
  name: string,
  frames: number,
  channels: number,
  more?: Readonly<Record<string, string>>,
): string {
  mkdirSync(folder, { recursive: true });
  const bin = writeSamples(join(folder, `${name}.bin`), ramp(frames, channels + 1));
  writeFileSync(join(folder, `${name}.meta`), glxMeta(channels, { fileName: `C:/data/${name}.bin`, ...more }));
  return bin;
}

/** A phy folder of three clusters (2, 5, 7) and eight spikes. */
export async function writePhy(folder: string, params = 'sample_rate = 1000.\n'): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'params.py'), params);
  await writeNpy(join(folder, 'spike_times.npy'), { dtype: '<u8', shape: [8, 1], data: [1, 4, 9, 16, 25, 36, 49, 64] });
  await writeNpy(join(folder, 'spike_clusters.npy'), { dtype: '<i4', shape: [8], data: [5, 2, 7, 5, 5, 2, 7, 5] });
  writeFileSync(join(folder, 'cluster_group.tsv'), 'cluster_id\tgroup\n2\tgood\n5\tmua\n7\tnoise\n');
  writeFileSync(join(folder, 'cluster_depth.tsv'), 'cluster_id\tdepth\n2\t10.5\n5\t\n7\t30\n');
  return folder;
}

/** A SpikeInterface binary folder of 4 channels and 20 frames. */
export async function writeSiFolder(folder: string, kwargs: Readonly<Record<string, unknown>> = {}): Promise<string> {
  mkdirSync(join(folder, 'properties'), { recursive: true });
  writeSamples(join(folder, 'traces_cached_seg0.raw'), ramp(20, 4));
  const json = {
    class: 'spikeinterface.core.binaryrecordingextractor.BinaryRecordingExtractor',
    module: 'spikeinterface',
    version: '0.105.3',
    kwargs: {
      file_paths: ['traces_cached_seg0.raw'],
      sampling_frequency: 1000,
      t_starts: null,
      num_channels: 4,
      dtype: '<i2',
      channel_ids: ['a', 'b', 'c', 'd'],
      time_axis: 0,
      file_offset: 0,
      gain_to_uV: null,
      offset_to_uV: null,
      is_filtered: true,
      ...kwargs,
    },
    relative_paths: true,
  };
  writeFileSync(join(folder, 'binary.json'), JSON.stringify(json));
  await writeNpy(join(folder, 'properties', 'gain_to_uV.npy'), { shape: [4], data: Float64Array.of(1, 2, 3, 4) });
  await writeNpy(join(folder, 'properties', 'group.npy'), { dtype: '<i8', shape: [4], data: [0, 0, 1, 1] });
  return folder;
}

/** A SpikeInterface numpy_folder of units "x" and "y". */
export async function writeSiSpikes(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'numpysorting_info.json'),
    '{"sampling_frequency": 1000.0, "unit_ids": ["x", "y"], "num_segments": 2}',
  );
  await writeNpy(join(folder, 'spikes.npy'), {
    fields: ['sample_index', 'unit_index', 'segment_index'].map((name) => ({ name, dtype: '<i8' })),
    shape: [5],
    data: { sample_index: [3, 8, 8, 2, 9], unit_index: [1, 0, 1, 0, 1], segment_index: [0, 0, 0, 1, 1] },
  });
  return folder;
}

/** Every file under a folder: its bytes and when it was last written. */
export function snapshot(folder: string): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const stat = statSync(path, { bigint: true });
    out[name] = `${stat.mtimeNs} ${stat.ctimeNs} ${stat.isFile() ? readFileSync(path).toString('base64') : ''}`;
  }
  return out;
}
