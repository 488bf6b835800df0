import type { Api } from '../../core/shared/api.ts';
import type { Desktop } from '../../core/shared/desktop.ts';
import type { Client } from '../../core/shared/rpc.ts';
import type { Cached } from '../data/asked.ts';
import type { Cache } from '../data/cache.ts';
import type { Surface } from '../gl/surface.ts';

/** What lives as long as the page and is no state: passed to whoever needs it. */
export interface Services {
  readonly client: Client<Api>;
  readonly desktop: Desktop;
  readonly cache: Cache<Cached>;
  readonly surface: Surface;
}
