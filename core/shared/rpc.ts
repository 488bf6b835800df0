import { abortError, fromWire, toWire, type WireError } from './errors.ts';

/** One thing that can be called over a port: yields items, returns a result, stops when its signal aborts. */
export type Method<Args, Item, Result> = (args: Args, signal: AbortSignal) => AsyncGenerator<Item, Result>;

// biome-ignore lint/suspicious/noExplicitAny: the one place where methods of every type meet
export type AnyMethod = Method<any, any, any>;
export type Methods = Readonly<Record<string, AnyMethod>>;
export type ArgsOf<M> = M extends Method<infer Args, infer _Item, infer _Result> ? Args : never;
export type ItemOf<M> = M extends Method<infer _Args, infer Item, infer _Result> ? Item : never;
export type ResultOf<M> = M extends Method<infer _Args, infer _Item, infer Result> ? Result : never;

/** What both hops look like: a DOM MessagePort, a MessagePortMain and a worker's port are each wrapped into this. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(handler: (message: unknown) => void): void;
  onClose?(handler: () => void): void;
}

type Call = { readonly id: number; readonly call: string; readonly args: unknown };
type Cancel = { readonly id: number; readonly cancel: true };
type Reply =
  | { readonly id: number; readonly item: unknown }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: WireError };

const TRANSFER = Symbol('transfer');

/** Marks the buffers of `value` as given away: the worker port transfers them, other ports copy. */
export function withTransfer<T extends object>(value: T, buffers: readonly ArrayBuffer[]): T {
  Object.defineProperty(value, TRANSFER, { value: buffers, enumerable: false });
  return value;
}

function transferOf(value: unknown): readonly ArrayBuffer[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { [TRANSFER]?: readonly ArrayBuffer[] })[TRANSFER];
}

/** Answer calls that arrive on `port` with `methods`. Returns a function that cancels everything still running. */
export function serve(port: Port, methods: Methods): () => void {
  const running = new Map<number, AbortController>();
  port.onMessage((message) => {
    if (!isCall(message)) {
      if (isCancel(message)) running.get(message.id)?.abort(abortError());
      return;
    }
    const { id, call, args } = message;
    const method = Object.hasOwn(methods, call) ? methods[call] : undefined;
    if (!method || running.has(id)) {
      port.post({ id, error: toWire(new Error(method ? `call ${id} is already running` : `no method "${call}"`)) });
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    void answer(port, id, method, args, controller.signal).finally(() => running.delete(id));
  });
  const cancelAll = () => {
    for (const controller of running.values()) controller.abort(abortError());
  };
  port.onClose?.(cancelAll);
  return cancelAll;
}

async function answer(port: Port, id: number, method: AnyMethod, args: unknown, signal: AbortSignal): Promise<void> {
  try {
    const run = method(args, signal);
    let step = await run.next();
    while (!step.done) {
      port.post({ id, item: step.value }, transferOf(step.value));
      step = signal.aborted ? await run.throw(abortError()) : await run.next();
    }
    port.post({ id, result: step.value }, transferOf(step.value));
  } catch (error) {
    port.post({ id, error: toWire(signal.aborted ? abortError() : error) });
  }
}

export interface CallOptions<Item> {
  readonly signal?: AbortSignal;
  readonly onItem?: (item: Item) => void;
  readonly transfer?: readonly ArrayBuffer[];
}

export interface Client<M> {
  call<K extends keyof M & string>(
    method: K,
    args: ArgsOf<M[K]>,
    options?: CallOptions<ItemOf<M[K]>>,
  ): Promise<ResultOf<M[K]>>;
}

/** The calling end of `port`, typed by the methods served at the other. */
export function connect<M>(port: Port): Client<M> {
  type Waiting = {
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: Error) => void;
    readonly onItem?: ((item: unknown) => void) | undefined;
  };
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  port.onMessage((message) => {
    if (!isReply(message)) return;
    const call = waiting.get(message.id);
    if (!call) return;
    if ('item' in message) return call.onItem?.(message.item);
    waiting.delete(message.id);
    if ('error' in message) call.reject(fromWire(message.error));
    else call.resolve(message.result);
  });
  port.onClose?.(() => {
    for (const call of waiting.values()) call.reject(new Error('the other side of the port is gone'));
    waiting.clear();
  });
  return {
    call(method, args, options = {}) {
      const { signal, onItem, transfer } = options;
      if (signal?.aborted) return Promise.reject(abortError());
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const cancel = () => port.post({ id, cancel: true });
        const settle = () => signal?.removeEventListener('abort', cancel);
        waiting.set(id, {
          resolve: (value) => {
            settle();
            resolve(value as ResultOf<M[typeof method]>);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
          onItem: onItem as ((item: unknown) => void) | undefined,
        });
        signal?.addEventListener('abort', cancel, { once: true });
        port.post({ id, call: method, args }, transfer);
      });
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
function isCall(value: unknown): value is Call {
  return isObject(value) && typeof value.id === 'number' && typeof value.call === 'string';
}
function isCancel(value: unknown): value is Cancel {
  return isObject(value) && typeof value.id === 'number' && value.cancel === true;
}
function isReply(value: unknown): value is Reply {
  return isObject(value) && typeof value.id === 'number' && ('item' in value || 'result' in value || 'error' in value);
}
