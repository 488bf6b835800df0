import { type Client, connect, type Methods, type Port, serve } from '../../core/shared/rpc.ts';

/** The two ends of a port in one thread, as a real one cloning and answering later. For tests. */
function toyPort(): [Port, Port] {
  const handlers: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): Port => ({
    post: (message) =>
      queueMicrotask(() => {
        for (const handler of handlers[1 - own] ?? []) handler(structuredClone(message));
      }),
    onMessage: (handler) => void handlers[own]?.push(handler),
  });
  return [end(0), end(1)];
}

/** A client of these methods over such a port. */
export function toyClient<M>(methods: Methods): Client<M> {
  const [here, there] = toyPort();
  serve(there, methods);
  return connect<M>(here);
}
