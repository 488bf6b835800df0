import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { RecordingInfo } from '../../shared/recording.ts';
import type { Sorting } from '../../shared/sorting.ts';
import { writeNpy } from '../../store/npy.ts';
import { extensionArray, sparsityMask } from './analyzerArrays.ts';
import { cosineSimilarity, padded, type SparseTemplates, sparseTemplates } from './templates.ts';

/** templates.npy, template_ind.npy and similar_templates.npy: of the units as sorted, whatever curation merged. */
export async function writeTemplates(
  folder: string,
  { analyzer, sorting, info }: { readonly analyzer: string; readonly sorting: Sorting; readonly info: RecordingInfo },
): Promise<SparseTemplates> {
  const { data: dense, shape } = await extensionArray(analyzer, 'templates', 'average.npy');
  const [units = 0, samples = 0, channels = 0] = shape;
  if (units !== sorting.unitIds.length || channels !== info.channelIds.length)
    throw new UserError(`${analyzer}: its templates are of ${units} units, the sorting has ${sorting.unitIds.length}`, {
      path: analyzer,
      hint: 'Compute the analyzer again.',
    });
  const mask = await sparsityMask(analyzer, units * channels);
  const floats = dense instanceof Float64Array ? dense : Float32Array.from(dense);
  const templates = sparseTemplates(floats, mask, [units, samples, channels]);
  const { units: rows, columns } = templates;
  const at = (name: string) => join(folder, name);
  await writeNpy(at('templates.npy'), { shape: [rows, samples, columns], data: templates.data });
  await writeNpy(at('template_ind.npy'), { shape: [rows, columns], data: templates.channels });
  const similarity = await extensionArray(analyzer, 'template_similarity', 'similarity.npy').then(
    (array) => array.data,
    () => cosineSimilarity(floats, units),
  );
  await writeNpy(at('similar_templates.npy'), { shape: [rows, rows], data: padded(similarity, units, rows) });
  return templates;
}
