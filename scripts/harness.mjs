import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../build.mjs';
import { failure, root, run } from './processes.mjs';

/** Bundles e2e/NAME/main.ts beside the workers it starts and runs it with plain Node; its exit code is ours. */
export async function runHarness(name, args) {
  const entry = `e2e/${name}/main.ts`;
  if (!existsSync(join(root, entry))) throw failure(`${entry} is missing`);
  await bundle(entry, `dist/${name}.mjs`);
  return await run(process.execPath, ['--enable-source-maps', join(root, `dist/${name}.mjs`), ...args]);
}
