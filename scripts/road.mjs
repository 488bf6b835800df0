import { setup } from './setup.mjs';

/** `npm run road [name]`: the road without a window on real data, bad input, interruptions; against phylib and SpikeInterface. */
export async function main(args) {
  setup('core');
  const { runHarness } = await import('./harness.mjs'); // needs the packages
  return await runHarness('road', args);
}
