import { findStep } from '../open.ts';
import { nodesOf } from '../pipeline/plan.ts';
import { canonical } from '../shared/json.ts';
import { isStep, type RecordingSpec } from '../shared/recording.ts';
import type { Desk } from './desk.ts';
import { nodeSpec } from './nodeSpec.ts';
import { Shared } from './shared.ts';

/** Chains whose steps have learnt, kept while one of their later steps is tuned. */
const KEPT = 4;

export type Learn = (spec: RecordingSpec, signal: AbortSignal) => Promise<RecordingSpec>;

/** A chain that may not be the session's, with what its steps learn from the data; steps after them are left as they are. */
export function learnt(desk: Desk): Learn {
  const known = new Shared<RecordingSpec>(KEPT);

  return async function fitted(spec, signal): Promise<RecordingSpec> {
    if (!isStep(spec)) return spec;
    if (!findStep(spec.step).fit) return { ...spec, parent: await fitted(spec.parent, signal) };
    const key = keyOf(spec);
    // The session's own chain has learnt already, or does so for the traces too.
    const { plan } = desk.opened;
    const node = nodesOf(plan.recording ?? plan.source).findIndex((one) => keyOf(one.spec) === key);
    if (node >= 0) return nodeSpec(desk, node, new AbortController().signal);
    return known.get(
      key,
      (one) =>
        desk.options.compute.run<object, never, RecordingSpec>('fitSpec', { spec }, { signal: one, queue: 'visible' }),
      signal,
    );
  };
}

function keyOf(spec: RecordingSpec): string {
  return canonical(JSON.parse(JSON.stringify(unlearnt(spec))));
}

function unlearnt(spec: RecordingSpec): RecordingSpec {
  return isStep(spec) ? { step: spec.step, params: spec.params, parent: unlearnt(spec.parent) } : spec;
}
