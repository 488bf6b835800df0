import { withTransfer } from '../../shared/rpc.ts';
import { type Basis, secondMoment, temporalBasis } from './basis.ts';
import { combinations } from './combinations.ts';
import { type FinishArgs, finishUnits } from './finish.ts';
import type { Geometry } from './geometry.ts';
import { type Lesson, taught } from './learn.ts';
import type { MatchOptions } from './match.ts';
import { matchTemplate } from './matchTemplate.ts';
import { type MergeOptions, mergeTemplates } from './merge.ts';
import { clusterNeighbourhood, type LocalCluster, type NeighbourhoodArgs } from './neighbourhood.ts';
import { clusterTemplate, sparse, type Template } from './template.ts';
import type { Window } from './window.ts';

// Each job is one generator without items: the stages in ../spikedesk.ts count them.

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

export interface LearnArgs {
  readonly templates: readonly Template[];
  /** Of each stretch, one a template. */
  readonly lessons: readonly (readonly Lesson[])[];
  readonly geometry: Geometry;
  readonly window: Window;
  readonly noise: Float64Array;
  readonly merge: MergeOptions;
  readonly match: MatchOptions;
}

/** A channel that carries less than this share of a template's strongest one is left out of it. */
const LEAST_SHARE = 0.1;
/** What a cluster's mean counts for, in spikes, beside what was learnt. */
const TRUST = 5;

// biome-ignore-start lint/correctness/useYield: see above
async function* spikedeskBasis(args: BasisArgs): AsyncGenerator<never, BasisResult> {
  const { spikes, quiet, samples } = args;
  return { basis: temporalBasis(spikes, quiet, samples, args.size), noise: secondMoment(quiet, samples) };
}

async function* spikedeskCluster(args: NeighbourhoodArgs): AsyncGenerator<never, LocalCluster[]> {
  return clusterNeighbourhood(args);
}

async function* spikedeskTemplates(args: TemplatesArgs): AsyncGenerator<never, Template[]> {
  const { clusters, near, basis, window, merge } = args;
  const templates = clusters.map((cluster) => clusterTemplate(cluster, near[cluster.channel]!, basis, window));
  return mergeTemplates(templates, merge).map((template) => sparse(template, window.samples, LEAST_SHARE));
}

async function* spikedeskLearn(args: LearnArgs): AsyncGenerator<never, Template[]> {
  const { templates, lessons, geometry, window, noise, merge, match } = args;
  const better = templates.map((template, k) => {
    const own = lessons.map((stretch) => stretch[k]!);
    return taught(template, own, window.samples, TRUST);
  });
  const merged = mergeTemplates(better, merge).map((template) => sparse(template, window.samples, LEAST_SHARE));
  const ready = merged.map((template) => matchTemplate(template, window, noise));
  const sums = combinations(ready, geometry, window, match);
  return merged.filter((_, k) => !sums[k]);
}

async function* spikedeskFinish(args: FinishArgs): AsyncGenerator<never, (Float64Array[] | undefined)[]> {
  const trains = finishUnits(args);
  const buffers = trains.flatMap((train) => train?.map((part) => part.buffer as ArrayBuffer) ?? []);
  return withTransfer(trains, buffers);
}
// biome-ignore-end lint/correctness/useYield: see above

export const spikedeskJobs = { spikedeskBasis, spikedeskCluster, spikedeskTemplates, spikedeskLearn, spikedeskFinish };
