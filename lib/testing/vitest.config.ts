/** The kinds of test below lib: without I/O, with a real PostgreSQL, and with real fonts, Typst and its processes. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import './own-temporary-folder'

const root = fileURLToPath(new URL('../..', import.meta.url))
const outside = ['**/node_modules/**', '.next*/**', '.build/**', '.data*/**', 'e2e/**']

/** As the journeys have: processes, locks and pictures on a machine of others. The runner marks who needed it: "(retry x1)". */
const SECOND_TRY = process.env.CI ? 1 : 0

export default defineConfig({
  root,
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    // An odd zone (+05:45, no whole hours) shows at once where local time slipped in.
    env: { TZ: 'Asia/Kathmandu' },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'render',
          include: ['**/*.render.test.ts'],
          exclude: outside,
          pool: 'forks',
          testTimeout: 60_000,
          retry: SECOND_TRY,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...outside, '**/*.db.test.ts', '**/*.render.test.ts', '**/*.kafka.test.ts'],
          pool: 'threads',
          // They keep nothing of their own between two tests: a module is read once, not once for each file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: outside,
          pool: 'forks',
          globalSetup: ['lib/testing/template-database.ts'],
          isolate: false,
          setupFiles: ['lib/testing/own-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          retry: SECOND_TRY,
        },
      },
    ],
  },
})
