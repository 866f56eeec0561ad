import { defineConfig } from 'vitest/config';

/** Tests in real browsers, one at a time: they share two cores and the sound of one machine. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
