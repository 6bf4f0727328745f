import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { crashTests, until } from '@/lib/testing/crash'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { confirmRecall } from './decide'
import { proposeRecall } from './propose'
import { readRecall } from './read'
import { GROUP, type RecallStep } from './run'

const CERTIFICATES = 450

const crash = crashTests()
let first: Caller

async function person(): Promise<Caller> {
  const id = randomUUID()
  await crash.context.db.operator.create({
    data: { id, username: id, name: id, passwordHash: 'x', roles: ['operator', 'supervisor'] },
  })
  return aCaller({ kind: 'operator', channel: 'screen', id, name: id, roles: ['operator', 'supervisor'] })
}

/** A confirmed recall of three groups. */
async function confirmed(): Promise<string> {
  const { context } = crash
  const vaccination = { name: 'Covaxin', batch: 'CRASH' }
  const item = aRequest({ preEnrollmentCode: 'C0', vaccination })
  const { results } = await acceptCertify(context, aCaller(), [item], options({ method: 'POST' }))
  await issueAll(await anIssuer(context))
  await copyCertificate(context.db, results[0]!.certificateId!, CERTIFICATES - 1, { prefix: 'C' })
  first = await person()
  const wanted = { action: 'suspend' as const, criteria: { vaccine: 'Covaxin', batch: 'CRASH' } }
  const { recallId } = await proposeRecall(context, first, { ...wanted, attempt: randomUUID(), reason: 'Crash' })
  await confirmRecall(context, await person(), recallId, { batch: 'CRASH' })
  return recallId
}

const read = (recallId: string) => readRecall(crash.context, first, recallId)
const done = (recallId: string) => until(async () => (await read(recallId)).state === 'done')

/** Entries that the recall wrote, and of how many certificates. */
async function entries(recallId: string): Promise<{ entries: number; certificates: number; suspended: number }> {
  const [row] = await crash.context.db.$queryRaw<{ entries: number; certificates: number; suspended: number }[]>`
    select count(*)::int as entries, count(distinct s.certificate_id)::int as certificates,
           (select count(*)::int from certificate where state = 'suspended') as suspended
    from status_entry s where s.reason->>'recallId' = ${recallId}`
  return row!
}

describe('a worker killed with kill -9 in the middle of a recall', () => {
  test.each<RecallStep>(['recall taken', 'recall changed', 'recall written', 'recall committed'])(
    'at "%s": the next one does the rest, no row twice and none lost',
    async (step) => {
      const recallId = await confirmed()
      await crash.kill(await crash.worker(`at ${step}`, step))
      await crash.worker('ready')
      await done(recallId)
      expect(await entries(recallId)).toEqual({
        entries: CERTIFICATES,
        certificates: CERTIFICATES,
        suspended: CERTIFICATES,
      })
      expect((await read(recallId)).progress).toMatchObject({ done: CERTIFICATES, refused: 0 })
    },
  )

  test('while it has a group, others do the rest; killed, its group is done by them, no row twice', async () => {
    const recallId = await confirmed()
    const doomed = await crash.worker('at recall changed', 'recall changed')
    await Promise.all([crash.worker('ready'), crash.worker('ready')])
    await until(async () => (await read(recallId)).progress.done >= CERTIFICATES - GROUP)
    expect((await read(recallId)).state).toBe('running')
    await crash.kill(doomed)
    await done(recallId)
    expect(await entries(recallId)).toMatchObject({ entries: CERTIFICATES, certificates: CERTIFICATES })
  })
})
