import type { Progress } from '../../shared/progress.ts';
import { concatenated } from './concatenated.ts';
import { neighbours } from './geometry.ts';
import { inParallel } from './inParallel.ts';
import type { BasisArgs, BasisResult, TemplatesArgs } from './jobs.ts';
import { noiseAlong } from './matchTemplate.ts';
import type { LocalCluster, NeighbourhoodArgs } from './neighbourhood.ts';
import type { PeaksArgs, PeaksPart } from './peaksCollector.ts';
import { sampleBlocks } from './sampleBlocks.ts';
import { detectionSweep, mergeFirst, type Setup } from './setup.ts';
import { type SurveyArgs, type SurveyPart, scalesOf } from './survey.ts';
import type { Template } from './template.ts';

/** How noise looks, and what shapes in time spikes are made of. */
export interface Survey extends BasisResult {
  readonly scales: Float32Array;
}

const SURVEY_SECONDS = 20;
const SHAPES = 6;
/** Peaks kept of a channel in one worker's stretch, at most; and bytes of them all. */
const KEEP = 5000;
const KEEP_BYTES = 300e6;

export async function* survey(at: Setup, signal: AbortSignal): AsyncGenerator<Progress, Survey> {
  const { compute, params, geometry, window, recording, info } = at;
  const args: SurveyArgs = {
    geometry,
    window,
    threshold: params.detect_threshold,
    radiusUm: params.detect_radius_um,
    sweep: detectionSweep(at),
    seed: params.seed,
  };
  const [parts] = yield* compute.pass(
    {
      recording,
      info,
      collectors: [{ name: 'spikedeskSurvey', args }],
      margin: window.samples,
      stage: 'measuring the noise',
      blocks: sampleBlocks(info, SURVEY_SECONDS, at.blockSeconds),
    },
    signal,
  );
  const seen = parts as readonly SurveyPart[];
  const levels = medians(seen.flatMap((part) => part.noise));
  const basisArgs: BasisArgs = {
    spikes: concatenated(seen.map((part) => part.spikes)),
    quiet: concatenated(seen.map((part) => part.quiet)),
    samples: window.samples,
    size: SHAPES,
  };
  const result = await compute.run<BasisArgs, never, BasisResult>('spikedeskBasis', basisArgs, { signal });
  return { ...result, scales: scalesOf(levels) };
}

/** The peaks of each channel, stretches joined: weights of the basis, [peaks][near channels][size]. */
export async function* peaks(
  at: Setup,
  { basis, scales }: Survey,
  signal: AbortSignal,
): AsyncGenerator<Progress, readonly Float32Array[]> {
  const { compute, params, geometry, window, recording, info } = at;
  const near = neighbours(geometry, params.cluster_radius_um);
  const bytes = near.reduce((sum, list) => sum + list.length * basis.size * 4, 0) * compute.size;
  const args: PeaksArgs = {
    geometry,
    window,
    basis,
    scales,
    threshold: params.detect_threshold,
    detectRadiusUm: params.detect_radius_um,
    featureRadiusUm: params.cluster_radius_um,
    sweep: detectionSweep(at),
    keep: Math.max(500, Math.min(KEEP, Math.floor(KEEP_BYTES / bytes))),
    seed: params.seed,
  };
  const [parts] = yield* compute.pass(
    {
      recording,
      info,
      collectors: [{ name: 'spikedeskPeaks', args }],
      margin: window.samples,
      stage: 'detecting spikes',
      blockSeconds: at.blockSeconds,
    },
    signal,
  );
  const stretches = parts as readonly PeaksPart[];
  return near.map((_, channel) => concatenated(stretches.map((stretch) => stretch[channel]!)));
}

/** Clusters of each channel's peaks, a neighbourhood at a time, as many at once as there are workers. */
export async function* clusters(
  at: Setup,
  { basis }: Survey,
  features: readonly Float32Array[],
  signal: AbortSignal,
): AsyncGenerator<Progress, LocalCluster[]> {
  const { compute, params, geometry } = at;
  const near = neighbours(geometry, params.cluster_radius_um);
  const run = (channel: number) => {
    const args: NeighbourhoodArgs = {
      channel,
      near: near[channel]!,
      basis,
      features: features[channel]!,
      threshold: params.split_threshold,
      minSize: params.min_spikes,
      seed: params.seed,
    };
    return compute.run<NeighbourhoodArgs, never, LocalCluster[]>('spikedeskCluster', args, { signal });
  };
  const found = yield* inParallel(near.length, 2 * compute.size, 'clustering', 'channels', run);
  return found.flat();
}

export async function* templates(
  at: Setup,
  seen: Survey,
  found: readonly LocalCluster[],
  signal: AbortSignal,
): AsyncGenerator<Progress, Template[]> {
  yield { stage: 'merging', done: 0, of: 1 };
  const { compute, geometry, params, window } = at;
  const { basis } = seen;
  const near = neighbours(geometry, params.cluster_radius_um);
  const merge = mergeFirst(at, typicalNoise(at, seen));
  const args: TemplatesArgs = { clusters: found, near, basis, window, merge };
  return compute.run<TemplatesArgs, never, Template[]>('spikedeskTemplates', args, { signal });
}

/** Variance of the noise along the commonest shape of spikes. */
export function typicalNoise({ window }: Setup, { basis, noise }: Survey): number {
  return noiseAlong(basis.shapes.subarray(0, window.samples), window.samples, noise);
}

/** Median of each channel over the blocks. */
function medians(noise: readonly Float32Array[]): Float32Array {
  return Float32Array.from(noise[0] ?? [], (_, channel) => {
    const values = noise.map((levels) => levels[channel]!).sort((a, b) => a - b);
    return values[values.length >> 1]!;
  });
}
