import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from './processes.mjs';
import { setup } from './setup.mjs';
import { withStage } from './stage.mjs';

/** `npm run e2e [name]`: the journeys in e2e/*.spec.ts on the built app; `--update`: makes the golden pictures anew; `--full`: the long form. */
export async function main(given) {
  const update = given.includes('--update');
  const full = given.includes('--full');
  const args = given.filter((arg) => arg !== '--update' && arg !== '--full');
  setup('all');
  return await withStage(async ({ app, folder, output, exec, env }) => {
    const report = join(output, 'report.json');
    const playwright = join(app, 'node_modules/playwright/cli.js');
    const code = await exec([process.execPath, playwright, 'test', '--config', join(app, 'e2e'), ...args], {
      ...env,
      ...phyExample(folder),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      ...(update && { SPIKEDESK_UPDATE: 'yes' }),
      ...(full && { SPIKEDESK_FULL: 'yes' }),
    });
    if (update && existsSync(join(output, 'golden')))
      cpSync(join(output, 'golden'), join(root, 'e2e/golden'), { recursive: true });
    const { passed, failed } = counts(report);
    const kept = join(root, 'test-results');
    rmSync(kept, { recursive: true, force: true });
    if (failed > 0) {
      cpSync(output, kept, { recursive: true });
      console.log('What is known of the failures lies in test-results/');
    }
    console.log(`${passed} passed, ${failed} failed`);
    return code || (failed > 0 ? 1 : 0);
  });
}

/** A real Kilosort output, where the data beside this project is at hand. */
function phyExample(folder) {
  const archive = join(root, '../shared/data.tar.xz');
  const name = 'data/phy-kilosort-example0';
  if (!existsSync(archive) || capture('tar', ['xf', archive, '-C', folder, name]).code !== 0) return {};
  capture('chmod', ['-R', 'a+rX', join(folder, 'data')]);
  return { SPIKEDESK_PHY_EXAMPLE: join(folder, name, 'phy_example_0') };
}

/** A run that broke off before it wrote its report counts as one failure. */
function counts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
