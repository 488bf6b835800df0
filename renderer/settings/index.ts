import type { Api } from '../../core/shared/api.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { Client } from '../../core/shared/rpc.ts';
import { useProblems } from '../state/problems.ts';
import type { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { layouts } from './layouts.ts';
import { presets } from './presets.ts';
import { tables } from './tables.ts';
import { theme } from './theme.ts';

/** Everything of this window that is kept. */
const ALL: readonly Kept[] = [theme, layouts, keys, tables, presets];
/** Changes that come one after the other (a border being dragged) are written once, after this long, ms. */
const CALM = 250;

/** Brings back what was kept, and from then on keeps what changes. */
export async function rememberSettings(client: Client<Api>, all: readonly Kept[] = ALL): Promise<void> {
  const { tell } = useProblems.getState();
  const saved = await client.call('settings', undefined).catch((error: unknown) => {
    tell(error);
    return {};
  });
  for (const kept of all) {
    const value = Object.entries(saved).find(([name]) => name === kept.name)?.[1];
    if (value !== undefined && !kept.restore(value)) tell(damaged(kept));
    keep(kept, client);
  }
}

function keep(kept: Kept, client: Client<Api>): void {
  let written = JSON.stringify(kept.read());
  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    const value = kept.read();
    const text = JSON.stringify(value);
    if (text === written) return;
    written = text;
    client.call('keepSetting', { name: kept.name, value }).catch(useProblems.getState().tell);
  };
  kept.watch(() => {
    clearTimeout(timer);
    timer = window.setTimeout(write, CALM);
  });
  window.addEventListener('pagehide', write);
}

function damaged({ what }: Kept): UserError {
  return new UserError(`Not all of ${what} could be read from the settings; the rest is as at first.`, {
    hint: 'The file of the settings was changed or damaged. It is put right with your next change.',
  });
}
