import { setup } from './setup.mjs';

/** `npm run conformance [area] [-- --json FILE]`: our numbers against the golden ones of SpikeInterface. */
export async function main(args) {
  setup('core');
  const { runHarness } = await import('./harness.mjs'); // needs the packages
  return await runHarness('conformance', args);
}
