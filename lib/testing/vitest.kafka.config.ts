/** Tests of the queue on real brokers: `npm run test:kafka`. Two files at a time, each with brokers of its own: they wait more than they work. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import './own-temporary-folder'

const root = fileURLToPath(new URL('../..', import.meta.url))

export default defineConfig({
  root,
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    name: 'kafka',
    // The logger reads the settings of the process, which has no database: every test has its own.
    env: {
      TZ: 'Asia/Kathmandu',
      LOG_LEVEL: process.env.KAFKA_TEST_LOG ?? 'silent',
      DATABASE_URL: 'postgresql://localhost/none',
    },
    include: ['lib/**/*.kafka.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['lib/testing/template-database.ts'],
    testTimeout: 150_000,
    // As the other tests with processes.
    retry: process.env.CI ? 1 : 0,
    hookTimeout: 120_000,
  },
})
