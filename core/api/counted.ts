import type { Quiet } from '../compute/quiet.ts';
import type { Api } from '../shared/api.ts';
import type { AnyMethod } from '../shared/rpc.ts';

/** `api` whose calls interrupt what is done ahead of time; `watch` waits for changes, not for an answer. */
export function counted(api: Api, quiet: Quiet): Api {
  const all = Object.entries<AnyMethod>({ ...api }).map(([name, method]): [string, AnyMethod] => [
    name,
    name === 'watch' ? method : quiet.counted(method),
  ]);
  return Object.fromEntries(all) as unknown as Api;
}
