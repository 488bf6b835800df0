import type { Compute, PassArgs } from '../shared/compute.ts';
import type { Progress } from '../shared/progress.ts';
import { blockRanges, stretches } from './blocks.ts';
import type { StretchArgs } from './passJob.ts';
import { relay } from './relay.ts';

/** See Compute.pass: one contiguous stretch a worker, results in time order. */
export async function* runPass(
  compute: Pick<Compute, 'run' | 'size'>,
  args: PassArgs,
  signal: AbortSignal,
): AsyncGenerator<Progress, readonly (readonly unknown[])[]> {
  const { recording, info, collectors, margin, stage } = args;
  const ranges = args.blocks ?? blockRanges(info, args.blockSeconds);
  const parts = stretches(ranges, compute.size);
  const of = ranges.reduce((sum, range) => sum + range.endFrame - range.startFrame, 0) / info.samplingFrequency;
  const progress = relay<number>();
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const all = Promise.all(
    parts.map((blocks, worker) =>
      compute
        .run<StretchArgs, number, unknown[]>(
          'passStretch',
          { recording, collectors, blocks, margin },
          { signal: either, onItem: progress.push, worker },
        )
        .catch((error: unknown) => {
          failed.abort(error);
          throw error;
        }),
    ),
  );
  all.then(progress.end, progress.fail);
  let frames = 0;
  yield { stage, done: 0, of, unit: 's of recording' };
  for await (const more of progress.values()) {
    frames += more;
    yield { stage, done: frames / info.samplingFrequency, of, unit: 's of recording' };
  }
  const byStretch = await all;
  return collectors.map((_, c) => byStretch.map((stretch) => stretch[c]));
}
