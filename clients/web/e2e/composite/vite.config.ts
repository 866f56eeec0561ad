import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

/** The page with the composite, with our SDK as it is shipped in the place of the original. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  logLevel: 'error',
  resolve: {
    alias: [
      {
        find: '@azure/communication-calling',
        replacement: fileURLToPath(new URL('../../dist/sdk/calling.js', import.meta.url)),
        customResolver: undefined,
      },
    ],
    dedupe: ['react', 'react-dom'],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    chunkSizeWarningLimit: 50_000,
  },
});
