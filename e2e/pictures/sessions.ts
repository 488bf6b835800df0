import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { appFolder } from '../desk.ts';
import { wants } from './camera.ts';

/** In the order they are looked at. */
const ALL = [4, 64, 384].flatMap((channels) => [10, 150, 1000].map((units) => `${channels}-${units}`));
/** Of a former run: where to take them from instead of making them. */
const given = process.env.SPIKEDESK_SESSIONS;

interface Sessions {
  /** The folder of one, named CHANNELS-UNITS, once it is made. */
  ready(name: string): Promise<string>;
  end(): void;
}

/** Begins to make the sessions whose pictures are wanted, in a process of its own, while others are taken. */
export function makeSessions(folder: string): Sessions {
  if (given) return { ready: async (name) => join(given, name), end: () => undefined };
  const names = ALL.filter((name) => wants(`curate-${name}`) || wants(`view-${name}`));
  const child = fork(join(appFolder, 'dist/makeSized.mjs'), [appFolder, folder, ...names]);
  const made = new Set<string>();
  child.on('message', (name) => made.add(String(name)));
  const ended = once(child, 'exit');
  return {
    async ready(name) {
      while (!made.has(name)) {
        const what = await Promise.race([once(child, 'message'), ended.then(() => 'ended')]);
        if (what === 'ended' && !made.has(name)) throw new Error(`the session ${name} could not be made`);
      }
      return join(folder, name);
    },
    end: () => child.kill(),
  };
}
