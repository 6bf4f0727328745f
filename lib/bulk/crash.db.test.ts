import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { crashTests, until } from '@/lib/testing/crash'
import { startRun } from './act'
import { readRun } from './read'
import { runBulk, type BulkStep } from './run'
import { takeFile } from './upload'

const ROWS = 12

const crash = crashTests({ live: true })

async function person(): Promise<Caller> {
  const { context } = crash
  const id = randomUUID()
  await context.db.operator.create({ data: { id, username: id, name: id, passwordHash: 'x', roles: ['operator'] } })
  return aCaller({ kind: 'operator', channel: 'screen', id, name: id, roles: ['operator'] })
}

/** A run that was checked and begun. */
async function begun(by: Caller): Promise<string> {
  const { context } = crash
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

test.each<BulkStep>(['rows taken', 'rows accepted', 'rows committed'])(
  'a worker killed with kill -9 at "%s": the next one does the rest, no row twice and none lost',
  async (step) => {
    const { context } = crash
    const by = await person()
    const runId = await begun(by)
    await crash.kill(await crash.worker(`at ${step}`, step))
    // A minute later: what the dead one held is free.
    await context.db
      .$executeRaw`update bulk_row set lease_until = now() - interval '1 second' where lease_until is not null`
    await crash.worker('ready')
    await until(async () => (await readRun(context, by, runId)).state === 'done')
    expect((await readRun(context, by, runId)).counts).toMatchObject({ done: ROWS, refused: 0 })
    expect(await context.db.transaction.count({ where: { kind: 'update' } })).toBe(ROWS)
  },
)
