import type { Pool } from '../compute/pool.ts';
import { Quiet } from '../compute/quiet.ts';
import { relay } from '../compute/relay.ts';
import type { Api, SessionState } from '../shared/api.ts';
import { abortError } from '../shared/errors.ts';
import { answer } from './answer.ts';
import { badChannels } from './badChannels.ts';
import { catalogue } from './catalogue.ts';
import { checkedArgs } from './checkedArgs.ts';
import { counted } from './counted.ts';
import { Desk } from './desk.ts';
import { exporting } from './exports.ts';
import { inspect } from './inspect.ts';
import { learnt } from './learnt.ts';
import { open } from './open.ts';
import { preview } from './preview.ts';
import { readRecents } from './recents.ts';
import { run } from './run.ts';
import { saving } from './save.ts';
import { settingsFile } from './settings.ts';
import { traces } from './traces.ts';
import { views } from './views.ts';

export interface ApiOptions {
  readonly pool: Pick<Pool, 'run' | 'pass' | 'size'>;
  readonly dataFolder: string;
  readonly version: string;
}

/** Everything the window and the command line may ask of core. One session at a time; dispose() at the very end gives it up. */
export function createApi({ pool, dataFolder, version }: ApiOptions): Api & { dispose(): Promise<void> } {
  const desk = new Desk({ compute: pool, dataFolder, version });
  const settings = settingsFile(dataFolder, (notice) => desk.tell(notice));
  const quiet = new Quiet();
  const fitted = learnt(desk);
  const tiles = traces(desk, quiet);
  const close = async () => {
    await tiles.close();
    await desk.close();
  };
  const api: Api = {
    catalogue: answer(() => catalogue(version)),
    recents: answer(() => readRecents(dataFolder)),
    inspect: answer(({ path }) => inspect(path)),
    async *open(args, signal) {
      await tiles.close();
      return yield* open(desk, args, signal);
    },
    async *watch(_, signal) {
      const states = relay<SessionState>();
      const stop = desk.watch(states.push);
      const end = () => states.fail(abortError());
      signal.addEventListener('abort', end, { once: true });
      try {
        if (desk.isOpen) yield desk.state();
        yield* states.values();
      } finally {
        stop();
        signal.removeEventListener('abort', end);
      }
    },
    close: answer(close),
    edit: answer((parts) => desk.edit(parts)),
    run: (args, signal) => run(desk, args, signal),
    curate: answer((event) => desk.curate(event)),
    settings: answer(() => settings.read()),
    keepSetting: answer(({ name, value }) => settings.keep(name, value)),
    traces: tiles.traces,
    preview: preview(desk, fitted),
    badChannels: badChannels(desk, fitted),
    ...views(desk),
    ...exporting(desk),
    save: saving(desk),
  };
  return { ...counted(checkedArgs(api), quiet), dispose: close };
}
