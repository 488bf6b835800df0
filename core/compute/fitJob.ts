import { fit } from '../open.ts';
import type { RecordingSpec } from '../shared/recording.ts';

/** The spec with `fitted` filled in at every step that learns from the data. */
// biome-ignore lint/correctness/useYield: a job is a generator; this one has nothing to report on the way
async function* fitSpec(
  args: { readonly spec: RecordingSpec },
  signal: AbortSignal,
): AsyncGenerator<never, RecordingSpec> {
  return await fit(args.spec, signal);
}

export const fitJobs = { fitSpec };
