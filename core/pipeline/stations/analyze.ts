import { openAnalyzer } from '../../analyzer/analyzer.ts';
import { createAnalyzer } from '../../analyzer/create.ts';
import type { Progress } from '../../shared/progress.ts';
import { requestsOf } from '../analysis.ts';
import { commitWith } from '../commitWith.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { analyzerFolder, type Plan, sortingFolder } from '../plan.ts';
import type { Bench, RunStation } from '../runStation.ts';
import { readSorting } from '../sortingOnDisk.ts';

/**
 * Computes the analyzer. If it is of the same recording and sorting as before, only what is missing or out of date is
 * computed in it (each extension is there whole or not at all); else a new one is made and replaces it when it is whole.
 */
export const analyze: RunStation = async function* (plan, bench, { signal, force }) {
  const { workspace, keys } = plan;
  const target = analyzerFolder(workspace);
  const there = await readMarker(target); // what is not ours is not replaced
  if (there && there.more.base === keys.base && !force) {
    yield* extend(target, plan, bench, signal);
    return await mark(target, plan, bench);
  }
  yield* commitWith(
    target,
    async function* (partial) {
      yield* build(partial, plan, bench, signal);
      await mark(partial, plan, bench);
    },
    { replace: true },
  );
};

async function* build(folder: string, plan: Plan, bench: Bench, signal: AbortSignal): AsyncGenerator<Progress, void> {
  const { workspace, recording, processed: info } = plan;
  if (!recording || !info) throw new Error('a recording is analyzed once it is planned');
  const { sorting, columns } = await readSorting(sortingFolder(workspace));
  const { sparsity } = workspace.session.analyzer;
  const { compute } = bench;
  yield* createAnalyzer(folder, { sorting, columns, recording, info, sparsity, compute, signal });
  yield* extend(folder, plan, bench, signal);
}

async function* extend(
  folder: string,
  { workspace, recording }: Plan,
  { compute }: Bench,
  signal: AbortSignal,
): AsyncGenerator<Progress, void> {
  const analyzer = await openAnalyzer(folder, recording && { recording });
  yield* analyzer.compute(requestsOf(workspace.session), compute, signal);
}

async function mark(folder: string, { keys, sorting, workspace }: Plan, { version }: Bench): Promise<void> {
  const count = requestsOf(workspace.session).length;
  await writeMarker(folder, {
    key: keys.analyze ?? '',
    detail: [sorting?.detail.split(',')[0], count === 1 ? '1 extension' : `${count} extensions`]
      .filter(Boolean)
      .join(', '),
    madeBy: version,
    more: { base: keys.base ?? '', madeAt: new Date().toISOString() },
  });
}
