import type { Api } from '../../core/shared/api.ts';
import type { Client, ItemOf } from '../../core/shared/rpc.ts';
import type { Answer, Ask } from '../views/view.ts';

/** Traces come tile by tile: tilesAsked.ts. */
type WholeAsk = Exclude<Ask, { readonly method: 'traces' }>;

/** Asks once and collects all. */
export async function fetchAnswer(client: Client<Api>, ask: WholeAsk, signal: AbortSignal): Promise<Answer> {
  // Written out, so that each method keeps its own types together.
  const { version: _version, ...asked } = ask;
  switch (asked.method) {
    case 'waveforms': {
      const { items, onItem } = collected<'waveforms'>();
      return { ...asked, items, result: await client.call('waveforms', asked.args, { signal, onItem }) };
    }
    case 'amplitudes': {
      const { items, onItem } = collected<'amplitudes'>();
      return { ...asked, items, result: await client.call('amplitudes', asked.args, { signal, onItem }) };
    }
    case 'preview': {
      const { items, onItem } = collected<'preview'>();
      return { ...asked, items, result: await client.call('preview', asked.args, { signal, onItem }) };
    }
    case 'spikes':
      return { ...asked, items: [], result: await client.call('spikes', asked.args, { signal }) };
    case 'correlograms':
      return { ...asked, items: [], result: await client.call('correlograms', asked.args, { signal }) };
    case 'isi':
      return { ...asked, items: [], result: await client.call('isi', asked.args, { signal }) };
    case 'rates':
      return { ...asked, items: [], result: await client.call('rates', asked.args, { signal }) };
    case 'places':
      return { ...asked, items: [], result: await client.call('places', asked.args, { signal }) };
    case 'units':
      return { ...asked, items: [], result: await client.call('units', asked.args, { signal }) };
    case 'similar':
      return { ...asked, items: [], result: await client.call('similar', asked.args, { signal }) };
    case 'activity':
      return { ...asked, items: [], result: await client.call('activity', asked.args, { signal }) };
    case 'sparsity':
      return { ...asked, items: [], result: await client.call('sparsity', asked.args, { signal }) };
  }
}

function collected<K extends keyof Api>(): { items: ItemOf<Api[K]>[]; onItem: (item: ItemOf<Api[K]>) => void } {
  const items: ItemOf<Api[K]>[] = [];
  return { items, onItem: (item) => items.push(item) };
}
