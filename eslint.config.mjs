import tseslint from 'typescript-eslint';

const moneyRules = [
  {
    selector:
      "CallExpression[callee.object.name='Math'][callee.property.name=/^(round|floor|ceil|trunc)$/] > Identifier[name=/[cC]ents$/]",
    message: 'Rounding belongs to kernel/money.ts.',
  },
  {
    selector: 'BinaryExpression[operator=/^[-+*\\u002f%]$/] > Identifier[name=/[cC]ents$/]',
    message: 'Arithmetic on cents belongs to kernel/money.ts: use Money.',
  },
  {
    selector:
      'BinaryExpression[operator=/^[-+*\\u002f%]$/] > MemberExpression > Identifier.property[name=/[cC]ents$/]',
    message: 'Arithmetic on cents belongs to kernel/money.ts: use Money.',
  },
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Amounts are parsed by kernel/money.ts.' },
  {
    selector: "CallExpression[callee.name='forwardRef']",
    message: 'Calls go down, events go up: raise an event instead.',
  },
];

export default tseslint.config(
  {
    ignores: ['dist/**', 'var/**', 'node_modules/**', 'coverage/**', '**/*.cjs', '**/*.mjs', 'templates/**'],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 6 }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...moneyRules],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'moment', message: 'Use kernel/clock and Intl.' },
            { name: 'axios', message: 'Use fetch.' },
            {
              name: '@nestjs/common',
              importNames: ['forwardRef'],
              message: 'Calls go down, events go up: raise an event instead.',
            },
          ],
        },
      ],
    },
  },
  { files: ['src/kernel/money.ts', 'src/kernel/money.spec.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['test/**/*.ts', 'src/**/*.spec.ts'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['test/bench/**/*.ts', 'src/cli.ts', 'src/main.ts', 'src/worker.ts', 'src/sandbox/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
