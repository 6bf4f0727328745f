/** A real worker process that is killed with kill -9 while it publishes: the next one publishes everything, once. */
import { expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import { findLineages } from '@/lib/certificates/read'
import { aCaller, anIssuer, aRequest, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { crashTests, until } from '@/lib/testing/crash'
import { listed } from '@/lib/testing/status-lists'
import type { PublishStep } from './publish'

const crash = crashTests({ live: true })
const caller = aCaller()

/** The first version, null until there is one. */
async function original(): Promise<string | null> {
  const { lineages } = await findLineages(crash.context, caller, { preEnrollmentCode: 'A' })
  return lineages[0]?.history.at(-1)?.certificateId ?? null
}

/** Certified and in the lists, by a worker that is gone again. */
async function aPublishedCertificate(): Promise<string> {
  const { context } = crash
  await acceptCertify(context, caller, [aRequest({ preEnrollmentCode: 'A' })], options({ method: 'POST' }))
  const first = await crash.worker('ready')
  const issued = await until(original)
  await until(async () => (await context.db.statusListCredential.count()) === 3)
  await crash.kill(first)
  return issued
}

test.each<PublishStep>(['lists read', 'lists signed', 'lists marked', 'lists published'])(
  'at "%s": everything is in the lists in the end, each entry with one number',
  async (step) => {
    const { context } = crash
    const old = await aPublishedCertificate()
    await acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: 'A', recipient: { name: 'New' } })], options())
    await crash.kill(await crash.worker(`at ${step}`, step))
    const { key2 } = await anIssuer(context)
    await crash.worker('ready')
    await until(async () => (await listed(context, old, key2.publicKey)).message === 1)
    await until(async () => (await context.db.statusEntry.count({ where: { listedAt: null } })) === 0)
    const entries = await context.db.statusEntry.findMany()
    expect(entries.map(({ certificateId, position }) => ({ certificateId, position }))).toEqual([
      { certificateId: old, position: 1 },
    ])
  },
)

test('with the product’s own workers a change is in the lists and in the revocation list without anybody’s doing', async () => {
  const { context } = crash
  const id = await aPublishedCertificate()
  const own = await bundle('lib/worker.ts')
  for (let n = 0; n < 2; n++) crash.start(own)
  const { key2 } = await anIssuer(context)
  await changeStatus(context, caller, { certificateId: id, action: 'suspend', reason: { cause: 'other' } })
  await until(async () => (await listed(context, id, key2.publicKey)).suspension === 1)
  await changeStatus(context, caller, { certificateId: id, action: 'revoke', reason: { cause: 'fraud' } })
  await until(async () => (await listed(context, id, key2.publicKey)).message === 3)
  await until(async () => (await context.db.revocationPage.findFirst())?.entries === 2)
})
