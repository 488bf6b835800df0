import { storedOf } from '../analyzer/cache.ts';
import type { Contents } from '../analyzer/contents.ts';
import { partsOf, type UnionUnit } from '../analyzer/curated.ts';
import type { Stored } from '../analyzer/stored.ts';
import { floats } from '../analyzer/templates.ts';
import type { Shapes } from '../analyzer/views/unionShapes.ts';
import { type OwnTemplate, pairSimilarity, type SimilarityParams } from './pairSimilarity.ts';
import type { Similarities } from './source.ts';

/** As template_similarity saved it; where a unit was merged, or nothing was saved, from the mean templates, in the same way. */
export async function analyzerSimilarities(
  contents: Contents,
  shapes: Shapes,
  unit: UnionUnit,
  others: readonly UnionUnit[],
): Promise<Similarities> {
  const saved = await storedOf(contents.folder, 'template_similarity');
  const matrix = floats(saved?.arrays.similarity);
  const params = paramsOf(saved, contents.info.samplingFrequency);
  const own = partsOf(contents, unit);
  const units = contents.sorting.unitIds.length;
  const templateOf = (parts: readonly number[]): OwnTemplate => {
    const { channels, average } = shapes.template(parts);
    return { channels, data: average };
  };
  const values = Float64Array.from(others, (other) => {
    const parts = partsOf(contents, other);
    if (matrix && own.length === 1 && parts.length === 1) return matrix[own[0]! * units + parts[0]!]!;
    if (!mayBeAlike(contents, own, parts, params)) return 0;
    return pairSimilarity(templateOf(own), templateOf(parts), shapes.templates.samples, params);
  });
  const how = `${params.method} of the mean templates`;
  return { values, source: matrix ? `template_similarity of the analyzer; of merged units ${how}` : how };
}

/** Units that share no channel are not alike, and most do not: their templates need not be made. */
function mayBeAlike(
  { channelsOf }: Contents,
  own: readonly number[],
  parts: readonly number[],
  { support }: SimilarityParams,
): boolean {
  if (support === 'dense') return true;
  return own.some((a) => parts.some((b) => channelsOf[a]!.some((channel) => channelsOf[b]!.includes(channel))));
}

function paramsOf(saved: Stored | undefined, samplingFrequency: number): SimilarityParams {
  const { method, support, max_lag_ms } = saved?.params ?? {};
  return {
    method: method === 'l1' || method === 'l2' ? method : 'cosine',
    support: support === 'intersection' || support === 'dense' ? support : 'union',
    maxLag: Math.trunc((Number(max_lag_ms ?? 0) * samplingFrequency) / 1000),
  };
}
