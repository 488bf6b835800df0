import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronRuntime } from './electronRuntime.mjs';
import { asOrdinaryUser } from './ordinaryUser.mjs';
import { capture, isRoot, root } from './processes.mjs';
import { ensureWindowLibraries } from './systemLibraries.mjs';

/** Runs `work({app, output, exec, env})` with the built app where an ordinary user can start it; `env` tells e2e where. */
export async function withStage(work) {
  const runtime = await electronRuntime();
  await ensureWindowLibraries(runtime.executable);
  return await asOrdinaryUser(async (user) => {
    // Root's checkout and cache may lie where others cannot enter: copies. Anyone else reads their own.
    const app = isRoot ? copyApp(join(user.folder, 'app')) : root;
    const electronFolder = isRoot ? copyRuntime(runtime.folder, join(user.folder, 'electron')) : runtime.folder;
    const electron = join(electronFolder, runtime.executable.slice(runtime.folder.length + 1));
    return await work({
      ...user,
      app,
      env: { SPIKEDESK_APP: app, SPIKEDESK_ELECTRON: electron, SPIKEDESK_OUTPUT: user.output },
    });
  });
}

function copyApp(to) {
  for (const path of ['package.json', 'dist', 'e2e', 'node_modules/playwright', 'node_modules/playwright-core'])
    if (existsSync(join(root, path))) cpSync(join(root, path), join(to, path), { recursive: true });
  return to;
}

/** 260 MB: hard links where the file system allows them. */
function copyRuntime(from, to) {
  if (capture('cp', ['-al', from, to]).code !== 0) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  capture('chmod', ['-R', 'a+rX', to]);
  return to;
}
