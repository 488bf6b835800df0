import { expect, test } from 'vitest';
import type { RecordingInfo } from '../../core/shared/recording.ts';
import { channelNames } from './channelNames.ts';

function named(channelIds: RecordingInfo['channelIds']): readonly string[] {
  const info: RecordingInfo = {
    samplingFrequency: 1,
    channelIds,
    numFrames: [1],
    tStart: [0],
    dtype: 'int16',
    isFiltered: false,
    properties: {},
    annotations: {},
  };
  return channelNames(info);
}

test('what all names begin with is left out, their numbers stay whole', () => {
  expect(named(['imec0.ap#AP10', 'imec0.ap#AP11', 'imec0.ap#AP100'])).toEqual(['10', '11', '100']);
  expect(named([10, 11, 12])).toEqual(['10', '11', '12']);
});

test('one channel, and names of which one is the start of all, stay as they are', () => {
  expect(named(['CH1'])).toEqual(['CH1']);
  expect(named(['A', 'AB'])).toEqual(['A', 'AB']);
});

test('long names show their end', () => {
  expect(named(['left hippocampus', 'right thalamus'])).toEqual(['…campus', '…alamus']);
});
