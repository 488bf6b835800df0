import { readContents } from '../analyzer/contents.ts';
import { curationOf } from '../pipeline/curationFile.ts';
import { exportMarker, exportTarget, refuseTouched } from '../pipeline/exportPlace.ts';
import { infoOf } from '../pipeline/source.ts';
import { exportOne, type Material, sessionMaterial, tableOf } from '../pipeline/stations/export.ts';
import type { Api } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import type { Session } from '../shared/session.ts';
import type { Desk } from './desk.ts';

type Export = Session['exports'][number];

/** Exports the units as curated now. The session remembers where to, so that the next run brings it up to date. */
export function exporting(desk: Desk): Pick<Api, 'export'> {
  return {
    async *export({ name, folder, params }, signal) {
      const { opened } = desk;
      const { compute, version } = desk.options;
      const bench = { compute, version };
      const entry: Export = { name, folder, params: { ...params } as Export['params'] };
      const { workspace, plan } = opened;
      const target = exportTarget(workspace, entry);
      const { hash } = await curationOf(workspace, plan.sorting);
      const { marker, key } = await exportMarker(workspace, entry, plan.analyzer?.key, hash);
      if (marker) await refuseTouched(target, marker);
      const material = plan.analyzer
        ? await sessionMaterial(plan, bench, signal)
        : await borrowedMaterial(desk, signal);
      const files = yield* exportOne(entry, target, key ?? '', material, bench, {
        signal,
        note: (text) => desk.note(text),
      });
      if (plan.analyzer && opened.savedAt !== undefined) {
        const others = workspace.session.exports.filter((other) => exportTarget(workspace, other) !== target);
        await desk.edit({ exports: [...others, entry] });
      } else desk.publish();
      return { folder: target, files };
    },
  };
}

/** Of an analyzer that was opened as it is. */
async function borrowedMaterial(desk: Desk, signal: AbortSignal): Promise<Material> {
  const { borrowed, opened } = desk;
  if (!borrowed?.analyzer || !opened.curation)
    throw new UserError('there is nothing to export yet', { hint: 'Run the stations up to Analyze first.' });
  const { compute, version } = desk.options;
  const contents = await readContents(borrowed.analyzer);
  const units = [...opened.curation.units.inForce.values()];
  const recording = contents.recording;
  const readable =
    recording &&
    (await infoOf(recording).then(
      () => true,
      () => false,
    ));
  return {
    ...(recording && readable && { recording }),
    info: contents.info,
    sorting: contents.sorting,
    units,
    table: await tableOf(borrowed.analyzer, units, { compute, version }, signal),
    analyzer: borrowed.analyzer,
    // biome-ignore lint/correctness/useYield: it only ever says why not
    async *makeAnalyzer() {
      throw new UserError('an analyzer of merged units can only be computed in a session', {
        hint: 'Press Run all first: the session then has an analyzer of its own.',
      });
    },
  };
}
