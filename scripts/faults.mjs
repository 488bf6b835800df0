import { setup } from './setup.mjs';

/** `npm run faults [name] [-- --full] [-- --json FILE]`: kills, full disks and bad input; short unless --full. */
export async function main(args) {
  setup('core');
  const { runHarness } = await import('./harness.mjs'); // needs the packages
  return await runHarness('faults', args);
}
