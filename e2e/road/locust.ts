import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must, type RoadCheck } from './check.ts';
import { cli } from './cli.ts';
import { ask } from './oracle.ts';
import { writeSession } from './toy.ts';

const SECONDS = 60;

/** The real recording, from the file to phy, by one command. */
export const locust: RoadCheck = {
  name: 'raw-locust sorted, analyzed, exported',
  async run(place) {
    if (!place.shared) return 'left out: no ../shared';
    const folder = join(place.scratch, 'locust');
    const name = 'locust_trial_01.raw';
    await mkdir(folder);
    await copyFile(join(await place.data(), 'raw-locust', name), join(folder, name));
    await writeSession(folder, {
      spikedesk: 1,
      name: 'locust',
      recording: {
        format: 'binary',
        paths: [name],
        params: { sampling_frequency: 15000, num_channels: 4, dtype: 'int16' },
      },
      probe: { generator: 'tetrode' },
      preprocess: [
        { step: 'bandpass_filter', params: { freq_min: 300, freq_max: 6000 } },
        { step: 'common_reference' },
      ],
      sorter: { name: 'spikedesk' },
      exports: [
        { name: 'phy', folder: 'phy' },
        { name: 'spikeinterface', folder: 'si' },
      ],
    });
    const session = join(folder, 'session.json');
    const first = await cli(['run', session], join(place.scratch, 'data'));
    must(first.code === 0, `exit code ${first.code}: ${first.stderr}`);
    must(first.seconds < SECONDS, `took ${first.seconds.toFixed(1)} s, may be ${SECONDS}`);
    must(/raw units/.test(first.stdout), 'it does not say "raw units"');
    const settings = JSON.parse(await readFile(join(folder, 'analyzer', 'settings.json'), 'utf8'));
    must(settings.return_in_uV === false, 'the analyzer is not written with return_in_uV false');
    const again = await cli(['run', session], join(place.scratch, 'data'));
    must(!/^ {2}/m.test(again.stdout), `a second run did something: ${again.stdout}`);

    const phy = ask(place, 'si105', 'phy_model.py', join(folder, 'phy'));
    if (phy) {
      must(
        phy.sparse && phy.distinct_positions && phy.spike_clusters_dtype === 'int32',
        'phylib does not see what it needs',
      );
      must(phy.traces?.[1] === 4, `phylib sees traces ${phy.traces}`);
    }
    const seen: string[] = [];
    for (const oracle of ['si105', 'si101'] as const)
      for (const at of ['.', 'si']) {
        const si = ask(
          place,
          oracle,
          'si_load.py',
          join(folder, at, 'sorting'),
          join(folder, at, 'analyzer'),
          'compute',
        );
        if (!si) continue;
        must(
          si.sorting.n_spikes === phy.n_spikes,
          `SpikeInterface sees ${si.sorting.n_spikes} spikes, phy ${phy.n_spikes}`,
        );
        must(si.analyzer.has_recording && si.analyzer.sparse && si.analyzer.has_probe, 'the analyzer lost something');
        must(si.analyzer.return_in_uV === false, 'return_in_uV');
        must(Object.keys(si.analyzer.extensions).length >= 9, `extensions ${Object.keys(si.analyzer.extensions)}`);
        seen.push(`${si.version} templates within ${(100 * si.template_difference).toFixed(2)}%`);
      }
    const sorted = /sort +(.*)/.exec(first.stdout)?.[1];
    return `${first.seconds.toFixed(1)} s, ${sorted}${phy ? '; phylib opens it' : ''}; SpikeInterface ${[...new Set(seen)].join(', ') || 'left out'}`;
  },
};
