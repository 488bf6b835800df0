import type { Api, TraceTile, UnitWaveforms } from '../../core/shared/api.ts';
import { isAbort } from '../../core/shared/errors.ts';
import type { Client } from '../../core/shared/rpc.ts';
import type { Answer, Ask, Data, Query } from '../views/view.ts';
import type { Cache } from './cache.ts';

type Slot = {
  key: string;
  answer?: Answer;
  /** Running; its answer will replace the old one. */
  asking?: AbortController;
  error?: Error;
};

/**
 * Keeps the answers to what a view needs. A new question cancels the one before of the same name; its old answer
 * stays until the new one is there. Answers are shared by all views through the cache.
 */
export class Asker {
  private readonly slots = new Map<string, Slot>();
  private readonly client: Client<Api>;
  private readonly cache: Cache<Answer>;
  private readonly onChange: () => void;

  constructor(client: Client<Api>, cache: Cache<Answer>, onChange: () => void) {
    this.client = client;
    this.cache = cache;
    this.onChange = onChange;
  }

  /** Asks what is not there yet and forgets what is not needed any more. */
  update(query: Query): void {
    for (const [name, slot] of this.slots)
      if (!Object.hasOwn(query, name)) {
        slot.asking?.abort();
        this.slots.delete(name);
      }
    for (const [name, ask] of Object.entries(query)) this.ask(name, ask);
  }

  get answers(): Data {
    const data: Record<string, Answer> = {};
    for (const [name, { answer }] of this.slots) if (answer) data[name] = answer;
    return data;
  }

  /** Something asked is not there yet. */
  get waiting(): boolean {
    return [...this.slots.values()].some(({ asking }) => asking !== undefined);
  }

  get error(): Error | undefined {
    return [...this.slots.values()].find(({ error }) => error)?.error;
  }

  dispose(): void {
    for (const { asking } of this.slots.values()) asking?.abort();
    this.slots.clear();
  }

  private ask(name: string, ask: Ask): void {
    const key = JSON.stringify([ask.method, ask.args, ask.version]);
    const slot: Slot = this.slots.get(name) ?? { key: '' };
    if (slot.key === key) return;
    this.slots.set(name, slot);
    slot.asking?.abort();
    slot.asking = undefined;
    slot.error = undefined;
    slot.key = key;
    const known = this.cache.get(key);
    if (known) {
      slot.answer = known;
      return;
    }
    const asking = new AbortController();
    slot.asking = asking;
    const settle = (change: Partial<Slot>) => {
      if (slot.asking !== asking) return; // another question has taken its place
      Object.assign(slot, change, { asking: undefined });
      this.onChange();
    };
    fetchAnswer(this.client, ask, asking.signal).then(
      (answer) => {
        this.cache.set(key, answer);
        settle({ answer });
      },
      (error: unknown) =>
        settle(isAbort(error) ? {} : { error: error instanceof Error ? error : new Error(String(error)) }),
    );
  }
}

async function fetchAnswer(client: Client<Api>, ask: Ask, signal: AbortSignal): Promise<Answer> {
  // Written out, so that each method keeps its own types together.
  const { version: _version, ...asked } = ask;
  switch (asked.method) {
    case 'traces': {
      const items: TraceTile[] = [];
      const onItem = (tile: TraceTile) => items.push(tile);
      return { ...asked, items, result: await client.call('traces', asked.args, { signal, onItem }) };
    }
    case 'waveforms': {
      const items: UnitWaveforms[] = [];
      const onItem = (waves: UnitWaveforms) => items.push(waves);
      return { ...asked, items, result: await client.call('waveforms', asked.args, { signal, onItem }) };
    }
    case 'spikes':
      return { ...asked, items: [], result: await client.call('spikes', asked.args, { signal }) };
    case 'correlograms':
      return { ...asked, items: [], result: await client.call('correlograms', asked.args, { signal }) };
    case 'places':
      return { ...asked, items: [], result: await client.call('places', asked.args, { signal }) };
    case 'units':
      return { ...asked, items: [], result: await client.call('units', asked.args, { signal }) };
  }
}
