import { expect, test } from 'vitest';
import type { ChannelVerdict } from '../../../core/shared/badChannels.ts';
import { overruledWith, shownVerdicts } from './verdicts.ts';

const verdict = (channelId: string, label: ChannelVerdict['label']): ChannelVerdict => ({
  channelId,
  label,
  reason: '',
  figures: [],
});
const found = [verdict('a', 'good'), verdict('b', 'dead'), verdict('c', 'good')];

test('a verdict that is turned around is kept; turned back, the recipe says nothing of it', () => {
  const rows = shownVerdicts(found, null);
  expect(rows.map(({ bad }) => bad)).toEqual([false, true, false]);
  const ids = overruledWith(rows, 'a')!;
  expect(ids).toEqual(['a', 'b']);
  const after = shownVerdicts(found, [...ids]);
  expect(after.map(({ bad, overruled }) => [bad, overruled])).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ]);
  expect(overruledWith(after, 'a')).toBe(undefined);
  expect(overruledWith(rows, 'b')).toEqual([]);
});
