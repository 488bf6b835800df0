import { join } from 'node:path';
import type { GroundTruth } from '../../core/generate/groundTruth.ts';
import { sizedTruth, writeSizedRecording, writeSizedSession } from './sizedSession.ts';

/*
 * node makeSized.mjs APP FOLDER CHANNELS-UNITS…: sessions of those sizes, FOLDER/CHANNELS-UNITS; each is told to the
 * process that started this when it is there. A recording of 384 channels takes long: one for all numbers of units.
 */
const [app = '', folder = '', ...names] = process.argv.slice(2);
const truths = new Map<string, GroundTruth>();
for (const name of names) {
  const [channels = 0, units = 0] = name.split('-').map(Number);
  const recorded = channels < 384 ? units : 1000;
  const recording = join(folder, `recording-${channels}-${recorded}`);
  const truth = truths.get(recording) ?? sizedTruth(channels, recorded);
  if (!truths.has(recording)) await writeSizedRecording(recording, truth);
  truths.set(recording, truth);
  await writeSizedSession(join(folder, name), { truth, recording, units, app });
  process.send?.(name);
}
process.exit(0);
