import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { curate } from '../../core/shared/curation.ts';
import type { Random } from '../../core/shared/random.ts';
import { launch, outputFolder } from '../desk.ts';
import { ask, killAll } from './curationApp.ts';
import { openIn, type Place, tell } from './curationPlace.ts';
import { type Action, orderIn, straceArgs } from './curationTrace.ts';
import { randomEvent } from './randomEdit.ts';

const ACTIONS = 40;
/** How long strace holds each fdatasync back. */
const HOLD_MS = 20;

/** Actions one after the other under strace: an acknowledgement must leave after the fdatasync of its line. */
export async function traced(place: Place, chance: Random): Promise<void> {
  const desk = await launch(place.home);
  const pid = desk.app.process().pid ?? -1;
  try {
    let curation = await openIn(desk, place, []);
    const act = async (): Promise<Action> => {
      const event = randomEvent(curation, chance);
      const asked = now();
      await ask(desk.page, 'curate', event);
      curation = curate(curation, event);
      return { asked, acknowledged: now() };
    };
    await act(); // the first makes the file, and the lock
    const file = join(outputFolder, 'strace.txt');
    const tracer = spawn('strace', straceArgs(pid, file, HOLD_MS), { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(tracer, 'close');
    await attached(tracer.stderr);
    const actions: Action[] = [];
    for (let i = 0; i < ACTIONS; i++) actions.push(await act());
    tracer.kill('SIGINT');
    await ended;
    const { inOrder, problems } = orderIn(readFileSync(file, 'utf8'), actions, pid);
    for (const problem of problems) tell({ failure: `strace: ${problem}` });
    const held = `each held back ${HOLD_MS} ms`;
    tell({ note: `strace: ${inOrder} of ${ACTIONS} acknowledgements after their fdatasync, ${held}` });
  } finally {
    await killAll(pid);
  }
}

/** Seconds since 1970, as strace -ttt counts. */
const now = () => (performance.timeOrigin + performance.now()) / 1000;

/** Resolves when strace says that it watches. */
function attached(said: Readable): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    said.on('data', (chunk) => {
      text += chunk;
      if (text.includes('attached')) resolve();
    });
    said.on('close', () => reject(new Error(`strace cannot watch the app: ${text}`)));
  });
}
