import { expect, test, vi } from 'vitest';
import type { Api, CorrelogramsArgs, TracesArgs, TraceTile } from '../../core/shared/api.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { Answer, Ask } from '../views/view.ts';
import { Cache } from './cache.ts';
import { Asker } from './query.ts';
import { toyClient } from './toyPort.ts';

const tile: TraceTile = {
  firstRow: 0,
  channels: Int32Array.of(0),
  columns: 1,
  minMax: new Int16Array(2),
  scale: 1,
  unit: 'raw',
};

/** Traces that are answered when told; what was asked and what was cancelled. */
function desk() {
  const asked: number[] = [];
  const cancelled: number[] = [];
  const release: (() => void)[] = [];
  const client = toyClient<Api>({
    async *traces({ startFrame }: TracesArgs, signal: AbortSignal) {
      asked.push(startFrame);
      signal.addEventListener('abort', () => cancelled.push(startFrame));
      await new Promise<void>((resolve) => {
        release.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
      yield { ...tile, firstRow: startFrame };
    },
    // biome-ignore lint/correctness/useYield: it fails at once
    async *correlograms({ unitIds }: CorrelogramsArgs) {
      throw new UserError(`no unit ${unitIds[0]}`);
    },
  });
  const changed = vi.fn();
  const asker = new Asker(client, new Cache<Answer>(1e6), changed);
  const releaseAll = () => {
    for (const go of release.splice(0)) go();
  };
  return { asker, asked, cancelled, changed, releaseAll };
}

function traces(startFrame: number, version = ''): Ask {
  return {
    method: 'traces',
    args: { node: 0, segment: 0, startFrame, endFrame: startFrame + 10, columns: 10 },
    version,
  };
}

function firstRow(asker: Asker): number | undefined {
  const found = asker.answers.traces;
  return found?.method === 'traces' ? found.items[0]?.firstRow : undefined;
}

test('asks once, collects the items, tells when they are there', async () => {
  const { asker, asked, changed, releaseAll } = desk();
  asker.update({ traces: traces(5) });
  asker.update({ traces: traces(5) });
  expect(asker.waiting).toBe(true);
  await vi.waitFor(() => expect(asked).toEqual([5]));
  releaseAll();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(firstRow(asker)).toBe(5);
  expect(asker.waiting).toBe(false);
});

test('a new question cancels the one before, whose answer never shows', async () => {
  const { asker, asked, cancelled, releaseAll } = desk();
  asker.update({ traces: traces(1) });
  await vi.waitFor(() => expect(asked).toEqual([1]));
  asker.update({ traces: traces(2) });
  await vi.waitFor(() => expect(cancelled).toEqual([1]));
  expect(firstRow(asker)).toBeUndefined();
  releaseAll();
  await vi.waitFor(() => expect(firstRow(asker)).toBe(2));
});

test('the old answer stays until the new one is there; a known one is there at once', async () => {
  const { asker, asked, releaseAll } = desk();
  asker.update({ traces: traces(1) });
  await vi.waitFor(() => expect(asked).toEqual([1]));
  releaseAll();
  await vi.waitFor(() => expect(firstRow(asker)).toBe(1));
  asker.update({ traces: traces(2) });
  expect(firstRow(asker)).toBe(1);
  expect(asker.waiting).toBe(true);
  asker.update({ traces: traces(1) });
  expect(asker.waiting).toBe(false);
  expect(firstRow(asker)).toBe(1);
  asker.update({ traces: traces(1, 'other session') });
  expect(asker.waiting).toBe(true);
});

test('what is not needed any more is cancelled and forgotten', async () => {
  const { asker, asked, cancelled } = desk();
  asker.update({ traces: traces(1) });
  await vi.waitFor(() => expect(asked).toEqual([1]));
  asker.update({});
  await vi.waitFor(() => expect(cancelled).toEqual([1]));
  expect(asker.waiting).toBe(false);
  expect(asker.error).toBeUndefined();
});

test('a failure is kept until something else is asked', async () => {
  const { asker } = desk();
  const ask = (unitId: number): Ask => ({
    method: 'correlograms',
    args: { unitIds: [unitId], windowMs: 50, binMs: 1 },
    version: '',
  });
  asker.update({ counts: ask(3) });
  await vi.waitFor(() => expect(asker.error?.message).toBe('no unit 3'));
  expect(asker.error).toBeInstanceOf(UserError);
  asker.update({ counts: ask(4) });
  expect(asker.error).toBeUndefined();
  asker.dispose();
});
