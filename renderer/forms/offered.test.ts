import { expect, test } from 'vitest';
import { z } from '../../core/shared/zod.ts';
import { fieldsOf } from './fields.ts';
import { offered } from './offered.ts';

test('a param with choices becomes one of them, others stay as they are', () => {
  const schema = JSON.parse(
    JSON.stringify(z.toJSONSchema(z.object({ metric: z.string().default('snr'), bins: z.number() }), { io: 'input' })),
  );
  const fields = fieldsOf(offered(schema, { metric: [{ value: 'snr' }, { value: 'depth' }], other: [{ value: 1 }] }));
  expect(fields.map(({ name, input }) => [name, input.kind])).toEqual([
    ['metric', 'choice'],
    ['bins', 'number'],
  ]);
  expect(fields[0]?.input).toMatchObject({ options: ['snr', 'depth'] });
  expect(fields[0]?.default).toBe('snr');
});
