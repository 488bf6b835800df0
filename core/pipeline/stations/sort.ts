import { compareToGroundTruth } from '../../comparison/groundTruth.ts';
import { sortingFormats } from '../../formats/index.ts';
import { findEntry, parseParams } from '../../shared/entry.ts';
import { UserError } from '../../shared/errors.ts';
import type { Json } from '../../shared/json.ts';
import type { Progress } from '../../shared/progress.ts';
import { numSpikes, type Sorting } from '../../shared/sorting.ts';
import { sorters } from '../../sorters/index.ts';
import { commitWith } from '../commitWith.ts';
import { checkFits } from '../fitsRecording.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { type Plan, sortingFolder } from '../plan.ts';
import type { Bench, Job, RunStation } from '../runStation.ts';
import { writeSorting } from '../sortingOnDisk.ts';
import { fromSession } from '../workspace.ts';

/** Sorts, or takes an existing sorting in: either way `sorting/` is a SpikeInterface folder afterwards. */
export const sort: RunStation = async function* (plan, bench, job) {
  const { keys, workspace } = plan;
  const target = sortingFolder(workspace);
  await readMarker(target); // what is not ours is not replaced
  yield* commitWith(
    target,
    async function* (partial) {
      const sorting = yield* sorted(plan, bench, job);
      const accuracy = await accuracyOf(plan, sorting);
      await writeSorting(partial, sorting);
      await writeMarker(partial, {
        key: keys.sort ?? '',
        detail: describe(sorting),
        madeBy: bench.version,
        more: { madeAt: new Date().toISOString(), ...(accuracy && { accuracy }) },
      });
    },
    { replace: true },
  );
};

async function* sorted(
  { workspace, recording, processed }: Plan,
  { compute }: Bench,
  { signal, note }: Job,
): AsyncGenerator<Progress, Sorting> {
  const { sorting: existing, sorter } = workspace.session;
  if (!recording || !processed) throw new Error('a recording is sorted once it is planned');
  if (existing) {
    yield { stage: 'reading the sorting', done: 0, of: 1 };
    const path = fromSession(workspace, existing.path);
    const { sorting, warnings } = await findEntry(sortingFormats, 'sorting format', existing.format).open(path);
    for (const warning of warnings) note(warning);
    checkFits(sorting, processed, path);
    return sorting;
  }
  if (!sorter)
    throw new UserError('the session names neither a sorter nor a sorting', {
      hint: 'Give "sorter": {"name": "spikedesk"} in session.json.',
    });
  const entry = findEntry(sorters, 'sorter', sorter.name);
  const params = parseParams(entry, 'sorter', sorter.params);
  return yield* entry.run({ recording, info: processed, params, compute }, signal);
}

/** Against the ground truth, where the session has one. */
async function accuracyOf({ workspace }: Plan, sorting: Sorting): Promise<Json | undefined> {
  const { groundTruth } = workspace.session;
  if (!groundTruth) return undefined;
  const path = fromSession(workspace, groundTruth.path);
  const truth = await findEntry(sortingFormats, 'sorting format', groundTruth.format).open(path);
  const { units, pooled } = compareToGroundTruth(truth.sorting, sorting);
  return {
    mean: pooled.accuracy,
    byUnit: units.map(({ unitId, testedId, performance }) => ({ unitId, testedId, accuracy: performance.accuracy })),
  };
}

function describe(sorting: Sorting): string {
  const units = sorting.unitIds.length;
  return `${units === 1 ? '1 unit' : `${units} units`}, ${numSpikes(sorting).toLocaleString('en')} spikes`;
}
