import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type NumericArray, readNumbers } from '../store/npy.ts';
import { pairSimilarity } from './pairSimilarity.ts';
import type { PhySpikes } from './phySpikes.ts';
import type { SortedTemplates } from './phyTemplates.ts';
import type { Similarities } from './source.ts';

/** similar_templates.npy; undefined if the folder has none. data: [templates][templates] */
export interface SimilarTemplates {
  readonly templates: number;
  readonly data: NumericArray;
}

export async function readSimilarTemplates(folder: string): Promise<SimilarTemplates | undefined> {
  const path = join(folder, 'similar_templates.npy');
  if (!existsSync(path)) return undefined;
  const { data, shape } = await readNumbers(path);
  const [templates = 0, columns] = shape;
  return templates > 0 && columns === templates ? { templates, data } : undefined;
}

/** As phy does it: the greatest similarity of any template of the one to any template of the other. */
export function bySimilarTemplates(
  { templates, data }: SimilarTemplates,
  { templatesOf }: PhySpikes,
  own: readonly number[],
  others: readonly (readonly number[])[],
): Similarities {
  const among = (units: readonly number[]) =>
    [...new Set(units.flatMap((unit) => [...templatesOf[unit]!.keys()]))].filter((t) => t < templates);
  const rows = among(own);
  const values = Float64Array.from(others, (units) => {
    const columns = among(units);
    let most = Number.NaN;
    for (const row of rows)
      for (const column of columns) {
        const value = data[row * templates + column]!;
        if (!(value <= most)) most = value;
      }
    return most;
  });
  return { values, source: 'similar_templates.npy; of units with several templates the greatest' };
}

export function byMeanTemplates(
  templates: SortedTemplates,
  own: readonly number[],
  others: readonly (readonly number[])[],
): Similarities {
  const mean = templates.mean(own);
  const params = { method: 'cosine', support: 'union', maxLag: 0 } as const;
  return {
    values: Float64Array.from(others, (units) =>
      pairSimilarity(mean, templates.mean(units), templates.samples, params),
    ),
    source: 'cosine of the mean templates (templates.npy)',
  };
}
