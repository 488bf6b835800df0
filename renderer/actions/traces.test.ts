import { beforeEach, expect, test } from 'vitest';
import type { Api } from '../../core/shared/api.ts';
import { toyClient } from '../data/toyPort.ts';
import { useFocus } from '../state/focus.ts';
import { useSelection } from '../state/selection.ts';
import { traceActions } from './traces.ts';

/** Unit 7 fires at these frames of segment 0. */
const train = [100, 520, 560, 900];

const actions = traceActions({
  client: toyClient<Api>({
    async *nextSpike({ unitIds, frame, direction }: Parameters<Api['nextSpike']>[0]) {
      const [unitId] = unitIds;
      const found = direction === 'next' ? train.find((f) => f > frame) : train.findLast((f) => f < frame);
      return found === undefined || unitId !== 7 ? undefined : { unitId, segment: 0, frame: found };
    },
  }),
});
const frame = () => useFocus.getState().focus.time?.frame;

beforeEach(() => {
  useFocus.getState().forget();
  useFocus.getState().setWindow({ segment: 0, startFrame: 500, endFrame: 600 });
  useSelection.getState().select([7, 1]);
});

test('the search begins in the middle of the window, then goes on from spike to spike', async () => {
  await actions.goToSpike('next');
  expect(frame()).toBe(560);
  await actions.goToSpike('previous');
  expect(frame()).toBe(520);
});

test('keys pressed fast go on one by one', async () => {
  await Promise.all([actions.goToSpike('next'), actions.goToSpike('previous'), actions.goToSpike('previous')]);
  expect(frame()).toBe(100);
});

test('a time picked long ago is not where one looks now', async () => {
  useFocus.getState().pick({ time: { segment: 0, frame: 900 } });
  await actions.goToSpike('next');
  expect(frame()).toBe(560);
});

test('after the last spike, and without a unit, the cursor stays', async () => {
  useFocus.getState().setWindow({ segment: 0, startFrame: 950, endFrame: 1000 });
  await actions.goToSpike('next');
  expect(frame()).toBeUndefined();
  useSelection.getState().select([]);
  await actions.goToSpike('previous');
  expect(frame()).toBeUndefined();
});
