import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { handbook } from './handbook.ts';

// `npx vitest run core/api -u` writes it anew.
test('docs/steps.md says what the lists say', async () => {
  await expect(handbook(catalogue('0.0.0'))).toMatchFileSnapshot('../../docs/steps.md');
});

test('every entry and every parameter says what it is for', () => {
  const { version: _, presets, ...lists } = catalogue('0.0.0');
  for (const { label, help } of presets) expect(label && help.length > 20, label).toBe(true);
  const silent: string[] = [];
  for (const [list, entries] of Object.entries(lists))
    for (const { name, label, help, schema } of entries) {
      if (!label || help.length < 20) silent.push(`${list} ${name}`);
      const fields = (schema as { properties?: Record<string, { description?: string }> }).properties ?? {};
      for (const [field, { description }] of Object.entries(fields))
        if (!description || description.length < 8) silent.push(`${list} ${name} ${field}`);
    }
  expect(silent).toEqual([]);
});
