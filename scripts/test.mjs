import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './processes.mjs';
import { setup } from './setup.mjs';

/** `npm test [folder or name]`: the unit tests, after whatever set-up they need. */
export async function main(args) {
  setup('core'); // some start worker threads, which are bundles
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-test-'));
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(process.execPath, [vitest, 'run', ...reporters, ...args]);
  const { passed, failed } = counts(report);
  rmSync(folder, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed`);
  return code || (failed > 0 ? 1 : 0);
}

/** A file that could not even be loaded counts as one failure, as does a run without a report. */
function counts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloadable = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloadable.length };
}
