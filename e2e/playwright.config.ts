import { defineConfig } from 'playwright/test';

const output = process.env.SPIKEDESK_OUTPUT;
if (!output) throw new Error('run this by `npm run e2e`');

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: `${output}/results`,
  workers: 1,
  timeout: 120_000,
  reporter: [['list'], ['json']],
});
