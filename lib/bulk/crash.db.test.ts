import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { killed, says } from '@/lib/testing/worker-child'
import { startRun } from './act'
import { readRun } from './read'
import { runBulk, type BulkStep } from './run'
import { takeFile } from './upload'

const ROWS = 12

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let workerFile: string
const processes = new Set<ChildProcess>()

beforeAll(async () => {
  workerFile = await bundle('lib/testing/crash-worker.ts')
})
beforeEach(async () => {
  database = await openTestDatabase()
  context = { ...aContext(database.url), now: () => new Date() }
})
afterEach(async () => {
  await Promise.all([...processes].map(kill))
  await context.db.$disconnect()
  await database.close()
})

async function person(): Promise<Caller> {
  const id = randomUUID()
  await context.db.operator.create({ data: { id, username: id, name: id, passwordHash: 'x', roles: ['operator'] } })
  return aCaller({ kind: 'operator', channel: 'screen', id, name: id, roles: ['operator'] })
}

/** A run that was checked and begun. */
async function begun(by: Caller): Promise<string> {
  const items = Array.from({ length: ROWS }, (_, n) => aRequest({ preEnrollmentCode: `C${n}` }))
  const { results } = await acceptCertify(context, aCaller(), items, options({ method: 'POST' }))
  await issueAll(await anIssuer(context))
  const file = `certificateId,vaccinationBatch\n${results.map(({ certificateId }) => `${certificateId},NEW`).join('\n')}\n`
  const bytes = async function* () {
    yield new TextEncoder().encode(file)
  }
  const { id } = await takeFile(context, by, {
    ...{ id: randomUUID(), kind: 'update', origin: 'upload', type: 'VaccinationCertificate', form: 'certifyV3' },
    reason: { requestedBy: 'facility', cause: 'our typing error' },
    file: { name: 'x.csv', bytes },
  })
  while ((await runBulk(context)) > 0);
  await startRun(context, by, id)
  return id
}

async function worker(waitFor: string, stopAt = 'nowhere'): Promise<ChildProcess> {
  const { dataDir, database: db } = context.settings
  const own = { DATABASE_URL: db.url, DATA_DIR: dataDir, SIGNING_KEY_TYPE: 'ED25519', LOG_LEVEL: 'silent' }
  const child = fork(workerFile, [stopAt], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  processes.add(child)
  await says(child, waitFor)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  processes.delete(child)
  await killed(child)
}

test.each<BulkStep>(['rows taken', 'rows accepted', 'rows committed'])(
  'a worker killed with kill -9 at "%s": the next one does the rest, no row twice and none lost',
  async (step) => {
    const by = await person()
    const runId = await begun(by)
    await kill(await worker(`at ${step}`, step))
    // A minute later: what the dead one held is free.
    await context.db
      .$executeRaw`update bulk_row set lease_until = now() - interval '1 second' where lease_until is not null`
    await worker('ready')
    while ((await readRun(context, by, runId)).state !== 'done') await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await readRun(context, by, runId)).counts).toMatchObject({ done: ROWS, refused: 0 })
    expect(await context.db.transaction.count({ where: { kind: 'update' } })).toBe(ROWS)
  },
)
