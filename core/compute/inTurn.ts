import { relay } from './relay.ts';

/**
 * Runs `pieces` in order, `atOnce` at a time, and yields what they give as it comes. The first failure ends all; so
 * does the end of the iteration. Pieces are taken when their turn comes: other work gets between them.
 */
export async function* inTurn<Piece, Item>(
  pieces: Iterable<Piece>,
  atOnce: number,
  run: (piece: Piece, push: (item: Item) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<Item, void> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const items = relay<Item>();
  const rest = pieces[Symbol.iterator]();
  const takeTurns = async () => {
    for (let step = rest.next(); !step.done; step = rest.next()) await run(step.value, items.push, either);
  };
  Promise.all(Array.from({ length: atOnce }, takeTurns)).then(items.end, items.fail);
  try {
    yield* items.values();
  } finally {
    ended.abort();
  }
}
