import { findStep } from '../open.ts';
import { nodesOf } from '../pipeline/plan.ts';
import { UserError } from '../shared/errors.ts';
import { chain, isStep, type RecordingSpec } from '../shared/recording.ts';
import type { Desk } from './desk.ts';

/** The spec of a node; a step that learns from the data has to have learnt for it. */
export async function nodeSpec(desk: Desk, node: number, signal: AbortSignal): Promise<RecordingSpec> {
  const { plan } = desk.opened;
  const nodes = nodesOf(plan.recording ?? plan.source);
  const found = nodes[node];
  if (!found)
    throw new UserError(nodes.length === 0 ? 'the recording cannot be shown yet' : `there is no node ${node}`);
  const unlearnt = chain(found.spec).some((spec) => isStep(spec) && !spec.fitted && findStep(spec.step).fit);
  return unlearnt ? await desk.fitted(found.spec, signal) : found.spec;
}
