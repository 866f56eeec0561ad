import { readFileSync } from 'node:fs';

import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The SDK as one ES module, as the server serves it at /sdk/calling.js. */
export default defineConfig({
  define: { __SDK_VERSION__: JSON.stringify(version) },
  build: {
    outDir: 'dist/sdk',
    target: 'es2022',
    sourcemap: true,
    lib: { entry: 'sdk/index.ts', formats: ['es'], fileName: () => 'calling.js' },
  },
});
