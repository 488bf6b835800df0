import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asOrdinaryUser } from './ordinaryUser.mjs';
import { setup } from './setup.mjs';

/** `npm run e2e [name]`: the journeys in e2e/*.spec.ts on the built app. */
export async function main(args) {
  setup('all');
  return await asOrdinaryUser(async (stage) => {
    const report = join(stage.output, 'report.json');
    const playwright = join(stage.app, 'node_modules/playwright/cli.js');
    const code = await stage.exec([playwright, 'test', '--config', join(stage.app, 'e2e'), ...args], {
      SPIKEDESK_APP: stage.app,
      SPIKEDESK_ELECTRON: stage.electron,
      SPIKEDESK_OUTPUT: stage.output,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    const { passed, failed } = counts(report);
    console.log(`${passed} passed, ${failed} failed`);
    return code || (failed > 0 ? 1 : 0);
  });
}

/** A run that broke off before it wrote its report counts as one failure. */
function counts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
