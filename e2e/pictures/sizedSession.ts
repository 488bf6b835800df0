import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columnsProbe } from '../../core/generate/columnsProbe.ts';
import { type GroundTruth, groundTruth } from '../../core/generate/groundTruth.ts';
import { sessionText } from '../../core/pipeline/sessionFile.ts';
import { sessionSchema } from '../../core/shared/session.ts';
import type { Sorting } from '../../core/shared/sorting.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';
import { writeSiSorting } from '../../core/store/siSorting.ts';

/** As long as can be made in some seconds. */
function secondsOf(channels: number, units: number): number {
  if (channels >= 384) return 4;
  if (units >= 1000) return 8;
  return channels < 64 ? 40 : 16;
}

/** A recording with so many channels and units, to be written into a session. Seed 0. */
export function sizedTruth(channels: number, units: number): GroundTruth {
  return groundTruth({
    seed: 0,
    samplingFrequency: 30_000,
    seconds: [secondsOf(channels, units)],
    probe: columnsProbe(channels, channels < 4 ? 1 : channels < 384 ? 2 : 4),
    snrs: Array.from({ length: units }, (_, i) => 4 + (16 * i) / units),
    ratesHz: [1, 20],
    hashSnrs: [],
    noiseUv: 8,
    amplitudeJitter: 0.08,
    refractoryMs: 2,
    gainUv: 0.195,
  });
}

export async function writeSizedRecording(folder: string, { recording }: GroundTruth): Promise<void> {
  await writeSiRecording(folder, recording);
}

/** An analysed session on such a recording, written before; its units are so many of those the recording was made of. */
export async function writeSizedSession(
  folder: string,
  made: { readonly truth: GroundTruth; readonly recording: string; readonly units: number; readonly app: string },
): Promise<void> {
  const { truth, recording, units, app } = made;
  mkdirSync(folder, { recursive: true });
  await writeSiSorting(join(folder, 'truth'), everySo(truth.sorting, units));
  const channels = truth.recording.info.channelIds.length;
  const session = sessionSchema.parse({
    spikedesk: 1,
    name: `${channels} channels, ${units} units`,
    recording: { format: 'spikeinterface_binary', paths: [recording] },
    preprocess: [{ step: 'bandpass_filter' }, ...(channels >= 8 ? [{ step: 'common_reference' }] : [])],
    sorting: { format: 'spikeinterface_numpy', path: 'truth' },
  });
  const file = join(folder, 'session.json');
  writeFileSync(file, sessionText(session));
  execFileSync(process.execPath, [join(app, 'dist/cli.mjs'), 'run', file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** So many of the units, evenly chosen and numbered anew. */
function everySo({ samplingFrequency, unitIds, segments }: Sorting, units: number): Sorting {
  const step = unitIds.length / units;
  const renumbered = new Map(Array.from({ length: units }, (_, i) => [Math.floor(i * step), i]));
  return {
    samplingFrequency,
    unitIds: Array.from({ length: units }, (_, i) => i),
    segments: segments.map(({ sampleIndex, unitIndex }) => {
      const unitOf = Array.from(unitIndex, (unit) => renumbered.get(unit) ?? -1);
      const kept = (_: unknown, i: number) => unitOf[i]! >= 0;
      return { sampleIndex: sampleIndex.filter(kept), unitIndex: Int32Array.from(unitOf.filter((unit) => unit >= 0)) };
    }),
    properties: {},
  };
}
