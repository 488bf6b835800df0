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
  /** `parts`: rows of the original units. Not to be written to. */
  template(parts: readonly number[]): UnionTemplate;
  /** µm; as saved for an original unit, else by the same method. NaN without a probe; z where the method tells it. */
  place(parts: readonly number[], locations: Stored | undefined): readonly [x: number, y: number, z?: number];
}

/** Made once of what was read. */
const known = new WeakMap<Stored, Shapes>();

export async function shapesOf(contents: Contents, stored: (name: string) => Promise<Stored>): Promise<Shapes> {
  const [saved, randomSpikes] = [await stored('templates'), await stored('random_spikes')];
  const shapes = known.get(saved) ?? madeShapes(contents, saved, randomSpikes);
  known.set(saved, shapes);
  return shapes;
}

function madeShapes(contents: Contents, saved: Stored, randomSpikes: Stored): Shapes {
  const templates = templatesOf(saved, contents.info.samplingFrequency);
  const counts = countsOf(drawnSpikes(contents, randomSpikes), contents.sorting.unitIds.length);
  const made = new Map<string, UnionTemplate>();
  const template = (parts: readonly number[]) => {
    const key = parts.join();
    const one = made.get(key) ?? unionTemplate(contents, templates, counts, parts);
    made.set(key, one);
    return one;
  };
  return {
    templates,
    template,
    place(parts, locations) {
      const places = locations && floats(locations.arrays.unit_locations);
      const dims = locations?.arrays.unit_locations?.shape[1] ?? 0;
      const [only, ...others] = parts;
      if (places && only !== undefined && others.length === 0 && dims >= 2) {
        const [x = Number.NaN, y = Number.NaN, z] = places.subarray(only * dims, only * dims + Math.min(dims, 3));
        return z === undefined ? [x, y] : [x, y, z];
      }
      if (!contents.layout) return [Number.NaN, Number.NaN];
      const { channels, average } = template(parts);
      return locate(average, channels, templates.nbefore, contents.layout, paramsOf(locations));
    },
  };
}

function paramsOf(locations: Stored | undefined): LocationParams {
  const monopolar = locations?.params.method === 'monopolar_triangulation';
  return { method: monopolar ? 'monopolar_triangulation' : 'center_of_mass', feature: 'ptp', max_distance_um: 1000 };
}
