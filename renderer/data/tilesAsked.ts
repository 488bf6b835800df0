import type { Api, TraceTile } from '../../core/shared/api.ts';
import { isAbort } from '../../core/shared/errors.ts';
import type { Client } from '../../core/shared/rpc.ts';
import type { Answer, Ask } from '../views/view.ts';
import { type Asked, type Cached, keyOf, toError } from './asked.ts';
import type { Cache } from './cache.ts';
import { gridOf, isExact, TileCache, TileParts, type WholeTile } from './tileCache.ts';

type TracesAsk = Extract<Ask, { readonly method: 'traces' }>;

/** A call that runs, and the tiles it still owes. */
interface Call {
  readonly owes: Set<number>;
  readonly stop: AbortController;
}

/** A picture that becomes exact is drawn again at most this often, ms. */
const REDRAW_MS = 100;

/**
 * A window of traces: only the tiles that are not in the cache are asked for. The answer changes when every tile is
 * there, be it as a sample; then again as the exact ones come. A window that moved on keeps what is under way and is
 * still wanted.
 */
export class TilesAsked implements Asked {
  answer: Answer | undefined;
  error: Error | undefined;
  partial = false;
  #ask: TracesAsk | undefined;
  #key = '';
  #grid = '';
  #answered = '';
  #secondsLeft: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the wanted tiles; none for one beyond the end of the segment. */
  #exact = new Map<number, WholeTile>();
  #sampled = new Map<number, WholeTile>();
  readonly #calls = new Set<Call>();
  readonly #client: Client<Api>;
  readonly #tiles: TileCache;
  readonly #onChange: () => void;

  constructor(client: Client<Api>, cache: Cache<Cached>, onChange: () => void) {
    this.#client = client;
    this.#tiles = new TileCache(cache);
    this.#onChange = onChange;
  }

  get waiting(): boolean {
    return this.#answered !== this.#key && this.#calls.size > 0;
  }

  dispose(): void {
    for (const call of this.#calls) this.#cancel(call);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  ask(ask: Ask): void {
    if (ask.method !== 'traces') throw new Error('only traces have tiles');
    const key = keyOf(ask);
    if (key === this.#key) return;
    const grid = gridOf(ask.args, ask.version);
    const moved = grid === this.#grid;
    Object.assign(this, { error: undefined, partial: false });
    this.#ask = ask;
    this.#key = key;
    this.#grid = grid;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wanted = wantedBy(ask);
    const before = moved ? this.#exact : new Map<number, WholeTile>();
    this.#exact = new Map();
    for (const tile of wanted) {
      const known = before.get(tile) ?? this.#tiles.get(grid, tile);
      if (known) this.#exact.set(tile, known);
    }
    if (!moved) this.#secondsLeft = undefined;
    this.#sampled = new Map(moved ? [...this.#sampled].filter(([tile]) => wanted.includes(tile)) : []);
    for (const call of this.#calls) if (!moved || mostlyUnwanted(call, wanted)) this.#cancel(call);
    const underWay = new Set([...this.#calls].flatMap(({ owes }) => [...owes]));
    for (const range of ranges(wanted.filter((tile) => !this.#exact.has(tile) && !underWay.has(tile))))
      this.#call(ask, range);
    this.#settle(false);
  }

  #call(ask: TracesAsk, [firstTile, endTile]: readonly [number, number]): void {
    const stop = new AbortController();
    const owes = new Set(Array.from({ length: endTile - firstTile }, (_, i) => firstTile + i));
    const call: Call = { owes, stop };
    const grid = this.#grid;
    const parts = new TileParts();
    this.#calls.add(call);
    const onItem = (part: TraceTile) => {
      const whole = parts.add(part);
      if (whole && isExact(part)) this.#tiles.set(grid, part.tile, whole);
      if (!this.#calls.has(call)) return;
      this.#secondsLeft = part.secondsLeft;
      if (!whole) return;
      if (isExact(part)) this.#arrived(call, part.tile, whole);
      else this.#sampled.set(part.tile, whole);
      this.#settle(true);
    };
    const end = (error?: unknown) => {
      if (!this.#calls.delete(call)) return;
      if (error === undefined) for (const tile of call.owes) this.#arrived(call, tile, []);
      else if (!isAbort(error)) this.error = toError(error);
      if (error === undefined) this.#settle(true);
      else this.#onChange();
    };
    this.#client
      .call('traces', { ...ask.args, firstTile, endTile }, { signal: stop.signal, onItem })
      .then(() => end(), end);
  }

  #arrived(call: Call, tile: number, whole: WholeTile): void {
    call.owes.delete(tile);
    this.#sampled.delete(tile);
    if (this.#ask && wantedBy(this.#ask).includes(tile)) this.#exact.set(tile, whole);
  }

  #cancel(call: Call): void {
    this.#calls.delete(call);
    call.stop.abort();
  }

  /** Makes the answer if every tile is there. `tell`: the view does not ask just now. */
  #settle(tell: boolean): void {
    const ask = this.#ask;
    if (!ask) return;
    const wanted = wantedBy(ask);
    if (!wanted.every((tile) => this.#exact.has(tile) || this.#sampled.has(tile))) return;
    const exact = wanted.every((tile) => this.#exact.has(tile));
    const first = this.#answered !== this.#key;
    if (!first && !exact) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#make(ask, wanted, true);
      }, REDRAW_MS);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#make(ask, wanted, tell);
  }

  #make({ version: _version, ...asked }: TracesAsk, wanted: readonly number[], tell: boolean): void {
    const secondsLeft = this.#secondsLeft;
    const items = wanted.flatMap((tile) => {
      const exact = this.#exact.get(tile);
      if (exact) return exact;
      const sampled = this.#sampled.get(tile) ?? [];
      return secondsLeft === undefined ? sampled : sampled.map((part) => ({ ...part, secondsLeft }));
    });
    this.answer = { ...asked, items, result: undefined };
    this.partial = wanted.some((tile) => !this.#exact.has(tile));
    this.#answered = this.#key;
    if (tell) this.#onChange();
  }
}

function wantedBy({ args: { firstTile, endTile } }: TracesAsk): number[] {
  return Array.from({ length: Math.max(0, endTile - firstTile) }, (_, i) => firstTile + i);
}

function mostlyUnwanted({ owes }: Call, wanted: readonly number[]): boolean {
  const still = [...owes].filter((tile) => wanted.includes(tile)).length;
  return 2 * still < owes.size || still === 0;
}

/** Numbers in order as stretches without a gap. */
function ranges(tiles: readonly number[]): (readonly [number, number])[] {
  const out: [number, number][] = [];
  for (const tile of tiles) {
    const last = out.at(-1);
    if (last?.[1] === tile) last[1] = tile + 1;
    else out.push([tile, tile + 1]);
  }
  return out;
}
