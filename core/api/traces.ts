import { join } from 'node:path';
import type { Quiet } from '../compute/quiet.ts';
import { TileSource } from '../compute/tileSource.ts';
import type { Api } from '../shared/api.ts';
import type { Desk } from './desk.ts';
import { nodeSpec } from './nodeSpec.ts';

/** Traces of any node, as tiles. Coarse ones are kept in the user's data folder. */
export function traces(desk: Desk, quiet: Quiet): { readonly traces: Api['traces']; close(): Promise<void> } {
  const { compute, dataFolder } = desk.options;
  const source = new TileSource({
    compute,
    quiet,
    root: join(dataFolder, 'tiles'),
    onFull: (error) =>
      desk.tell(`Overviews of traces are not kept on the disk: ${error instanceof Error ? error.message : error}.`),
  });
  return {
    async *traces({ node, ...tiles }, signal) {
      // What a step learns is kept: a window that is not wanted any more does not stop the learning.
      const spec = await nodeSpec(desk, node, new AbortController().signal);
      yield* source.tiles(spec, tiles, signal);
    },
    close: () => source.close(),
  };
}
