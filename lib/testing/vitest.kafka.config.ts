/** Tests of the queue on a real broker: `npm run test:kafka`. One file at a time, each with a broker of its own. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

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
    fileParallelism: false,
    globalSetup: ['lib/testing/template-database.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
