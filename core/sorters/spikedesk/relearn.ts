import type { Basis } from './basis.ts';
import { concatenated } from './concatenated.ts';
import { type Lesson, taught } from './learn.ts';
import { clusterNeighbourhood } from './neighbourhood.ts';
import { clusterTemplate, type Template } from './template.ts';
import type { Window } from './window.ts';

export interface RelearnArgs {
  readonly template: Template;
  /** Of each stretch. */
  readonly lessons: readonly Lesson[];
  readonly basis: Basis;
  readonly window: Window;
  readonly threshold: number;
  readonly minSize: number;
  readonly seed: number;
}

/** What a cluster's mean counts for, in spikes, beside what was learnt. */
const TRUST = 5;

/**
 * The unit's template from its matched spikes, freed of those that overlapped them. They come from all the channels
 * the unit was detected on: two units that look alike part here, if they did not before.
 */
export async function relearn(args: RelearnArgs, signal: AbortSignal): Promise<Template[]> {
  const { template, lessons, basis, window } = args;
  const features = concatenated(lessons.map((lesson) => lesson.features));
  const { threshold, minSize, seed } = args;
  const where = { channel: template.main, near: template.channels, basis, features };
  const found = await clusterNeighbourhood({ ...where, threshold, minSize, seed }, signal);
  if (found.length < 2) return [taught(template, lessons, window.samples, TRUST)];
  return found.map((cluster) => clusterTemplate(cluster, template.channels, basis, window));
}
