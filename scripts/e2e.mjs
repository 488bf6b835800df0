import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';
import { setup } from './setup.mjs';
import { withStage } from './stage.mjs';

/** `npm run e2e [name]`: the journeys in e2e/*.spec.ts on the built app. */
export async function main(args) {
  setup('all');
  return await withStage(async ({ app, output, exec, env }) => {
    const report = join(output, 'report.json');
    const playwright = join(app, 'node_modules/playwright/cli.js');
    const code = await exec([process.execPath, playwright, 'test', '--config', join(app, 'e2e'), ...args], {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
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

/** A run that broke off before it wrote its report counts as one failure. */
function counts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
