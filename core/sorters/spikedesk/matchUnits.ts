import type { Progress } from '../../shared/progress.ts';
import { totalSeconds } from '../../shared/recording.ts';
import type { Sorting } from '../../shared/sorting.ts';
import { type Survey, typicalNoise } from './findUnits.ts';
import { inParallel } from './inParallel.ts';
import type { CollectArgs, CollectResult, SettleArgs } from './jobs.ts';
import type { MatchArgs, MatchPart } from './matchCollector.ts';
import type { RelearnArgs } from './relearn.ts';
import { sampleBlocks } from './sampleBlocks.ts';
import { matchOptions, mergeAgain, type Setup } from './setup.ts';
import type { Template } from './template.ts';
import { frames } from './window.ts';

/** How much of the recording templates are learnt from, around which channels, and how many spikes are kept of a unit. */
const LEARN_SECONDS = 60;
const LEARN_RADIUS_UM = 100;
const LEARN_KEEP = 2000;

/** The templates once more, from spikes that were matched in a part of the recording, all others taken away. */
export async function* learnt(
  at: Setup,
  seen: Survey,
  first: readonly Template[],
  signal: AbortSignal,
): AsyncGenerator<Progress, Template[]> {
  const { basis, noise } = seen;
  const { compute, geometry, window, params } = at;
  const blocks = sampleBlocks(at.info, LEARN_SECONDS, at.blockSeconds);
  const learn = { basis, radiusUm: LEARN_RADIUS_UM, keep: LEARN_KEEP, seed: params.seed };
  const parts = yield* matchPass(at, seen, first, { stage: 'learning templates', blocks, learn }, signal);
  const run = (unit: number) => {
    const args: RelearnArgs = {
      template: first[unit]!,
      lessons: parts.map((part) => part.lessons[unit]!),
      basis,
      window,
      threshold: params.split_threshold,
      minSize: params.min_spikes,
      seed: params.seed,
    };
    return compute.run<RelearnArgs, never, Template[]>('spikedeskRelearn', args, { signal });
  };
  const better = yield* inParallel(first.length, 2 * compute.size, 'clustering once more', 'units', run);
  const args: SettleArgs = {
    templates: better.flat(),
    geometry,
    window,
    noise,
    merge: mergeAgain(at, typicalNoise(at, seen)),
  };
  return compute.run<SettleArgs, never, Template[]>('spikedeskSettle', args, { signal });
}

export async function* matched(
  at: Setup,
  seen: Survey,
  units: readonly Template[],
  signal: AbortSignal,
): AsyncGenerator<Progress, readonly MatchPart[]> {
  return yield* matchPass(at, seen, units, { stage: 'matching templates' }, signal);
}

export async function* finished(
  at: Setup,
  { noise }: Survey,
  units: readonly Template[],
  parts: readonly MatchPart[],
  signal: AbortSignal,
): AsyncGenerator<Progress, Sorting> {
  yield { stage: 'removing duplicates', done: 0, of: 1 };
  const { compute, info, params, window } = at;
  const args: CollectArgs = {
    parts: parts.map(({ segment, frame, unit, gain }) => ({ segment, frame, unit, gain })),
    templates: units,
    window,
    noise,
    segments: info.numFrames.length,
    samplingFrequency: info.samplingFrequency,
    seconds: totalSeconds(info),
    minSpikes: params.min_spikes,
  };
  const result = await compute.run<CollectArgs, never, CollectResult>('spikedeskFinish', args, { signal });
  return {
    samplingFrequency: info.samplingFrequency,
    unitIds: Array.from({ length: result.units }, (_, unit) => unit),
    segments: result.segments,
    properties: {},
  };
}

async function* matchPass(
  at: Setup,
  { noise, scales }: Survey,
  units: readonly Template[],
  how: Pick<MatchArgs, 'learn'> & { stage: string; blocks?: ReturnType<typeof sampleBlocks> },
  signal: AbortSignal,
): AsyncGenerator<Progress, readonly MatchPart[]> {
  const { compute, params, geometry, window, recording, info } = at;
  const { stage, blocks, ...rest } = how;
  const args: MatchArgs = {
    geometry,
    window,
    scales,
    templates: units,
    noise,
    radiusUm: params.detect_radius_um,
    sweep: frames(0.2, info.samplingFrequency),
    options: matchOptions(at),
    ...rest,
  };
  const [parts] = yield* compute.pass(
    {
      recording,
      info,
      collectors: [{ name: 'spikedeskMatch', args }],
      margin: 2 * window.samples,
      stage,
      blockSeconds: at.blockSeconds,
      ...(blocks && { blocks }),
    },
    signal,
  );
  return parts as readonly MatchPart[];
}
