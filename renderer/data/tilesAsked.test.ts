import { expect, test, vi } from 'vitest';
import type { Api, TracesArgs, TraceTile } from '../../core/shared/api.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { Ask } from '../views/view.ts';
import type { Cached } from './asked.ts';
import { Cache } from './cache.ts';
import { TilesAsked } from './tilesAsked.ts';
import { toyClient } from './toyPort.ts';

const IN_SEGMENT = 50;

function tile(number: number, more: Partial<TraceTile> = {}): TraceTile {
  return {
    tile: number,
    firstRow: 0,
    channels: Int32Array.of(0),
    columns: 1,
    minMax: new Int16Array(2),
    scale: 1,
    unit: 'raw',
    sampled: 1,
    ...more,
  };
}

/** A call of the page, answered tile by tile as the test tells. */
interface Running {
  readonly range: readonly [number, number];
  cancelled: boolean;
  give(...tiles: TraceTile[]): void;
  /** All that are asked for and lie in the segment, exact. */
  finish(): void;
  fail(error: Error): void;
}

function desk(cache = new Cache<Cached>(1e6)) {
  const calls: Running[] = [];
  const client = toyClient<Api>({
    async *traces({ firstTile, endTile }: TracesArgs, signal: AbortSignal) {
      const waiting: (TraceTile | 'end' | Error)[] = [];
      let stir = () => {};
      const put = (...what: (TraceTile | 'end' | Error)[]) => {
        waiting.push(...what);
        stir();
      };
      const call: Running = {
        range: [firstTile, endTile],
        cancelled: false,
        give: (...tiles) => put(...tiles),
        finish: () => {
          for (let i = firstTile; i < Math.min(endTile, IN_SEGMENT); i++) put(tile(i));
          put('end');
        },
        fail: (error) => put(error),
      };
      signal.addEventListener('abort', () => {
        call.cancelled = true;
        stir();
      });
      calls.push(call);
      for (;;) {
        while (waiting.length > 0) {
          const next = waiting.shift()!;
          if (next === 'end') return;
          if (next instanceof Error) throw next;
          yield next;
        }
        if (signal.aborted) return;
        await new Promise<void>((resolve) => {
          stir = resolve;
        });
      }
    },
  });
  const changed = vi.fn();
  return { asked: new TilesAsked(client, cache, changed), calls, changed, cache };
}

function window(firstTile: number, endTile: number, more: Partial<TracesArgs> = {}, version = ''): Ask {
  const args: TracesArgs = { node: 0, segment: 0, order: 'depth', framesAColumn: 4, firstTile, endTile, ...more };
  return { method: 'traces', args, version };
}

const shown = ({ answer }: TilesAsked) =>
  answer?.method === 'traces' ? answer.items.map(({ tile, sampled }) => (sampled < 1 ? -tile : tile)) : undefined;

const ranges = (calls: readonly Running[]) => calls.map(({ range }) => range);

test('only tiles that are not there yet are asked for, stretch by stretch', async () => {
  const { asked, calls } = desk();
  asked.ask(window(10, 13));
  await vi.waitFor(() => expect(ranges(calls)).toEqual([[10, 13]]));
  calls[0]!.finish();
  await vi.waitFor(() => expect(shown(asked)).toEqual([10, 11, 12]));
  asked.ask(window(8, 15));
  await vi.waitFor(() =>
    expect(ranges(calls).slice(1)).toEqual([
      [8, 10],
      [13, 15],
    ]),
  );
  expect(asked.waiting).toBe(true);
  calls[1]!.finish();
  calls[2]!.finish();
  await vi.waitFor(() => expect(shown(asked)).toEqual([8, 9, 10, 11, 12, 13, 14]));
  asked.ask(window(9, 12));
  expect(shown(asked)).toEqual([9, 10, 11]); // at once
  expect(asked.waiting).toBe(false);
  expect(calls).toHaveLength(3);
});

test('another grid, order, node or version has other tiles', async () => {
  const { asked, calls } = desk();
  for (const [ask, all] of [
    [window(1, 2), 1],
    [window(1, 2, { framesAColumn: 8 }), 2],
    [window(1, 2, { order: 'number' }), 3],
    [window(1, 2, { node: 1 }), 4],
    [window(1, 2, {}, 'changed'), 5],
    [window(1, 2), 5],
  ] as const) {
    asked.ask(ask);
    await vi.waitFor(() => expect(calls).toHaveLength(all));
    calls.at(-1)!.finish();
    await vi.waitFor(() => expect(asked.waiting).toBe(false));
  }
});

test('the old answer stays until all tiles of the new window are there', async () => {
  const { asked, calls, changed } = desk();
  asked.ask(window(1, 3));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  calls[0]!.finish();
  await vi.waitFor(() => expect(shown(asked)).toEqual([1, 2]));
  asked.ask(window(2, 5));
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  const told = changed.mock.calls.length;
  calls[1]!.give(tile(3));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(shown(asked)).toEqual([1, 2]);
  expect(changed).toHaveBeenCalledTimes(told);
  calls[1]!.give(tile(4));
  await vi.waitFor(() => expect(shown(asked)).toEqual([2, 3, 4]));
});

test('sampled tiles are shown when all are there, replaced by exact ones and never kept as such', async () => {
  const { asked, calls, changed, cache } = desk();
  asked.ask(window(1, 4));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  const call = calls[0]!;
  call.give(tile(1, { sampled: 0.1 }), tile(2, { sampled: 0.1 }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(shown(asked)).toBeUndefined();
  call.give(tile(3, { sampled: 0.1 }));
  await vi.waitFor(() => expect(shown(asked)).toEqual([-1, -2, -3]));
  expect([asked.partial, asked.waiting]).toEqual([true, false]);

  call.give(tile(1, { secondsLeft: 7 }));
  await vi.waitFor(() => expect(shown(asked)).toEqual([1, -2, -3]));
  const items = asked.answer?.method === 'traces' ? asked.answer.items : [];
  expect(items.map(({ secondsLeft }) => secondsLeft)).toEqual([undefined, 7, 7]);

  const other = desk(cache);
  other.asked.ask(window(1, 4));
  await vi.waitFor(() => expect(ranges(other.calls)).toEqual([[2, 4]]));

  const told = changed.mock.calls.length;
  call.give(tile(2), tile(3));
  await vi.waitFor(() => expect(shown(asked)).toEqual([1, 2, 3]));
  expect(asked.partial).toBe(false);
  expect(changed.mock.calls.length - told).toBeLessThanOrEqual(2);
});

test('a picture that becomes exact is not drawn again for each tile', async () => {
  const { asked, calls, changed } = desk();
  asked.ask(window(0, 40));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  const all = Array.from({ length: 40 }, (_, i) => i);
  calls[0]!.give(...all.map((i) => tile(i, { sampled: 0.1 })));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  for (const i of all) calls[0]!.give(tile(i));
  await vi.waitFor(() => expect(asked.partial).toBe(false));
  expect(changed.mock.calls.length).toBeLessThanOrEqual(4);
});

test('what is under way for tiles that are still wanted goes on; else it is cancelled', async () => {
  const { asked, calls } = desk();
  asked.ask(window(10, 20));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  asked.ask(window(12, 22)); // moved a little
  await vi.waitFor(() =>
    expect(ranges(calls)).toEqual([
      [10, 20],
      [20, 22],
    ]),
  );
  expect(calls[0]!.cancelled).toBe(false);
  asked.ask(window(18, 28)); // two of the ten left
  await vi.waitFor(() => expect(calls[0]!.cancelled).toBe(true));
  await vi.waitFor(() =>
    expect(ranges(calls).slice(2)).toEqual([
      [18, 20],
      [22, 28],
    ]),
  );
  asked.ask(window(9, 14, { framesAColumn: 8 })); // zoomed
  await vi.waitFor(() => expect(calls.slice(0, 4).every(({ cancelled }) => cancelled)).toBe(true));
  asked.dispose();
  await vi.waitFor(() => expect(calls.every(({ cancelled }) => cancelled)).toBe(true));
  expect(asked.error).toBeUndefined();
});

test('a tile of many rows is there with its last rows', async () => {
  const { asked, calls } = desk();
  asked.ask(window(3, 4));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  calls[0]!.give(tile(3, { numRows: 2 }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(shown(asked)).toBeUndefined();
  calls[0]!.give(tile(3, { numRows: 2, firstRow: 1 }));
  await vi.waitFor(() => expect(shown(asked)).toEqual([3, 3]));
});

test('beyond the end of the segment there is nothing to wait for', async () => {
  const { asked, calls } = desk();
  asked.ask(window(IN_SEGMENT - 1, IN_SEGMENT + 2));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  calls[0]!.finish();
  await vi.waitFor(() => expect(shown(asked)).toEqual([IN_SEGMENT - 1]));
  expect([asked.waiting, asked.partial]).toEqual([false, false]);
});

test('a failure is told, what is shown stays', async () => {
  const { asked, calls } = desk();
  asked.ask(window(1, 2));
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  calls[0]!.finish();
  await vi.waitFor(() => expect(shown(asked)).toEqual([1]));
  asked.ask(window(2, 3));
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  calls[1]!.fail(new UserError('the drive is gone'));
  await vi.waitFor(() => expect(asked.error?.message).toBe('the drive is gone'));
  expect(shown(asked)).toEqual([1]);
  expect(asked.waiting).toBe(false);
});
