import { expect, test } from 'vitest';
import type { Api } from '../shared/api.ts';
import type { AnyMethod } from '../shared/rpc.ts';
import { checkedArgs } from './checkedArgs.ts';

/** Methods that only note that they were reached. */
function noting() {
  const reached: string[] = [];
  const names = ['inspect', 'open', 'run', 'traces', 'nextSpike', 'keepSetting', 'curate', 'export', 'units', 'edit'];
  const api = Object.fromEntries(
    names.map((name): [string, AnyMethod] => [
      name,
      // biome-ignore lint/correctness/useYield: a method is a generator
      async function* () {
        reached.push(name);
      },
    ]),
  );
  const methods = checkedArgs(api as unknown as Api) as unknown as Record<string, AnyMethod>;
  const call = (name: string, args: unknown) => methods[name]!(args, new AbortController().signal).next();
  return { reached, call };
}

const found = { label: 'x', spec: { format: 'binary', paths: ['/a.bin'], params: { dtype: 'int16' } }, asks: [] };
const right: readonly (readonly [string, unknown])[] = [
  ['inspect', { path: '/a' }],
  ['open', { kind: 'recording', found }],
  ['open', { kind: 'demo', seed: 1 }],
  // as inspect found it, with what else it told
  ['open', { kind: 'sorting', format: 'phy', path: '/a', label: 'phy' }],
  ['run', { stations: ['sort'] }],
  ['traces', { node: 0, segment: 0, order: 'depth', framesAColumn: 1, firstTile: 0, endTile: 3 }],
  ['nextSpike', { unitIds: [1], segment: 0, frame: -1, direction: 'previous' }],
  ['keepSetting', { name: 'layout', value: { left: [null, 1.5, 'x'] } }],
  ['curate', { type: 'merge', unitIds: [1, 'b'] }],
  ['curate', { type: 'undo' }],
  ['export', { name: 'phy', folder: '/out', params: {} }],
  ['units', undefined],
  ['edit', { name: 'x' }],
];

test('what the page sends gets through', async () => {
  const { reached, call } = noting();
  for (const [name, args] of right) await call(name, args);
  expect(reached).toEqual(right.map(([name]) => name));
});

const junk = [
  null,
  0,
  'x',
  [],
  { path: 7 },
  { kind: 'shell' },
  { type: 'merge' },
  { stations: ['rm'] },
  { columns: 1e9 },
];

test('anything else is refused before the method sees it', async () => {
  const { reached, call } = noting();
  for (const name of ['inspect', 'open', 'run', 'traces', 'nextSpike', 'keepSetting', 'curate', 'export'])
    for (const args of [undefined, ...junk]) await expect(call(name, args)).rejects.toThrow(`${name} was called with`);
  await expect(call('units', { path: '/' })).rejects.toThrow();
  expect(reached).toEqual([]);
});
