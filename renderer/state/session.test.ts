import { beforeEach, expect, test } from 'vitest';
import { toySession } from '../views/toyState.ts';
import { secondsLeft } from './jobs.ts';
import { useSession } from './session.ts';

beforeEach(() => useSession.getState().close());

test('an older state that comes late is left aside', () => {
  const { receive } = useSession.getState();
  receive(toySession({ version: 5 }));
  receive(toySession({ version: 4 }));
  expect(useSession.getState().session?.version).toBe(5);
  receive(toySession({ version: 6 }));
  expect(useSession.getState().session?.version).toBe(6);
});

test('another session counts from its own start', () => {
  const { receive } = useSession.getState();
  receive(toySession({ version: 5 }));
  receive(toySession({ version: 1, folder: '/data/other' }));
  expect(useSession.getState().session?.folder).toBe('/data/other');
});

test('time left follows from the pace so far', () => {
  const job = { label: '', startedAt: 0, progress: { stage: '', done: 10, of: 40 } };
  expect(secondsLeft(job, 20_000)).toBe(60);
  expect(secondsLeft(job, 500)).toBeUndefined();
  expect(secondsLeft({ label: '', startedAt: 0 }, 20_000)).toBeUndefined();
});
