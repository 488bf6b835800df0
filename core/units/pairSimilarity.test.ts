import { expect, test } from 'vitest';
import { templateSimilarity } from '../analyzer/similarity.ts';
import { random } from '../shared/random.ts';
import { pairSimilarity } from './pairSimilarity.ts';

test('two templates on their own channels are as alike as in the dense table', () => {
  const [samples, channels] = [12, 6];
  const draw = random(2);
  const channelsOf = [
    [0, 1, 2],
    [1, 2, 3],
    [4, 5],
    [2, 3],
  ].map((own) => Int32Array.from(own));
  const templates = new Float32Array(4 * samples * channels);
  const own = channelsOf.map((on, unit) => {
    const data = Float32Array.from({ length: samples * on.length }, () => draw.gaussian());
    for (let s = 0; s < samples; s++)
      for (const [k, channel] of on.entries())
        templates[(unit * samples + s) * channels + channel] = data[s * on.length + k]!;
    return { channels: on, data };
  });
  for (const method of ['cosine', 'l1', 'l2'] as const)
    for (const support of ['union', 'intersection', 'dense'] as const) {
      const params = { method, support, maxLag: 2 };
      const dense = templateSimilarity({ ...params, templates, units: 4, samples, channels, channelsOf });
      for (let i = 0; i < 4; i++)
        for (let j = i; j < 4; j++)
          expect(pairSimilarity(own[i]!, own[j]!, samples, params)).toBeCloseTo(dense[4 * i + j]!, 6);
    }
});
