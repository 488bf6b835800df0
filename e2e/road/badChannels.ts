import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findStep } from '../../core/open.ts';
import { verdict } from '../../core/preprocess/findBadChannels.ts';
import { parseParams } from '../../core/shared/entry.ts';
import { memoryRecording } from '../../core/shared/memoryRecording.ts';
import { random } from '../../core/shared/random.ts';
import type { DType, Recording } from '../../core/shared/recording.ts';
import { stepRecording } from '../../core/shared/stepRecording.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';
import { must, type RoadCheck } from './check.ts';
import { ask } from './oracle.ts';

const CHANNELS = 24;
const COLUMNS = [16, 48, 0, 32];

const usual = { psd_hf_threshold: 0.3, num_random_chunks: 12, chunk_duration_s: 0.1 };
const cases: Readonly<Record<string, readonly ['int16' | 'float32', Readonly<Record<string, unknown>>]>> = {
  'int16, not filtered': ['int16', usual],
  'float32, filtered': ['float32', usual],
  'both ends, few neighbours, other window': [
    'int16',
    { ...usual, outside_channels_location: 'both', n_neighbors: 5, welch_window_ms: 3.3, nyquist_threshold: 0.7 },
  ],
  'bottom, other thresholds, only noise': [
    'float32',
    { ...usual, outside_channels_location: 'bottom', dead_channel_threshold: -0.2, channel_filters: ['noise'] },
  ],
  std: ['int16', { ...usual, method: 'std', std_mad_threshold: 1.5 }],
  mad: ['float32', { ...usual, method: 'mad', std_mad_threshold: 1.5, highpass_filter_cutoff: 500 }],
  'mad int16': ['int16', { ...usual, method: 'mad', std_mad_threshold: 1.4, highpass_filter_cutoff: 500 }],
  neighborhood_r2: [
    'int16',
    { ...usual, method: 'neighborhood_r2', neighborhood_r2_threshold: 0.5, neighborhood_r2_radius_um: 45 },
  ],
  'neighborhood_r2, some without neighbours': [
    'float32',
    { ...usual, method: 'neighborhood_r2', neighborhood_r2_threshold: 0.6, neighborhood_r2_radius_um: 20.5 },
  ],
};

/** Noise that all hear; 5 is silent, 9 hisses, those from 18 on hear only themselves. Channels are not in order of depth. */
function made(dtype: DType): Recording {
  const r = random(8);
  const rank = Array.from({ length: CHANNELS }, (_, c) => (c * 7) % CHANNELS);
  const segments = [14_000, 9001].map((frames) => {
    const traces = new Float32Array(frames * CHANNELS);
    const own = new Float64Array(CHANNELS);
    let common = 0;
    for (let f = 0; f < frames; f++) {
      common = 0.9 * common + 60 * r.gaussian();
      for (let c = 0; c < CHANNELS; c++) {
        const row = rank[c]!;
        own[c] = 0.9 * own[c]! + (row >= 18 ? 60 : 8) * r.gaussian();
        const heard = row === 5 ? 0.01 * common : row >= 18 ? own[c]! : common + own[c]!;
        const value = 200 + heard + (row === 9 ? 300 * r.gaussian() : 0);
        traces[f * CHANNELS + c] = dtype === 'int16' ? Math.round(value) : value;
      }
    }
    return traces;
  });
  return memoryRecording(segments, {
    channelIds: Array.from({ length: CHANNELS }, (_, c) => `AP${c}`),
    dtype,
    tStart: [0, 3],
    isFiltered: dtype === 'float32',
    gainToUv: Array.from({ length: CHANNELS }, (_, c) => 0.4 + 0.002 * c),
    offsetToUv: new Array<number>(CHANNELS).fill(-20),
    probe: {
      probes: [
        {
          ndim: 2,
          si_units: 'um',
          annotations: {},
          contact_annotations: {},
          contact_positions: rank.map((row) => [COLUMNS[row % 4]!, 20 * (row >> 1)]),
          contact_shapes: rank.map(() => 'circle'),
          contact_shape_params: rank.map(() => ({ radius: 5 })),
          device_channel_indices: rank.map((_, c) => c),
        },
      ],
    },
  });
}

/** Labels, ids, channels left and traces filled in of every method, over the chunks SpikeInterface draws. */
export const badChannels: RoadCheck = {
  name: 'bad channels are those SpikeInterface finds',
  async run(place) {
    const folder = join(place.scratch, 'bad channels');
    await mkdir(folder);
    const recordings = { int16: made('int16'), float32: made('float32') };
    for (const [name, recording] of Object.entries(recordings)) await writeSiRecording(join(folder, name), recording);
    const told = Object.entries(cases).map(([name, [dtype, params]]) => [
      name,
      { recording: join(folder, dtype), params },
    ]);
    await writeFile(join(folder, 'cases.json'), JSON.stringify(Object.fromEntries(told)));
    const seen = ask(place, 'si105', 'bad_channels.py', join(folder, 'cases.json'));
    if (!seen) return 'left out: no SpikeInterface 0.105';
    const faults: string[] = [];
    let found = 0;
    for (const [name, [dtype, given]] of Object.entries(cases)) {
      const theirs = seen[name];
      const after = async (stepName: string) => {
        const step = findStep(stepName);
        const params = parseParams(step, 'step', given);
        const learnt = verdict.parse(
          await step.fit!(recordings[dtype], params, new AbortController().signal, theirs.slices),
        );
        return { learnt, recording: stepRecording({ step, params, fitted: learnt }, recordings[dtype]) };
      };
      const { learnt, recording } = await after('detect_and_remove_bad_channels');
      same(faults, `${name}: labels`, learnt.channel_labels, theirs.labels);
      same(faults, `${name}: ids`, learnt.bad_channel_ids, theirs.ids);
      same(faults, `${name}: channels left`, recording.info.channelIds, theirs.removed);
      const places = recording.info.probe?.probes[0]?.contact_positions;
      same(faults, `${name}: places`, places, theirs.removed_locations);
      found += learnt.bad_channel_ids.length;
      if (!theirs.filled) continue;
      const filled = (await after('detect_and_interpolate_bad_channels')).recording;
      same(faults, `${name}: type`, filled.info.dtype, theirs.dtype);
      for (const [segment, golden] of theirs.filled.entries()) {
        const ours = await filled.read(segment, 100, 140);
        const apart = Math.max(...golden.map((value: number, i: number) => Math.abs(value - ours[i]!)));
        if (!(apart <= (dtype === 'int16' ? 1 : 1e-3))) faults.push(`${name}: filled traces ${apart} apart`);
      }
    }
    must(faults.length === 0, `\n  ${faults.join('\n  ')}`);
    must(found > 10, `only ${found} bad channels in all: the cases tell nothing`);
    return `${Object.keys(cases).length} detections, ${found} bad channels`;
  },
};

function same(faults: string[], what: string, ours: unknown, theirs: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) faults.push(`${what}: ours ${a}, SpikeInterface ${b}`);
}
