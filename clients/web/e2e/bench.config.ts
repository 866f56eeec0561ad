import { defineConfig } from 'vitest/config';

/** Measurements with real browsers; figures, no assertions about time. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.bench.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
