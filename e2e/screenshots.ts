import { rmSync } from 'node:fs';
import { temporaryHome } from './desk.ts';
import { attempt } from './pictures/attempt.ts';
import { takeDemo } from './pictures/demo.ts';
import { makeSessions } from './pictures/sessions.ts';
import { takePlainPhy, takeSized } from './pictures/sized.ts';

/** Pictures of all that can be seen; with names, only those that begin so. */
async function main(): Promise<void> {
  const folder = temporaryHome();
  const sessions = makeSessions(folder);
  try {
    await attempt('demo', takeDemo);
    await attempt('phy', () => takePlainPhy(folder));
    await takeSized(sessions.ready);
  } finally {
    sessions.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
