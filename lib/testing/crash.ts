/** What the tests share that kill processes: a database each, worker processes that say where they are, kill -9, and waiting for what must become true. */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import type { Context } from '@/lib/certificates/context'
import { aContext } from './builders'
import { bundle } from './bundle'
import { openTestDatabase } from './database'
import { killed, says } from './worker-child'

const STAND_STILL = pathToFileURL(join(import.meta.dirname, 'stand-still.mjs')).href

/** What a started process is given beside the environment of the tests. */
export interface Starting {
  args?: string[]
  env?: Record<string, string>
  /** Where its log goes; with this test's unless said otherwise. */
  output?: number
  /** Text of an SQL statement: the process stands still once it has run, and says "at sql". */
  afterSql?: string
}

export interface CrashTests {
  /** Of the test that runs. */
  context: Context
  /** A worker that issues and publishes; it stands still at a step of its own, and says so (lib/testing/crash-worker.ts). */
  worker(waitFor: string, stopAt?: string): Promise<ChildProcess>
  /** Starts a bundle as a process that ends with the test. */
  start(file: string, starting?: Starting): ChildProcess
  kill(child: ChildProcess): Promise<void>
  /** Leases end by the database's clock: here those of issuing are over. */
  endLeases(): Promise<unknown>
}

/** Call it once in a test file. `live`: the context has the time of the machine, not the fixed one of the builders. */
export function crashTests({ live = false, url }: { live?: boolean; url?: () => string } = {}): CrashTests {
  const processes = new Set<ChildProcess>()
  let database: Awaited<ReturnType<typeof openTestDatabase>> | undefined
  let workerFile: string

  const tests: CrashTests = {
    context: undefined as unknown as Context,
    async worker(waitFor, stopAt = 'nowhere') {
      const child = tests.start(workerFile, { args: [stopAt] })
      await says(child, waitFor)
      return child
    },
    start(file, { args = [], env = {}, output, afterSql } = {}) {
      const child = fork(file, args, {
        env: { ...environmentOf(tests.context), ...(afterSql ? { STAND_STILL_AFTER: afterSql } : {}), ...env },
        execArgv: afterSql ? ['--import', STAND_STILL] : [],
        stdio: ['ignore', output ?? 'inherit', 'inherit', 'ipc'],
      })
      processes.add(child)
      return child
    },
    async kill(child) {
      processes.delete(child)
      await killed(child)
    },
    endLeases: () =>
      tests.context.db
        .$executeRaw`update transaction set lease_until = now() - interval '1 second' where lease_until is not null`,
  }

  beforeAll(async () => {
    workerFile = await bundle('lib/testing/crash-worker.ts')
  })
  beforeEach(async () => {
    database = url ? undefined : await openTestDatabase()
    const context = aContext(url ? url() : database!.url)
    tests.context = live ? { ...context, now: () => new Date() } : context
  })
  afterEach(async () => {
    await Promise.all([...processes].map(tests.kill))
    await tests.context.db.$disconnect()
    await database?.close()
  })
  return tests
}

/** Of a process that works on a test's database with its keys. */
export function environmentOf({ settings }: Context): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: settings.database.url,
    DATA_DIR: settings.dataDir,
    SIGNING_KEY_TYPE: 'ED25519',
    LOG_LEVEL: 'silent',
  }
}

/** Looks until there is something; the test's own time limit ends it. */
export async function until<T>(look: () => Promise<T | false | null | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
