import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Compute, RunOptions } from '../shared/compute.ts';
import { abortError } from '../shared/errors.ts';
import { type Client, connect, type Methods, type Port } from '../shared/rpc.ts';
import { runPass } from './pass.ts';

export interface Pool extends Compute {
  close(): Promise<void>;
}

/** One worker thread and what it is busy with: at most one background and one visible job at a time. */
interface Hand {
  worker: Worker;
  client: Client<Methods>;
  readonly busy: { visible: boolean; background: boolean };
}

interface Task {
  readonly job: string;
  readonly args: unknown;
  readonly options: RunOptions<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  onStart?: () => void;
}

type Queue = 'visible' | 'background';

/**
 * One worker a core. A visible job starts at once on a worker that shows nothing yet, even if a background job runs
 * there (they interleave where the background job breathes); background jobs wait for a worker of their own.
 * `worker`: the bundled core/compute/worker.ts. `behind`: the process's own threads come first, those of a window.
 */
export function openPool(options: { readonly worker: URL; readonly size?: number; readonly behind?: boolean }): Pool {
  const size = options.size ?? Math.max(1, availableParallelism());
  const hands = Array.from({ length: size }, () => hire(options.worker));
  const waiting: Record<Queue, Task[]> = { visible: [], background: [] };
  const slots = new Map<string, AbortController>();
  let closed = false;

  function pump(queue: Queue): void {
    for (let i = 0; i < waiting[queue].length; ) {
      const task = waiting[queue][i]!;
      const hand = freeHand(queue, task.options);
      if (hand) {
        waiting[queue].splice(i, 1);
        void start(queue, task, hand);
      } else i++;
    }
  }

  function freeHand(queue: Queue, { worker, amongLast = size }: RunOptions<unknown>): Hand | undefined {
    if (worker !== undefined) return hands[worker % size]!.busy[queue] ? undefined : hands[worker % size];
    const free = hands.slice(-amongLast).filter((hand) => !hand.busy[queue]);
    return free.find((hand) => !hand.busy.background && !hand.busy.visible) ?? free[0];
  }

  async function start(queue: Queue, task: Task, hand: Hand): Promise<void> {
    const { signal, onItem, transfer } = task.options;
    hand.busy[queue] = true;
    task.onStart?.();
    try {
      task.resolve(
        await hand.client.call(task.job, task.args as never, {
          ...(signal && { signal }),
          ...(transfer && { transfer }),
          ...(onItem && { onItem }),
        }),
      );
    } catch (error) {
      task.reject(error);
    } finally {
      hand.busy[queue] = false;
      if (!closed) pump(queue);
    }
  }

  function newWorker(url: URL): Worker {
    return new Worker(url, { workerData: { behind: options.behind === true } });
  }

  function hire(url: URL): Hand {
    const worker = newWorker(url);
    const hand: Hand = { worker, client: connect(portOf(worker)), busy: { visible: false, background: false } };
    // A dead worker fails its own calls (through the port's close) and is replaced.
    worker.once('exit', () => {
      if (closed) return;
      const next = newWorker(url);
      hand.worker = next;
      hand.client = connect(portOf(next));
    });
    return hand;
  }

  const pool: Pool = {
    size,
    run<Args, Item, Result>(job: string, args: Args, given: RunOptions<Item> = {}): Promise<Result> {
      if (closed) return Promise.reject(new Error('the workers are closed'));
      const queue = given.queue ?? 'background';
      let signal = given.signal;
      if (given.slot) {
        slots.get(given.slot)?.abort(abortError());
        const controller = new AbortController();
        slots.set(given.slot, controller);
        signal = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
      }
      return new Promise<Result>((resolve, reject) => {
        const task: Task = {
          job,
          args,
          options: { ...given, ...(signal && { signal }) } as RunOptions<unknown>,
          resolve: resolve as (value: unknown) => void,
          reject,
        };
        if (signal?.aborted) return reject(abortError());
        // A job cancelled while it waits never starts.
        const forget = () => {
          const at = waiting[queue].indexOf(task);
          if (at < 0) return;
          waiting[queue].splice(at, 1);
          reject(abortError());
        };
        signal?.addEventListener('abort', forget, { once: true });
        task.onStart = () => signal?.removeEventListener('abort', forget);
        waiting[queue].push(task);
        pump(queue);
      });
    },
    pass: (args, signal) => runPass(pool, args, signal),
    async close() {
      closed = true;
      await Promise.all(hands.map((hand) => hand.worker.terminate()));
    },
  };
  return pool;
}

function portOf(worker: Worker): Port {
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (handler) => worker.on('message', handler),
    onClose: (handler) => {
      worker.once('error', handler);
      worker.once('exit', handler);
    },
  };
}
