import { expect, test, vi } from 'vitest';
import type { Api } from '../../core/shared/api.ts';
import type { PreviewArgs } from '../../core/shared/preview.ts';
import { toyLook } from '../views/toyLooks.ts';
import type { Ask } from '../views/view.ts';
import type { Cached } from './asked.ts';
import { Cache } from './cache.ts';
import { PreviewAsked } from './previewAsked.ts';
import { toyClient } from './toyPort.ts';

/** Looks that are answered when told; what was asked and what was stopped, by where they start. */
function desk() {
  const asked: number[] = [];
  const stopped: number[] = [];
  const release: (() => void)[] = [];
  const client = toyClient<Api>({
    async *preview({ startS }: PreviewArgs, signal: AbortSignal) {
      asked.push(startS);
      signal.addEventListener('abort', () => stopped.push(startS));
      await new Promise<void>((resolve) => {
        release.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
      return { ...toyLook().result, startFrame: startS };
    },
  });
  const changed = vi.fn();
  const slot = new PreviewAsked(client, new Cache<Cached>(1e6), changed);
  const answerOne = () => release.shift()?.();
  const shown = () => (slot.answer?.method === 'preview' ? slot.answer.result.startFrame : undefined);
  return { slot, asked, stopped, answerOne, shown };
}

const look = (startS: number): Ask => ({
  method: 'preview',
  args: { steps: [], segment: 0, startS, endS: 9, order: 'depth', tiles: true },
  version: '',
});

test('while something is dragged answers keep coming: the one on its way, then the newest', async () => {
  const { slot, asked, stopped, answerOne, shown } = desk();
  for (const at of [1, 2, 3, 4]) slot.ask(look(at));
  await vi.waitFor(() => expect(asked).toEqual([1]));
  answerOne();
  await vi.waitFor(() => expect(shown()).toBe(1));
  expect(slot.waiting).toBe(true);
  await vi.waitFor(() => expect(asked).toEqual([1, 4]));
  answerOne();
  await vi.waitFor(() => expect(shown()).toBe(4));
  expect([slot.waiting, stopped]).toEqual([false, []]);
});

test('one that takes long gives way', async () => {
  const { slot, asked, stopped } = desk();
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  slot.ask(look(1));
  await vi.waitFor(() => expect(asked).toEqual([1]));
  now.mockReturnValue(1000);
  slot.ask(look(2));
  await vi.waitFor(() => expect(asked).toEqual([1, 2]));
  expect(stopped).toEqual([1]);
  now.mockRestore();
});

test('what is known is there at once, and what was on its way is not waited for', async () => {
  const { slot, asked, answerOne, shown } = desk();
  slot.ask(look(1));
  await vi.waitFor(() => expect(asked).toEqual([1]));
  answerOne();
  await vi.waitFor(() => expect(shown()).toBe(1));
  slot.ask(look(2));
  slot.ask(look(1));
  expect([shown(), slot.waiting]).toEqual([1, false]);
});
