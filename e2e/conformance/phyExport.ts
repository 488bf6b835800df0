import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContents } from '../../core/analyzer/contents.ts';
import { inlineCompute } from '../../core/compute/inline.ts';
import { phy } from '../../core/exporters/phy.ts';
import { flatFiles } from '../../core/pipeline/flatFiles.ts';
import { tableOf } from '../../core/pipeline/stations/export.ts';
import { start } from '../../core/shared/curatedUnits.ts';
import { spikeCounts } from '../../core/shared/sorting.ts';
import type { Area, GoldenPlace, Verdict } from './area.ts';
import { flat, freshFolder, goldenArray } from './goldenAnalyzer.ts';
import { goldenRecording } from './goldenRecording.ts';
import { checkAsPhyShows } from './phyShows.ts';

/** Of sparse arrays ours have the largest channel first: they are compared channel by channel. */
const SPARSE = ['templates.npy', 'template_ind.npy', 'pc_features.npy', 'pc_feature_ind.npy'];

/** SpikeInterface's main analyzer exported by us, held against its own export file by file. */
export const phyExport: Area = {
  name: 'phy_export',
  async *check(place) {
    const ours = await exportMain(place);
    for (const name of readdirSync(join(place.golden, 'phy_export')).sort()) {
      const entry = `phy_export/${name}`;
      if (SPARSE.includes(name)) continue;
      if (name.endsWith('.npy')) yield await checkArray(place, ours, entry, name);
      else if (name.endsWith('.tsv')) yield checkTable(place, ours, entry, name);
    }
    yield* checkTemplates(place, ours);
    yield* checkFeatures(place, ours);
    yield* checkAsPhyShows(place, ours);
  },
};

async function exportMain(place: GoldenPlace): Promise<string> {
  const analyzer = join(place.golden, 'analyzer', 'main.binary');
  const folder = freshFolder(place);
  mkdirSync(folder);
  const { info, sorting } = await readContents(analyzer);
  const counts = spikeCounts(sorting);
  const units = [...start(sorting.unitIds.map((unitId, i) => ({ unitId, numSpikes: counts[i]! }))).inForce.values()];
  const bench = { compute: inlineCompute(2), version: 'conformance' };
  const recording = await goldenRecording(place, 'recording');
  const files = await flatFiles(recording);
  const writing = phy.write(
    {
      folder,
      target: join(place.golden, 'phy_export'),
      params: phy.params.parse({ copy_binary: false }),
      recording,
      info,
      ...(files && { flat: files }),
      sorting,
      units,
      table: await tableOf(analyzer, units, bench, place.signal),
      analyzer,
      compute: bench.compute,
      // biome-ignore lint/correctness/useYield: phy never asks for it
      async *makeAnalyzer() {
        throw new Error('phy needs no second analyzer');
      },
    },
    place.signal,
  );
  for await (const _ of writing);
  return folder;
}

async function checkArray(place: GoldenPlace, ours: string, entry: string, name: string): Promise<Verdict> {
  const own = flat(await goldenArray({ ...place, golden: ours }, name));
  return { entry, ours: own, golden: flat(await goldenArray(place, entry)) };
}

/** Cell by cell; what is not known is an empty cell there and no row here. */
function checkTable(place: GoldenPlace, ours: string, entry: string, name: string): Verdict {
  const read = (folder: string) => columnOf(readFileSync(join(folder, name), 'utf8'));
  if (!readdirSync(ours).includes(name)) return { entry, missing: true };
  const golden = read(join(place.golden, 'phy_export'));
  const own = read(ours);
  const ids = [...golden.keys()];
  const numeric = [...golden.values()].every((cell) => cell === '' || cell === 'nan' || Number.isFinite(Number(cell)));
  if (!numeric) return { entry, error: ids.filter((id) => (own.get(id) ?? '') !== golden.get(id)).length };
  const number = (cell: string | undefined) => (cell === undefined || cell === '' ? Number.NaN : Number(cell));
  return { entry, ours: ids.map((id) => number(own.get(id))), golden: ids.map((id) => number(golden.get(id))) };
}

function columnOf(text: string): Map<string, string> {
  const rows = text.trimEnd().split(/\r?\n/).slice(1);
  return new Map(rows.map((row) => [row.split('\t')[0]!, row.split('\t')[1] ?? '']));
}

async function* checkTemplates(place: GoldenPlace, ours: string): AsyncGenerator<Verdict, void> {
  const [own, golden] = [await byChannel(place, ours), await byChannel(place, join(place.golden, 'phy_export'))];
  yield { entry: 'phy_export/template_ind.npy', error: differing(own.kept, golden.kept) };
  const keys = [...golden.values.keys()];
  yield {
    entry: 'phy_export/templates.npy',
    ours: keys.map((key) => own.values.get(key) ?? Number.NaN),
    golden: keys.map((key) => golden.values.get(key)!),
  };
}

/** Templates by unit, sample and channel, and which channels each unit has. */
async function byChannel(place: GoldenPlace, folder: string) {
  const at = (name: string) => goldenArray({ ...place, golden: folder }, name);
  const [templates, ind] = [await at('templates.npy'), flat(await at('template_ind.npy'))];
  const [units = 0, samples = 0, width = 0] = templates.shape;
  const data = flat(templates);
  const values = new Map<string, number>();
  for (let u = 0; u < units; u++)
    for (let k = 0; k < width; k++)
      for (let s = 0; s < samples && ind[u * width + k]! >= 0; s++)
        values.set(`${u} ${s} ${ind[u * width + k]}`, data[(u * samples + s) * width + k]!);
  return { values, kept: keptOf(ind, width) };
}

function keptOf(ind: readonly number[], width: number): Set<string> {
  return new Set(ind.flatMap((channel, i) => (channel >= 0 ? [`${Math.floor(i / width)} ${channel}`] : [])));
}

function differing(own: ReadonlySet<string>, golden: ReadonlySet<string>): number {
  return [...golden].filter((key) => !own.has(key)).length + [...own].filter((key) => !golden.has(key)).length;
}

/**
 * An exact PCA here, an incremental one scaled to unit variance there: each component of a channel, over all spikes,
 * is the same up to sign, place and scale as far as it correlates. The third is not comparable (golden/README.md).
 */
async function* checkFeatures(place: GoldenPlace, ours: string): AsyncGenerator<Verdict, void> {
  const golden = join(place.golden, 'phy_export');
  const read = async (folder: string) => {
    const at = (name: string) => goldenArray({ ...place, golden: folder }, name);
    const [features, ind] = [await at('pc_features.npy'), await at('pc_feature_ind.npy')];
    return { shape: features.shape, data: flat(features), ind: flat(ind), width: ind.shape[1] ?? 0 };
  };
  const [a, b] = [await read(ours), await read(golden)];
  yield { entry: 'phy_export/pc_feature_ind.npy', error: differing(keptOf(a.ind, a.width), keptOf(b.ind, b.width)) };
  const templates = flat(await goldenArray({ ...place, golden }, 'spike_templates.npy'));
  const column = ({ data, ind, width, shape }: typeof a, spike: number, component: number, channel: number) => {
    const k = ind.slice(templates[spike]! * width, (templates[spike]! + 1) * width).indexOf(channel);
    return k < 0 ? undefined : data[(spike * (shape[1] ?? 0) + component) * width + k]!;
  };
  for (const component of [0, 1]) {
    let worst = 1;
    for (let channel = 0; channel < 24; channel++) {
      const pairs = templates.flatMap((_, spike) => {
        const [x, y] = [column(a, spike, component, channel), column(b, spike, component, channel)];
        return x === undefined || y === undefined ? [] : [[x, y] as const];
      });
      if (pairs.length > 2) worst = Math.min(worst, Math.abs(correlation(pairs)));
    }
    yield { entry: 'phy_export/pc_features.npy', part: `component ${component + 1}`, error: 1 - worst };
  }
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [mx, my] = [mean(0), mean(1)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
    xy += (x - mx) * (y - my);
  }
  return xy / Math.sqrt(xx * yy);
}
