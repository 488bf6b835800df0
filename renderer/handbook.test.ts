import { expect, test } from 'vitest';
import { schemaParams } from '../core/shared/schemaParams.ts';
import { handbook } from './handbook.ts';
import { initialOptions, schemaOf } from './state/panels.ts';
import { views } from './views/index.ts';

// `npx vitest run renderer/handbook.test.ts -u` writes it anew.
test('docs/views.md says what the views say', async () => {
  await expect(handbook()).toMatchFileSnapshot('../docs/views.md');
});

test('every view and every option says what it is for, and has a default', () => {
  const silent = views.flatMap((view) => {
    const options = view.with((one): unknown => initialOptions(one));
    expect(typeof options === 'object' && options !== null).toBe(true);
    const params = schemaParams(view.with(schemaOf)).flatMap(([name, { description, moment }]) =>
      moment === true || (typeof description === 'string' && description.length > 7) ? [] : [`${view.name} ${name}`],
    );
    return [...(view.label && view.help.length > 30 ? [] : [view.name]), ...params];
  });
  expect(silent).toEqual([]);
});

test('names of views are words that a panel can be named after', () => {
  const names = views.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[A-Za-z]+$/);
});
