import { z } from '../../shared/zod.ts';
import { extension } from '../extension.ts';
import { templateSimilarity as similarityOf } from '../similarity.ts';
import { templatesOf } from '../templates.ts';

export const templateSimilarity = extension({
  name: 'template_similarity',
  label: 'Template similarity',
  help: 'How alike the templates of each two units are, up to 1. The most alike are the first to look at when merging.',
  siClass: 'postprocessing.template_similarity.ComputeTemplateSimilarity',
  traces: 'none',
  params: z.object({
    method: z
      .enum(['cosine', 'l1', 'l2'])
      .default('cosine')
      .describe('cosine compares shapes and ignores size (usual); l1 and l2 see a difference in size too.')
      .meta({ title: 'Measure' }),
    max_lag_ms: z
      .number()
      .min(0)
      .default(0)
      .describe(
        'Templates are shifted against each other by up to this; usual 0. More finds units that are aligned differently.',
      )
      .meta({ unit: 'ms', title: 'Largest shift', advanced: true }),
    support: z
      .enum(['union', 'intersection', 'dense'])
      .default('union')
      .describe('Channels compared: those either unit has (usual), both have, or all.')
      .meta({ title: 'Channels', advanced: true }),
  }),
  dependsOn: () => ['templates'],
  async compute({ contents, params, stored }) {
    const templates = templatesOf(await stored('templates'), contents.info.samplingFrequency);
    const similarity = similarityOf({
      templates: templates.average,
      units: templates.units,
      samples: templates.samples,
      channels: templates.channels,
      channelsOf: contents.channelsOf,
      method: params.method,
      support: params.support,
      maxLag: Math.trunc((params.max_lag_ms * contents.info.samplingFrequency) / 1000),
    });
    return { arrays: { similarity: { shape: [templates.units, templates.units], data: similarity } } };
  },
});
