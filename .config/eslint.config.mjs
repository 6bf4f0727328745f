import next from 'eslint-config-next/core-web-vitals'
import typescript from 'eslint-config-next/typescript'

export default [
  {
    ignores: [
      'node_modules/**',
      '.next*/**',
      '.build/**',
      '.data*/**',
      'lib/generated/**',
      'next-env.d.ts',
      'e2e/results/**',
      'e2e/report/**',
    ],
  },
  ...next,
  ...typescript,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error', // one log line per event, through the logger
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['next.config.js', '**/*.config.*'], rules: { 'import/no-anonymous-default-export': 'off' } },
  {
    // Programs that talk to the person at a terminal.
    files: ['**/*.mjs', 'prisma/seed.ts', 'lib/auth/bootstrap.ts', '**/*.bench.ts', 'e2e/**', 'lib/testing/**'],
    rules: { 'no-console': 'off' },
  },
]
