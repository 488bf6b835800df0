import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findStep } from '../../core/open.ts';
import { parseParams } from '../../core/shared/entry.ts';
import type { Json } from '../../core/shared/json.ts';
import type { Slices } from '../../core/shared/lists.ts';
import { channelLayout } from '../../core/shared/probe.ts';
import type { Recording } from '../../core/shared/recording.ts';
import { stepRecording } from '../../core/shared/stepRecording.ts';
import { readNumbers } from '../../core/store/npy.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';
import { must, type RoadCheck } from './check.ts';
import { ask } from './oracle.ts';
import { type StepCase, stepCases } from './preprocessCases.ts';
import { disturbed } from './preprocessRecording.ts';

/** Steps and parameters without golden numbers: int16 and float32, two segments, offsets; each number against SpikeInterface. */
export const preprocessSteps: RoadCheck = {
  name: 'preprocessing steps give what SpikeInterface gives',
  async run(place) {
    const folder = join(place.scratch, 'steps');
    await mkdir(folder);
    const recordings = { int16: disturbed('int16'), float32: disturbed('float32') };
    for (const [name, recording] of Object.entries(recordings)) await writeSiRecording(join(folder, name), recording);
    const told: Record<string, Json> = {};
    for (const [name, { dtype, steps }] of Object.entries(stepCases)) {
      const known = steps.map(([step, params, theirs]): Json => [theirs?.step ?? step, theirs?.params ?? params]);
      told[name] = { recording: join(folder, dtype), steps: known };
    }
    await writeFile(join(folder, 'cases.json'), JSON.stringify(told));
    const theirs = ask(place, 'si105', 'preprocess_steps.py', folder, join(folder, 'cases.json'));
    if (!theirs) return 'left out: no SpikeInterface 0.105';
    const faults: string[] = [];
    for (const [name, one] of Object.entries(stepCases)) {
      try {
        const ours = await chained(recordings[one.dtype], one, theirs.slices);
        // The difference of channels has no offset left: there it keeps that of the recording.
        if (one.steps.some(([step]) => step === 'common_reference')) delete theirs[name].offset;
        await compare(ours, theirs[name], (segment) => join(folder, `${name}_seg${segment}.npy`), one.tolerance ?? 0);
      } catch (error) {
        faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    must(faults.length === 0, `\n  ${faults.join('\n  ')}`);
    return `${Object.keys(stepCases).length} chains`;
  },
};

async function chained(
  source: Recording,
  { steps }: StepCase,
  slices: Readonly<Record<string, Slices>>,
): Promise<Recording> {
  let recording = source;
  for (const [name, given] of steps) {
    const step = findStep(name);
    const params = parseParams(step, 'step', given);
    const chunks = slices['chunk_size' in given ? '300 frames' : '20 ms'];
    const fitted = await step.fit?.(recording, params, new AbortController().signal, chunks);
    recording = stepRecording({ step, params, fitted }, recording);
    if (name === 'detect_saturation_periods') {
      const { info } = recording;
      recording = {
        ...recording,
        info: { ...info, annotations: { ...info.annotations, found: fitted?.periods ?? null } },
      };
    }
  }
  return recording;
}

async function compare(
  ours: Recording,
  // biome-ignore lint/suspicious/noExplicitAny: what a script of ours printed a moment ago
  seen: any,
  file: (segment: number) => string,
  tolerance: number,
): Promise<void> {
  must(seen.error === undefined, `SpikeInterface: ${seen.error}`);
  const { info } = ours;
  const same = (what: string, a: unknown, b: unknown) =>
    must(JSON.stringify(a) === JSON.stringify(b), `${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
  same('dtype', info.dtype, seen.dtype);
  same('channel ids', info.channelIds, seen.channel_ids);
  same('frames', info.numFrames, seen.num_frames);
  same('sampling frequency', info.samplingFrequency, seen.sampling_frequency);
  near('start', info.tStart, seen.t_start, 1e-9);
  // A recording of ours in standard deviations has no gain, where SpikeInterface sets 1.
  if (info.gainToUv && seen.gain) {
    near('gain', info.gainToUv, seen.gain, 1e-6);
    if (seen.offset) near('offset', info.offsetToUv ?? [], seen.offset, 1e-6);
  }
  if (info.properties.group && seen.group) same('group', info.properties.group, seen.group);
  const layout = info.probe && channelLayout(info.probe, info.channelIds.length);
  if (seen.location && layout)
    near(
      'places',
      [...layout.x].flatMap((x, c) => [x, layout.y[c]!]),
      seen.location.flat(),
      1e-3,
    );
  if (seen.found) {
    const rows = (info.annotations.found ?? []) as readonly Readonly<Record<string, number>>[];
    same(
      'periods',
      rows.map((row) => [row.segment_index, row.start_sample_index, row.end_sample_index]),
      seen.found,
    );
  }
  for (const [segment, frames] of info.numFrames.entries()) {
    const expected = (await readNumbers(file(segment))).data;
    // In pieces that fit no chunk of SpikeInterface's: the result must not depend on them.
    const piece = 7001;
    for (let from = 0; from < frames; from += piece) {
      const to = Math.min(frames, from + piece);
      const at = from * info.channelIds.length;
      const got = await ours.read(segment, from, to);
      near(`segment ${segment}, frames ${from} to ${to}`, got, expected.subarray(at, at + got.length), tolerance);
    }
  }
}

function near(what: string, ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number): void {
  must(ours.length === theirs.length, `${what}: ${ours.length} values, not ${theirs.length}`);
  let most = 0;
  let where = 0;
  for (let i = 0; i < ours.length; i++) {
    const difference = Object.is(ours[i], theirs[i]) ? 0 : Math.abs(ours[i]! - theirs[i]!);
    if (!(difference <= most)) [most, where] = [difference, i];
  }
  must(
    most <= tolerance,
    `${what}: ${ours[where]} is not ${theirs[where]} (value ${where}; may be off by ${tolerance})`,
  );
}
