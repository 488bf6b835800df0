import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from '../../core/shared/zod.ts';
import type { GoldenPlace, Verdict } from './area.ts';

const entry = 'phy_export_phylib.json';
const numbers = z.array(z.number());
const shared = z.object({
  n_spikes: z.number(),
  n_templates: z.number(),
  n_channels: z.number(),
  n_channels_dat: z.number(),
  sample_rate: z.number(),
  duration: z.number(),
  spike_clusters_sha256_int32_le: z.string(),
  spike_templates_sha256_int32_le: z.string(),
  spike_samples_sha256_int64_le: z.string(),
  spike_times_first: numbers,
  spike_times_last: numbers,
  amplitudes_first: numbers,
  channel_positions: z.array(numbers),
  channel_mapping: numbers,
  channel_shanks: numbers,
  similar_templates: z.array(numbers),
  metadata: z.record(z.string(), z.record(z.string(), z.union([z.number(), z.string(), z.null()]))),
});
const goldenSchema = shared.extend({
  templates_first_two: z.record(z.string(), z.object({ channel_ids: numbers, template: z.array(numbers) }).loose()),
});
const ownSchema = shared.extend({ templates_first_two: z.record(z.string(), z.record(z.string(), z.number())) });

/** What phylib itself shows of our folder, where it is installed (.ci/oracles); its features are those of pc_features. */
export async function* checkAsPhyShows(place: GoldenPlace, folder: string): AsyncGenerator<Verdict, void> {
  const python = join(process.env.SPIKEDESK_ORACLES ?? '/opt/oracle', 'si105', 'bin', 'python');
  if (!existsSync(python)) return yield { entry, missing: true };
  withAbsolutePath(place, folder);
  const script = fileURLToPath(new URL('../e2e/oracle/phylib_shows.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: 'utf8' });
  if (status !== 0) return yield { entry, error: Number.NaN, note: stderr.trim().split('\n').at(-1) ?? '' };
  const own = ownSchema.parse(JSON.parse(stdout));
  const golden = goldenSchema.parse(JSON.parse(readFileSync(join(place.golden, entry), 'utf8')));

  const plain = (of: z.output<typeof shared>) => {
    const { amplitudes_first: _a, similar_templates: _s, metadata: _m, ...rest } = shared.parse(of);
    return JSON.stringify(rest);
  };
  yield { entry, part: 'counts, spikes and channels', error: plain(own) === plain(golden) ? 0 : 1 };
  yield { entry, part: 'amplitudes', ours: own.amplitudes_first, golden: golden.amplitudes_first };
  yield {
    entry,
    part: 'similar_templates',
    ours: own.similar_templates.flat(),
    golden: golden.similar_templates.flat(),
  };
  yield* checkTemplates(own, golden);
  yield* checkMetadata(own, golden);
}

/** The golden folder's data file lies relative to it. */
function withAbsolutePath(place: GoldenPlace, folder: string): void {
  const path = join(folder, 'params.py');
  const text = readFileSync(path, 'utf8').replace("dat_path = '", `dat_path = '${join(place.golden, 'phy_export')}/`);
  writeFileSync(path, text);
}

function* checkTemplates(
  own: z.output<typeof ownSchema>,
  golden: z.output<typeof goldenSchema>,
): Generator<Verdict, void> {
  for (const [id, { channel_ids, template }] of Object.entries(golden.templates_first_two)) {
    const sizes = channel_ids.map((_, k) => {
      const column = template.map((row) => row[k]!);
      return Math.max(...column) - Math.min(...column);
    });
    const ours = channel_ids.map((channel) => own.templates_first_two[id]?.[String(channel)] ?? Number.NaN);
    yield { entry, part: 'templates', ours, golden: sizes };
  }
}

/** Numbers by the tolerance, words exactly; a number not known is an empty cell there, no cell here. */
function* checkMetadata(
  own: z.output<typeof ownSchema>,
  golden: z.output<typeof goldenSchema>,
): Generator<Verdict, void> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let words = 0;
  for (const [field, cells] of Object.entries(golden.metadata))
    for (const [id, cell] of Object.entries(cells)) {
      const mine = own.metadata[field]?.[id];
      if (typeof cell === 'number') {
        ours.push(typeof mine === 'number' ? mine : Number.NaN);
        theirs.push(cell);
      } else if ((mine ?? '') !== (cell ?? '')) words++;
    }
  yield { entry, part: 'metadata', ours, golden: theirs };
  yield { entry, part: 'words', error: words };
}
