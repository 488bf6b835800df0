import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createApi } from '../../core/api/index.ts';
import { openPool } from '../../core/compute/pool.ts';
import { must, type RoadCheck } from './check.ts';
import { ask } from './oracle.ts';
import { makeToy } from './toy.ts';

/** Merged, labelled and removed units arrive in both exports; unit ids that are text are kept. */
export const curated: RoadCheck = {
  name: 'curated units arrive in phy and SpikeInterface',
  async run(place) {
    const folder = await mkdtemp(join(place.scratch, 'curated '));
    const truth = await makeToy(folder, (session) => {
      session.exports = [];
    });
    const count = (ids: readonly string[]) =>
      truth.segments[0]!.unitIndex.filter((unit) => ids.includes(String(truth.unitIds[unit]))).length;
    const pool = openPool({ worker: new URL('./worker.mjs', import.meta.url), size: 2 });
    const api = createApi({ pool, dataFolder: join(place.scratch, 'data'), version: 'road' });
    const { signal } = new AbortController();
    try {
      await end(api.open({ kind: 'session', path: folder }, signal));
      await end(api.run({ stations: ['analyze'] }, signal));
      await end(api.curate({ type: 'merge', unitIds: ['a', 'c'] }, signal));
      await end(api.curate({ type: 'label', unitIds: ['0'], key: 'group', values: ['good'] }, signal));
      await end(api.curate({ type: 'remove', unitIds: ['d'] }, signal));
      await end(api.export({ name: 'phy', folder: join(folder, 'phy'), params: {} }, signal));
      await end(api.export({ name: 'spikeinterface', folder: join(folder, 'si'), params: {} }, signal));
    } finally {
      await api.dispose();
      await pool.close();
    }
    const left = count(['a', 'b', 'c']);
    const phy = ask(place, 'si105', 'phy_model.py', join(folder, 'phy'));
    if (phy) {
      must(phy.n_spikes === left, `phy sees ${phy.n_spikes} spikes, not ${left}`);
      must(
        phy.cluster_ids.length === 2 && phy.template_ids.length === 3,
        `clusters ${phy.cluster_ids}, templates ${phy.template_ids}`,
      );
      must(phy.groups['1'] === 'good' && phy.groups['0'] === 'unsorted', `groups ${JSON.stringify(phy.groups)}`);
    }
    for (const oracle of ['si105', 'si101'] as const) {
      const si = ask(
        place,
        oracle,
        'si_load.py',
        join(folder, 'si', 'sorting'),
        join(folder, 'si', 'analyzer'),
        'compute',
      );
      if (!si) continue;
      must(JSON.stringify(si.sorting.unit_ids) === '["b","0"]', `unit ids ${si.sorting.unit_ids}`);
      must(JSON.stringify(si.analyzer.unit_ids) === '["b","0"]', `analyzer's unit ids ${si.analyzer.unit_ids}`);
      must(si.sorting.n_spikes === left, `${si.sorting.n_spikes} spikes, not ${left}`);
      must(si.sorting.properties.includes('quality'), `properties ${si.sorting.properties}`);
    }
    return `${left} spikes in 2 units of 4${phy ? '' : '; oracles left out'}`;
  },
};

async function end<Result>(running: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await running.next();
    if (step.done) return step.value;
  }
}
