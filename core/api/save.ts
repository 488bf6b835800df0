import { findStep } from '../open.ts';
import { keysOf } from '../pipeline/keys.ts';
import { infoOf } from '../pipeline/source.ts';
import { savers } from '../saving/index.ts';
import { save } from '../saving/save.ts';
import type { Api } from '../shared/api.ts';
import { findEntry } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { chain, isStep, type RecordingSpec } from '../shared/recording.ts';
import type { Desk } from './desk.ts';

/** Saves the recording of the session on the desk, as all steps that are on give it. */
export function saving(desk: Desk): Api['save'] {
  return async function* ({ saver: name, folder, params }, signal) {
    const saver = findEntry(savers, 'way to save', name);
    const { plan, workspace } = desk.opened;
    const { compute, version } = desk.options;
    const { recording, source, info, keys } = plan;
    for (const station of ['recording', 'probe', 'preprocess'] as const)
      if (plan.errors[station]) throw plan.errors[station];
    if (!recording || !source || !info || !keys.preprocess)
      throw new UserError('there is no recording to save yet', { hint: 'Open one, with its probe.' });
    const recipeKey = keys.preprocess;
    const { session } = workspace;
    const steps = session.preprocess.filter((step) => step.enabled);
    return yield* save(
      {
        saver,
        params,
        target: folder,
        recipeKey,
        recipe: { recording: session.recording, preprocess: steps } as unknown as Json,
        recipeDetail: steps.length === 0 ? 'no steps' : steps.map(({ step }) => step).join(', '),
        learn: (signal) => learnt(desk, recording, signal),
        infoOf,
        async checkSource() {
          const now = await keysOf(workspace, source, source.probe ?? info.probe);
          if (now.preprocess === recipeKey) return;
          throw new UserError('the recording changed while it was saved', {
            ...(source.paths[0] !== undefined && { path: source.paths[0] }),
            hint: 'Is it still being written? Save it again when it is whole. Nothing lies under the new name.',
          });
        },
        compute,
        version,
      },
      signal,
    );
  };
}

async function learnt(desk: Desk, spec: RecordingSpec, signal: AbortSignal): Promise<RecordingSpec> {
  const missing = chain(spec).some((part) => isStep(part) && !part.fitted && findStep(part.step).fit);
  if (!missing) return spec;
  const { compute } = desk.options;
  return compute.run<{ spec: RecordingSpec }, never, RecordingSpec>('fitSpec', { spec }, { signal });
}
