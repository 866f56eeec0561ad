import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'e2e/output/',
      'sdk/generated/',
      'test/types/generated/',
      'e2e/composite/',
      'node_modules/',
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            'eslint.config.js',
            'rollup.types.config.js',
            'test/types/check.js',
          ],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: { eqeqeq: 'error', 'no-console': 'error' },
  },
  {
    files: ['demo/**/*.tsx'],
    plugins: { 'jsx-a11y': jsxA11y, 'react-hooks': reactHooks },
    rules: { ...jsxA11y.configs.strict.rules, ...reactHooks.configs.recommended.rules },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['test/types/check.js'], languageOptions: { globals: { process: 'readonly' } } },
);
