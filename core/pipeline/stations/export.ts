import { join } from 'node:path';
import { openAnalyzer } from '../../analyzer/analyzer.ts';
import { createAnalyzer } from '../../analyzer/create.ts';
import type { UnionUnit } from '../../analyzer/curated.ts';
import { exporters } from '../../exporters/index.ts';
import type { UnitTable } from '../../shared/api.ts';
import { originals } from '../../shared/content.ts';
import type { CuratedUnit } from '../../shared/curatedUnits.ts';
import { replay } from '../../shared/curation.ts';
import { findEntry, parseParams } from '../../shared/entry.ts';
import { UserError } from '../../shared/errors.ts';
import type { ExporterArgs } from '../../shared/lists.ts';
import type { Progress } from '../../shared/progress.ts';
import type { RecordingInfo, RecordingSpec } from '../../shared/recording.ts';
import type { Session } from '../../shared/session.ts';
import type { Sorting } from '../../shared/sorting.ts';
import { requestsOf } from '../analysis.ts';
import { commitWith } from '../commitWith.ts';
import { curationOf } from '../curationFile.ts';
import { exportMarker, exportTarget, fileSizes, refuseTouched } from '../exportPlace.ts';
import { flatFiles } from '../flatFiles.ts';
import { initialUnitsOf } from '../initialUnits.ts';
import { writeMarker } from '../marker.ts';
import { analyzerFolder, type Plan } from '../plan.ts';
import type { Bench, Job, RunStation } from '../runStation.ts';
import { readSorting } from '../sortingOnDisk.ts';

/** Every export of the session that is missing or out of date. */
export const exportAll: RunStation = async function* (plan, bench, job) {
  for (const entry of plan.workspace.session.exports) {
    const { hash } = await curationOf(plan.workspace, plan.sorting);
    const { marker, key } = await exportMarker(plan.workspace, entry, plan.keys.analyze, hash);
    if (marker && marker.key === key && !job.force) continue;
    if (marker) await refuseTouched(exportTarget(plan.workspace, entry), marker);
    const material = await sessionMaterial(plan, bench, job.signal);
    yield* exportOne(entry, exportTarget(plan.workspace, entry), key ?? '', material, bench, job);
  }
};

/** What exporters are given, whatever they write. */
export type Material = Omit<ExporterArgs<never>, 'folder' | 'target' | 'params' | 'compute'>;

/** One export, whole or not at all; never over what is not an export of ours. Returns the number of files. */
export async function* exportOne(
  { name, params }: Pick<Session['exports'][number], 'name' | 'params'>,
  target: string,
  key: string,
  material: Material,
  { compute, version }: Bench,
  { signal, note }: Pick<Job, 'signal' | 'note'>,
): AsyncGenerator<Progress, number> {
  const exporter = findEntry(exporters, 'exporter', name);
  const parsed = parseParams(exporter, 'exporter', params);
  return yield* commitWith(
    target,
    async function* (folder) {
      const notes = yield* exporter.write({ ...material, folder, target, params: parsed, compute }, signal);
      for (const text of notes) note(text);
      const files = await fileSizes(folder);
      await writeMarker(folder, {
        key,
        detail: exporter.label,
        madeBy: version,
        more: { madeAt: new Date().toISOString(), files },
      });
      return Object.keys(files).length;
    },
    { replace: true },
  );
}

/** Of a session whose analyzer is computed. */
export async function sessionMaterial(plan: Plan, bench: Bench, signal: AbortSignal): Promise<Material> {
  const { workspace, recording, processed, source } = plan;
  if (!recording || !processed || !source) throw new UserError('there is no recording to export from');
  const analyzer = analyzerFolder(workspace);
  const opened = await readSorting(join(analyzer, 'sorting'));
  const { events } = await curationOf(workspace, plan.sorting);
  const units = [...replay(initialUnitsOf(opened), events).units.inForce.values()];
  return {
    recording,
    info: processed,
    flat: await flatFiles(source),
    sorting: opened.sorting,
    units,
    table: await tableOf(analyzer, units, bench, signal),
    analyzer,
    makeAnalyzer: makeAnalyzerLike(workspace.session, recording, processed, bench),
  };
}

export function tableOf(
  folder: string,
  units: readonly CuratedUnit[],
  { compute }: Bench,
  signal: AbortSignal,
): Promise<UnitTable> {
  const unions = units.map(({ unitId, content }): UnionUnit => ({ unitId, from: originals(content) }));
  return compute.run<object, never, UnitTable>(
    'unitTable',
    { at: { kind: 'analyzer', folder }, units: unions },
    { signal },
  );
}

function makeAnalyzerLike(
  session: Session,
  recording: RecordingSpec,
  info: RecordingInfo,
  { compute }: Bench,
): Material['makeAnalyzer'] {
  return async function* (sorting: Sorting, folder: string, signal: AbortSignal) {
    const { sparsity } = session.analyzer;
    yield* createAnalyzer(folder, { sorting, recording, info, sparsity, compute, signal });
    yield* (await openAnalyzer(folder)).compute(requestsOf(session), compute, signal);
  };
}
