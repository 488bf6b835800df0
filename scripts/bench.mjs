import { setup } from './setup.mjs';

/** `npm run bench [name] [-- --json FILE]`: how fast, as ratios within one run. */
export async function main(args) {
  setup('core');
  const { runHarness } = await import('./harness.mjs'); // needs the packages
  return await runHarness('bench', args);
}
