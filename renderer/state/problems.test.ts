import { beforeEach, expect, test } from 'vitest';
import { abortError, UserError } from '../../core/shared/errors.ts';
import { problemText, useProblems } from './problems.ts';

beforeEach(() => useProblems.getState().clear());
const told = () => useProblems.getState().problems;

test('an expected failure is shown as it is said, with what to do', () => {
  useProblems.getState().tell(new UserError('no .meta beside x.bin', { hint: 'Copy both.', path: '/data/x.bin' }));
  expect(told()).toEqual([
    { id: 1, message: 'no .meta beside x.bin', hint: 'Copy both.', path: '/data/x.bin', unexpected: false },
  ]);
  expect(problemText(told()[0]!)).toBe('no .meta beside x.bin\nCopy both.\n/data/x.bin');
});

test('anything else is a bug and says so; its details can be copied', () => {
  useProblems.getState().tell(new TypeError('x is undefined'));
  const [problem] = told();
  expect(problem).toMatchObject({ unexpected: true });
  expect(problem?.message).toContain('x is undefined');
  expect(problem && problemText(problem)).toContain('problems.test.ts');
});

test('what was cancelled is no problem', () => {
  useProblems.getState().tell(abortError());
  expect(told()).toEqual([]);
});

test('the same again replaces the first; no more than three are kept', () => {
  for (const message of ['a', 'b', 'b', 'c', 'd']) useProblems.getState().tell(new UserError(message));
  expect(told().map(({ message }) => message)).toEqual(['b', 'c', 'd']);
  useProblems.getState().dismiss(told()[0]!.id);
  expect(told().map(({ message }) => message)).toEqual(['c', 'd']);
});
