/** A real worker process that is killed with kill -9 while it publishes: the next one publishes everything, once. */
import { fork, type ChildProcess } from 'node:child_process'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import { findLineages } from '@/lib/certificates/read'
import { aCaller, aContext, anIssuer, aRequest, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { listed } from '@/lib/testing/status-lists'
import { killed, says } from '@/lib/testing/worker-child'
import type { PublishStep } from './publish'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let workerFile: string
const caller = aCaller()
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

function start(file: string, ...words: string[]): ChildProcess {
  const { dataDir, database: db } = context.settings
  const settings = { DATABASE_URL: db.url, DATA_DIR: dataDir, SIGNING_KEY_TYPE: 'ED25519', LOG_LEVEL: 'silent' }
  const env = { ...process.env, ...settings }
  const child = fork(file, words, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  processes.add(child)
  return child
}

async function worker(waitFor: string, stopAt = 'nowhere'): Promise<ChildProcess> {
  const child = start(workerFile, stopAt)
  await says(child, waitFor)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  processes.delete(child)
  await killed(child)
}

async function until<T>(look: () => Promise<T | false | null>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The first version, null until there is one. */
async function original(): Promise<string | null> {
  const { lineages } = await findLineages(context, caller, { preEnrollmentCode: 'A' })
  return lineages[0]?.history.at(-1)?.certificateId ?? null
}

/** Certified and in the lists, by a worker that is gone again. */
async function aPublishedCertificate(): Promise<string> {
  await acceptCertify(context, caller, [aRequest({ preEnrollmentCode: 'A' })], options({ method: 'POST' }))
  const first = await worker('ready')
  const issued = await until(original)
  await until(async () => (await context.db.statusListCredential.count()) === 3)
  await kill(first)
  return issued
}

test.each<PublishStep>(['lists read', 'lists signed', 'lists marked', 'lists published'])(
  'at "%s": everything is in the lists in the end, each entry with one number',
  async (step) => {
    const old = await aPublishedCertificate()
    await acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: 'A', recipient: { name: 'New' } })], options())
    await kill(await worker(`at ${step}`, step))
    const { key2 } = await anIssuer(context)
    await worker('ready')
    await until(async () => (await listed(context, old, key2.publicKey)).message === 1)
    await until(async () => (await context.db.statusEntry.count({ where: { listedAt: null } })) === 0)
    const entries = await context.db.statusEntry.findMany()
    expect(entries.map(({ certificateId, position }) => ({ certificateId, position }))).toEqual([
      { certificateId: old, position: 1 },
    ])
  },
)

test('with the product’s own workers a change is in the lists and in the revocation list without anybody’s doing', async () => {
  const id = await aPublishedCertificate()
  const own = await bundle('lib/worker.ts')
  for (let n = 0; n < 2; n++) start(own)
  const { key2 } = await anIssuer(context)
  await changeStatus(context, caller, { certificateId: id, action: 'suspend', reason: { cause: 'other' } })
  await until(async () => (await listed(context, id, key2.publicKey)).suspension === 1)
  await changeStatus(context, caller, { certificateId: id, action: 'revoke', reason: { cause: 'fraud' } })
  await until(async () => (await listed(context, id, key2.publicKey)).message === 3)
  await until(async () => (await context.db.revocationPage.findFirst())?.entries === 2)
})
