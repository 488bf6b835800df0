import { withTransfer } from '../../shared/rpc.ts';
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

export interface SettleArgs {
  readonly templates: readonly Template[];
  readonly geometry: Geometry;
  readonly window: Window;
  readonly noise: Float64Array;
  readonly merge: MergeOptions;
}

/** A channel that carries less than this share of a template's strongest one is left out of it. */
const LEAST_SHARE = 0.1;

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

async function* spikedeskRelearn(args: RelearnArgs): AsyncGenerator<never, Template[]> {
  return relearn(args);
}

async function* spikedeskSettle(args: SettleArgs): AsyncGenerator<never, Template[]> {
  const { geometry, window, noise, merge } = args;
  const merged = mergeTemplates(args.templates, merge).map((one) => sparse(one, window.samples, LEAST_SHARE));
  const ready = merged.map((template) => matchTemplate(template, window, noise));
  const counts = merged.map((template) => template.count);
  const sums = combinations(ready, counts, geometry, window);
  return merged.filter((_, k) => !sums[k]);
}

async function* spikedeskFinish(args: FinishArgs): AsyncGenerator<never, (Float64Array[] | undefined)[]> {
  const trains = finishUnits(args);
  const buffers = trains.flatMap((train) => train?.map((part) => part.buffer as ArrayBuffer) ?? []);
  return withTransfer(trains, buffers);
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
