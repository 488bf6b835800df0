import { root, run } from './processes.mjs';
import { setup } from './setup.mjs';

/** `npx spikedesk …`: the command line from a checkout, in the folder it was called from. */
export async function main(args) {
  setup('core', { quiet: true });
  return await run(process.execPath, [`${root}/dist/cli.mjs`, ...args], { cwd: process.cwd() });
}
