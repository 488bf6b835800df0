import { withTransfer } from '../../shared/rpc.ts';
import { type SegmentSpikes, sortSpikes } from '../../shared/sorting.ts';
import { type Basis, secondMoment, temporalBasis } from './basis.ts';
import { combinations } from './combinations.ts';
import { type FinishArgs, finishUnits } from './finish.ts';
import type { Geometry } from './geometry.ts';
import { matchTemplate } from './matchTemplate.ts';
import { type MergeOptions, mergeTemplates } from './merge.ts';
import { clusterNeighbourhood, type LocalCluster, type NeighbourhoodArgs } from './neighbourhood.ts';
import { type RelearnArgs, relearn } from './relearn.ts';
import { clusterTemplate, sparse, type Template } from './template.ts';
import type { Window } from './window.ts';

// Each job is one generator without items: findUnits.ts and matchUnits.ts count them.

export interface BasisArgs {
  readonly spikes: Float32Array;
  readonly quiet: Float32Array;
  readonly samples: number;
  readonly size: number;
}

export interface BasisResult {
  readonly basis: Basis;
  /** Covariance in time of plain noise. [samples][samples] */
  readonly noise: Float64Array;
}

export interface TemplatesArgs {
  readonly clusters: readonly LocalCluster[];
  /** Channels of the weights of each cluster. */
  readonly near: readonly Int32Array[];
  readonly basis: Basis;
  readonly window: Window;
  readonly merge: MergeOptions;
}

export interface SettleArgs {
  readonly templates: readonly Template[];
  readonly geometry: Geometry;
  readonly window: Window;
  readonly noise: Float64Array;
  readonly merge: MergeOptions;
}

export interface CollectArgs extends Omit<FinishArgs, 'strength' | 'channels'> {
  readonly templates: readonly Template[];
  readonly window: Window;
  readonly noise: Float64Array;
}

export interface CollectResult {
  readonly units: number;
  readonly segments: readonly SegmentSpikes[];
}

/** A channel that carries less than this share of a template's strongest one is left out of it. */
const LEAST_SHARE = 0.1;

// biome-ignore-start lint/correctness/useYield: see above
async function* spikedeskBasis(args: BasisArgs): AsyncGenerator<never, BasisResult> {
  const { spikes, quiet, samples } = args;
  const basis = temporalBasis(spikes, quiet, samples, args.size);
  return { basis, noise: quiet.length > 0 ? secondMoment(quiet, samples) : identity(samples) };
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}

async function* spikedeskCluster(args: NeighbourhoodArgs, signal: AbortSignal): AsyncGenerator<never, LocalCluster[]> {
  return await clusterNeighbourhood(args, signal);
}

async function* spikedeskTemplates(args: TemplatesArgs): AsyncGenerator<never, Template[]> {
  const { clusters, near, basis, window, merge } = args;
  const templates = clusters.map((cluster) => clusterTemplate(cluster, near[cluster.channel]!, basis, window));
  return mergeTemplates(templates, merge).map((template) => sparse(template, window.samples, LEAST_SHARE));
}

async function* spikedeskRelearn(args: RelearnArgs, signal: AbortSignal): AsyncGenerator<never, Template[]> {
  return await relearn(args, signal);
}

async function* spikedeskSettle(args: SettleArgs): AsyncGenerator<never, Template[]> {
  const { geometry, window, noise, merge } = args;
  const merged = mergeTemplates(args.templates, merge).map((one) => sparse(one, window.samples, LEAST_SHARE));
  const ready = merged.map((template) => matchTemplate(template, window, noise));
  const counts = merged.map((template) => template.count);
  const sums = combinations(ready, counts, geometry, window);
  return merged.filter((_, k) => !sums[k]);
}

async function* spikedeskFinish(args: CollectArgs): AsyncGenerator<never, CollectResult> {
  const { templates, window, noise, segments } = args;
  const strength = Float64Array.from(templates, (template) => {
    const ready = matchTemplate(template, window, noise);
    return Math.sqrt(ready.power / ready.noise);
  });
  const trains = finishUnits({ ...args, strength, channels: templates.map((template) => template.channels) });
  const kept = trains.flatMap((train, k) => (train ? [{ train, main: templates[k]!.main }] : []));
  kept.sort((a, b) => a.main - b.main);
  const spikes = Array.from({ length: segments }, (_, segment) => {
    const own = kept.map(({ train }) => train[segment]!);
    const sampleIndex = own.flatMap((train) => [...train]);
    const unitIndex = own.flatMap((train, k) => new Array<number>(train.length).fill(k));
    return sortSpikes(sampleIndex, unitIndex);
  });
  const result = { units: kept.length, segments: spikes };
  return withTransfer(
    result,
    spikes.flatMap(({ sampleIndex, unitIndex }) => [
      sampleIndex.buffer as ArrayBuffer,
      unitIndex.buffer as ArrayBuffer,
    ]),
  );
}
// biome-ignore-end lint/correctness/useYield: see above

export const spikedeskJobs = {
  spikedeskBasis,
  spikedeskCluster,
  spikedeskTemplates,
  spikedeskRelearn,
  spikedeskSettle,
  spikedeskFinish,
};
