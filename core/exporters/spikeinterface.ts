import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { curatedSorting } from '../shared/curatedSorting.ts';
import { abortError, UserError } from '../shared/errors.ts';
import { labelProperties, sameUnits } from '../shared/labelProperties.ts';
import type { Exporter } from '../shared/lists.ts';
import type { Sorting } from '../shared/sorting.ts';
import { z } from '../shared/zod.ts';
import { writeJson } from '../store/json.ts';
import { recordingDict } from '../store/siRecording.ts';
import { writeSiSorting } from '../store/siSorting.ts';

const params = z.object({
  analyzer: z
    .boolean()
    .default(true)
    .describe('Also write the analyzer (templates, metrics and all else that was computed), of the curated units')
    .meta({ title: 'Analyzer' }),
});

/** `sorting/` (numpy_folder) and `analyzer/` (binary_folder), of the units as curated. */
export const spikeinterface: Exporter<typeof params> = {
  name: 'spikeinterface',
  label: 'SpikeInterface',
  help: 'Folders SpikeInterface loads: the curated sorting with its labels, and the analyzer with everything computed from it.',
  params,
  async *write(args, signal) {
    const { folder, target, sorting, units, analyzer, recording, info, makeAnalyzer } = args;
    const inForce = new Map(units.map((unit) => [unit.unitId, unit]));
    const same = sameUnits(sorting, units);
    const curated = withProperties(
      curatedSorting(same ? sorting : withoutMainChannels(sorting), { inForce, removed: new Map() }),
      labelProperties(units),
    );
    yield { stage: 'sorting', done: 0, of: 1 };
    await writeSiSorting(join(folder, 'sorting'), curated);
    yield { stage: 'sorting', done: 1, of: 1 };
    if (!args.params.analyzer) return [];
    const into = join(folder, 'analyzer');
    if (!same) {
      if (!recording)
        throw new UserError(
          'units were merged or removed, and the raw data to compute the analyzer anew cannot be read',
          {
            hint: 'Choose where the recording is, or export without the analyzer.',
          },
        );
      yield* makeAnalyzer(curated, into, signal);
      return [];
    }
    yield { stage: 'analyzer', done: 0, of: 1 };
    await cp(analyzer, into, {
      recursive: true,
      filter: (path) => !/[\\/](\.[^\\/]*|spikedesk\.json)$/.test(path.slice(analyzer.length)),
    });
    if (signal.aborted) throw abortError();
    // The labels given since; and the way to the recording from here.
    await writeSiSorting(join(into, 'sorting'), withProperties(sorting, labelProperties(units)));
    const dict = recording && recordingDict(recording, info, join(target, 'analyzer'));
    if (dict) await writeJson(join(into, 'recording.json'), dict);
    yield { stage: 'analyzer', done: 1, of: 1 };
    return [];
  },
};

function withProperties(sorting: Sorting, more: Sorting['properties']): Sorting {
  return { ...sorting, properties: { ...sorting.properties, ...more } };
}

/** A merged unit has a main channel of its own, to be found anew. */
function withoutMainChannels(sorting: Sorting): Sorting {
  const { main_channel_id: _, ...properties } = sorting.properties;
  return { ...sorting, properties };
}
