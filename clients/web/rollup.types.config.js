import { dts } from 'rollup-plugin-dts';

/** The SDK's type declarations as one file beside the module. */
export default {
  input: 'sdk/index.ts',
  output: { file: 'dist/sdk/calling.d.ts', format: 'es' },
  plugins: [dts({ tsconfig: 'tsconfig.json' })],
};
