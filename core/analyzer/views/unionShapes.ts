import type { Contents } from '../contents.ts';
import { type UnionTemplate, unionTemplate } from '../curated.ts';
import { drawnSpikes } from '../drawn.ts';
import { type LocationParams, locate } from '../locate.ts';
import { countsOf } from '../randomSpikes.ts';
import type { Stored } from '../stored.ts';
import { floats, type Templates, templatesOf } from '../templates.ts';

/** Templates and places of any union of an analyzer's units. */
export interface Shapes {
  readonly templates: Templates;
  /** `parts`: rows of the original units. */
  template(parts: readonly number[]): UnionTemplate;
  /** µm; as saved for an original unit, else by the same method. NaN without a probe. */
  place(parts: readonly number[], locations: Stored | undefined): [x: number, y: number];
}

export async function shapesOf(contents: Contents, stored: (name: string) => Promise<Stored>): Promise<Shapes> {
  const templates = templatesOf(await stored('templates'), contents.info.samplingFrequency);
  const counts = countsOf(drawnSpikes(contents, await stored('random_spikes')), contents.sorting.unitIds.length);
  const template = (parts: readonly number[]) => unionTemplate(contents, templates, counts, parts);
  return {
    templates,
    template,
    place(parts, locations) {
      const saved = locations && floats(locations.arrays.unit_locations);
      const dims = locations?.arrays.unit_locations?.shape[1] ?? 0;
      const [only, ...others] = parts;
      if (saved && only !== undefined && others.length === 0 && dims >= 2)
        return [saved[only * dims]!, saved[only * dims + 1]!];
      if (!contents.layout) return [Number.NaN, Number.NaN];
      const { channels, average } = template(parts);
      const [x, y] = locate(average, channels, templates.nbefore, contents.layout, paramsOf(locations));
      return [x, y];
    },
  };
}

function paramsOf(locations: Stored | undefined): LocationParams {
  const monopolar = locations?.params.method === 'monopolar_triangulation';
  return { method: monopolar ? 'monopolar_triangulation' : 'center_of_mass', feature: 'ptp', max_distance_um: 1000 };
}
