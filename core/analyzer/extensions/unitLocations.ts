import { z } from '../../shared/zod.ts';
import { centerFeatures } from '../centerOfMass.ts';
import { contactLayout } from '../contents.ts';
import { extension } from '../extension.ts';
import { locate } from '../locate.ts';
import { channelsWithin } from '../sparsity.ts';
import { templatesOf } from '../templates.ts';
import { templateOn } from '../unitShapes.ts';

export const unitLocations = extension({
  name: 'unit_locations',
  label: 'Unit locations',
  help: 'Where each neuron lies beside the probe, from how its template fades over the contacts. Units at the same place may be one neuron, split.',
  siClass: 'postprocessing.unit_locations.ComputeUnitLocations',
  traces: 'none',
  params: z.object({
    method: z
      .enum(['monopolar_triangulation', 'center_of_mass'])
      .default('monopolar_triangulation')
      .describe(
        'monopolar_triangulation fits a point source, also off the probe (usual). center_of_mass takes the contacts’ weighted mean, which never leaves the probe.',
      )
      .meta({ title: 'Method' }),
    radius_um: z
      .number()
      .positive()
      .default(75)
      .describe('Contacts within this of the main channel count; usual 75. With a sparse analyzer its own channels do.')
      .meta({ unit: 'µm', title: 'Reach', advanced: true }),
    feature: z
      .enum(centerFeatures)
      .default('ptp')
      .describe('What counts as the strength of a contact; usual ptp, from trough to peak.')
      .meta({ title: 'Strength', advanced: true }),
    max_distance_um: z
      .number()
      .positive()
      .default(1000)
      .describe('The point source is looked for within this distance; usual 1000. Not for center_of_mass.')
      .meta({ unit: 'µm', title: 'Farthest', advanced: true }),
  }),
  dependsOn: () => ['templates'],
  async compute({ contents, params, stored, breathe }) {
    const layout = contactLayout(contents);
    const templates = templatesOf(await stored('templates'), contents.info.samplingFrequency);
    const near = contents.sparse
      ? contents.channelsOf
      : channelsWithin(layout, contents.mainChannels, params.radius_um);
    const dims = params.method === 'monopolar_triangulation' ? 3 : 2;
    const out = new Float64Array(near.length * dims);
    for (const [unit, channels] of near.entries()) {
      const template = templateOn(templates, unit, channels);
      const place = locate(template, channels, templates.nbefore, layout, params);
      out.set(place.slice(0, dims).map(Number), unit * dims);
      await breathe();
    }
    return { arrays: { unit_locations: { dtype: '<f8', shape: [near.length, dims], data: out } } };
  },
});
