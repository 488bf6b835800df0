import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,electron,renderer,e2e,scripts}/**/*.test.{ts,tsx,mjs}'],
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
  },
});
