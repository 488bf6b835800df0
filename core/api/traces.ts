import { TileSource } from '../compute/tileSource.ts';
import type { Api } from '../shared/api.ts';
import type { Desk } from './desk.ts';
import { nodeSpec } from './nodeSpec.ts';

/** Traces of any node, as tiles. */
export function traces(desk: Desk): Pick<Api, 'traces'> {
  const source = new TileSource(desk.options.compute);
  return {
    async *traces({ node, ...tiles }, signal) {
      // What a step learns is kept: a window that is not wanted any more does not stop the learning.
      const spec = await nodeSpec(desk, node, new AbortController().signal);
      yield* source.tiles(spec, tiles, signal);
    },
  };
}
