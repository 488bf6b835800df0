import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';
import { setup } from './setup.mjs';
import { withStage } from './stage.mjs';

/** `npm run screenshots [name …]`: pictures of the built app into screenshots/, taken by e2e/screenshots.ts. */
export async function main(names) {
  setup('all');
  const { bundle } = await import('../build.mjs');
  await bundle('e2e/screenshots.ts', 'dist/screenshots.mjs', { packages: 'external' });
  return await withStage(async ({ app, output, exec, env }) => {
    const code = await exec([process.execPath, join(app, 'dist/screenshots.mjs'), ...names], env);
    if (names.length === 0) rmSync(join(root, 'screenshots'), { recursive: true, force: true });
    if (existsSync(output)) cpSync(output, join(root, 'screenshots'), { recursive: true });
    console.log('The pictures lie in screenshots/');
    return code;
  });
}
