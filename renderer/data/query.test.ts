import { expect, test, vi } from 'vitest';
import type { Api, CorrelogramsArgs } from '../../core/shared/api.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { Ask } from '../views/view.ts';
import type { Cached } from './asked.ts';
import { Cache } from './cache.ts';
import { Asker } from './query.ts';
import { toyClient } from './toyPort.ts';

/** Correlograms that are answered when told; what was asked and what was cancelled. */
function desk() {
  const asked: number[] = [];
  const cancelled: number[] = [];
  const release: (() => void)[] = [];
  const client = toyClient<Api>({
    async *correlograms({ unitIds, windowMs, binMs }: CorrelogramsArgs, signal: AbortSignal) {
      const unit = Number(unitIds[0]);
      if (unit < 0) throw new UserError(`no unit ${unit}`);
      asked.push(unit);
      signal.addEventListener('abort', () => cancelled.push(unit));
      await new Promise<void>((resolve) => {
        release.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
      return {
        unitIds,
        windowMs,
        binMs,
        bins: unit,
        counts: new Float64Array(1),
        numSpikes: Int32Array.of(1),
        seconds: 1,
      };
    },
  });
  const changed = vi.fn();
  const asker = new Asker(client, new Cache<Cached>(1e6), changed);
  const releaseAll = () => {
    for (const go of release.splice(0)) go();
  };
  return { asker, asked, cancelled, changed, releaseAll };
}

function counts(unit: number, version = ''): Ask {
  return { method: 'correlograms', args: { unitIds: [unit], windowMs: 50, binMs: 1 }, version };
}

function shown(asker: Asker): number | undefined {
  const found = asker.answers.counts;
  return found?.method === 'correlograms' ? found.result.bins : undefined;
}

test('asks once, tells when the answer is there', async () => {
  const { asker, asked, changed, releaseAll } = desk();
  asker.update({ counts: counts(5) });
  asker.update({ counts: counts(5) });
  expect(asker.waiting).toBe(true);
  await vi.waitFor(() => expect(asked).toEqual([5]));
  releaseAll();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(shown(asker)).toBe(5);
  expect(asker.waiting).toBe(false);
});

test('a new question cancels the one before, whose answer never shows', async () => {
  const { asker, asked, cancelled, releaseAll } = desk();
  asker.update({ counts: counts(1) });
  await vi.waitFor(() => expect(asked).toEqual([1]));
  asker.update({ counts: counts(2) });
  await vi.waitFor(() => expect(cancelled).toEqual([1]));
  expect(shown(asker)).toBeUndefined();
  releaseAll();
  await vi.waitFor(() => expect(shown(asker)).toBe(2));
});

test('the old answer stays until the new one is there; a known one is there at once', async () => {
  const { asker, asked, releaseAll } = desk();
  asker.update({ counts: counts(1) });
  await vi.waitFor(() => expect(asked).toEqual([1]));
  releaseAll();
  await vi.waitFor(() => expect(shown(asker)).toBe(1));
  asker.update({ counts: counts(2) });
  expect(shown(asker)).toBe(1);
  expect(asker.waiting).toBe(true);
  asker.update({ counts: counts(1) });
  expect(asker.waiting).toBe(false);
  expect(shown(asker)).toBe(1);
  asker.update({ counts: counts(1, 'other session') });
  expect(asker.waiting).toBe(true);
});

test('what is not needed any more is cancelled and forgotten', async () => {
  const { asker, asked, cancelled } = desk();
  asker.update({ counts: counts(1) });
  await vi.waitFor(() => expect(asked).toEqual([1]));
  asker.update({});
  await vi.waitFor(() => expect(cancelled).toEqual([1]));
  expect(asker.waiting).toBe(false);
  expect(asker.error).toBeUndefined();
});

test('a failure is kept until something else is asked', async () => {
  const { asker } = desk();
  asker.update({ counts: counts(-3) });
  await vi.waitFor(() => expect(asker.error?.message).toBe('no unit -3'));
  expect(asker.error).toBeInstanceOf(UserError);
  asker.update({ counts: counts(4) });
  expect(asker.error).toBeUndefined();
  asker.dispose();
});
