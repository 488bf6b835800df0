import { beforeEach, expect, test } from 'vitest';
import { toySession } from '../views/toyState.ts';
import { chainDraft, useChain } from './chain.ts';

const step = (name: string) => ({ step: name, params: {}, enabled: true });
const [none, one, two] = [[], [step('whiten')], [step('whiten'), step('common_reference')]];

beforeEach(() => useChain.setState({ draft: undefined, selected: undefined, folder: '', past: [], future: [] }));

test('undo and redo walk through the chains there were; a change forgets what was undone', () => {
  const { changed, back, forward } = useChain.getState();
  changed('/a', none);
  changed('/a', one);
  expect(back('/a', two)).toBe(one);
  expect(back('/a', one)).toBe(none);
  expect(back('/a', none)).toBe(undefined);
  expect(forward('/a', none)).toBe(one);
  changed('/a', one);
  expect(forward('/a', two)).toBe(undefined);
});

test('another session has its own', () => {
  const { changed, back } = useChain.getState();
  changed('/a', one);
  expect(back('/b', two)).toBe(undefined);
  changed('/b', two);
  expect(useChain.getState().past).toEqual([two]);
});

test('views see the draft, and a selection only while the step is there', () => {
  const session = toySession();
  expect(chainDraft(session)).toEqual({ steps: [] });
  useChain.setState({ draft: two, selected: 1 });
  expect(chainDraft(session)).toEqual({ steps: two, selected: 1 });
  expect(chainDraft(session)).toBe(chainDraft(session));
  useChain.setState({ draft: one });
  expect(chainDraft(session)).toEqual({ steps: one });
});
