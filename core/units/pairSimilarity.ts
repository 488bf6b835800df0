import { type SimilarityArgs, templateSimilarity } from '../analyzer/similarity.ts';

/** A template on its own channels. data: [samples][channels] */
export interface OwnTemplate {
  readonly channels: Int32Array;
  readonly data: Float32Array;
}

export type SimilarityParams = Pick<SimilarityArgs, 'method' | 'support' | 'maxLag'>;

/** How alike two templates are, as template_similarity. */
export function pairSimilarity(a: OwnTemplate, b: OwnTemplate, samples: number, params: SimilarityParams): number {
  const on = [...new Set([...a.channels, ...b.channels])];
  const shared = a.channels.length + b.channels.length - on.length;
  if (shared === 0 && params.support !== 'dense') return 0;
  const place = new Map(on.map((channel, i) => [channel, i]));
  const channels = on.length;
  const templates = new Float32Array(2 * samples * channels);
  const channelsOf = [a, b].map(({ channels: own, data }, i) => {
    const columns = Int32Array.from(own, (channel) => place.get(channel)!);
    for (let s = 0; s < samples; s++)
      for (let k = 0; k < columns.length; k++)
        templates[(i * samples + s) * channels + columns[k]!] = data[s * columns.length + k]!;
    return columns;
  });
  return templateSimilarity({ ...params, templates, units: 2, samples, channels, channelsOf })[1]!;
}
