import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The demo page as the server serves it at /demo. It uses the SDK as shipped, from the same server, so that what the page
 * proves is the shipped file.
 */
export default defineConfig({
  root: 'demo',
  base: '/demo/',
  publicDir: false,
  plugins: [
    react(),
    {
      name: 'sdk-as-shipped',
      enforce: 'pre',
      resolveId: (id) =>
        id === '@vaxel/calling' ? { id: '/sdk/calling.js', external: 'absolute' } : null,
    },
  ],
  build: { outDir: '../dist/demo', emptyOutDir: true, target: 'es2022', sourcemap: true },
});
