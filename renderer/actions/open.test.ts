import { expect, test } from 'vitest';
import type { Inspection } from '../../core/shared/api.ts';
import { choicesOf } from './open.ts';

test('what was found is offered: the session first, then recordings, then sortings', () => {
  const found: Inspection = {
    path: '/data',
    session: '/data/session.json',
    recordings: [
      { label: 'SpikeGLX imec0.ap', spec: { format: 'spikeglx', paths: ['/data/a.bin'], params: {} }, asks: [] },
    ],
    sortings: [{ format: 'phy', label: 'phy', path: '/data/phy' }],
  };
  expect(choicesOf(found).map(({ label, args }) => [label, args.kind])).toEqual([
    ['Session', 'session'],
    ['SpikeGLX imec0.ap', 'recording'],
    ['phy', 'sorting'],
  ]);
  expect(choicesOf({ path: '/data', recordings: [], sortings: [] })).toEqual([]);
});
