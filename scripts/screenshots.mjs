import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from './processes.mjs';
import { setup } from './setup.mjs';
import { withStage } from './stage.mjs';

/**
 * `npm run screenshots [name …]`: pictures of the built app into screenshots/, taken by e2e/screenshots.ts; with names,
 * those whose names begin so.
 */
export async function main(names) {
  setup('all');
  const { bundle } = await import('../build.mjs');
  await bundle('e2e/screenshots.ts', 'dist/screenshots.mjs', { external: ['playwright'] });
  await bundle('e2e/pictures/makeSized.ts', 'dist/makeSized.mjs');
  return await withStage(async ({ app, folder, output, exec, env }) => {
    const sessions = process.env.SPIKEDESK_SESSIONS; // of a former run, to save the time of making them
    const made = sessions && { SPIKEDESK_SESSIONS: copied(sessions, join(folder, 'sessions')) };
    const code = await exec([process.execPath, join(app, 'dist/screenshots.mjs'), ...names], { ...env, ...made });
    if (names.length === 0) rmSync(join(root, 'screenshots'), { recursive: true, force: true });
    if (existsSync(output)) cpSync(output, join(root, 'screenshots'), { recursive: true });
    console.log('The pictures lie in screenshots/');
    return code;
  });
}

/** A copy that is the ordinary user's. */
function copied(from, to) {
  cpSync(from, to, { recursive: true });
  capture('chmod', ['-R', 'a+rwX', to]);
  return to;
}
