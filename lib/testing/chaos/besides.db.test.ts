/** Every check of what happens beside single requests holds on what the product writes, and fails on a defect that is planted for it. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRun } from '@/lib/bulk/act'
import { runBulk } from '@/lib/bulk/run'
import { takeFile } from '@/lib/bulk/upload'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import { changeStatus } from '@/lib/certificates/change-status'
import { liveContext, type Context } from '@/lib/certificates/context'
import { confirmRecall } from '@/lib/recalls/decide'
import { proposeRecall } from '@/lib/recalls/propose'
import { runRecalls } from '@/lib/recalls/run'
import { addReissue, startReissue } from '@/lib/reissues/decide'
import { readReissue } from '@/lib/reissues/read'
import { runReissues } from '@/lib/reissues/run'
import { EVENTS } from '@/lib/webhooks/events'
import { addWebhook } from '@/lib/webhooks/webhooks'
import { setEnvironment } from '../api'
import { aCaller, anIssuer, aRequest, issueAll, options } from '../builders'
import { openTestDatabase } from '../database'
import { BESIDES } from './besides'
import { checkTables } from './tables'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let client: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url, { DATABASE_POOL_SIZE: '5', WEBHOOKS_ALLOW_PRIVATE: '127.0.0.0/8' })
  context = liveContext()
  client = new pg.Client(database.url)
  await client.connect()
  const [first, second] = [await person(), await person()]
  const { id } = await context.db.apiClient.create({ data: { id: randomUUID(), name: 'Source', tokenHash: 'x' } })
  await addWebhook(context, first, id, { url: 'http://127.0.0.1:9/told', events: [...EVENTS], callbackToken: null })
  await recalled(first, second)
  await corrected(first)
  await reissued(second)
})

afterAll(async () => {
  await client.end()
  await context.db.$disconnect()
  await database.close()
})

async function person(): Promise<Caller> {
  const id = randomUUID()
  const roles = ['operator', 'supervisor', 'administrator'] as const
  await context.db.operator.create({ data: { id, username: id, name: id, passwordHash: 'x', roles: [...roles] } })
  return aCaller({ kind: 'operator', channel: 'screen', id, name: id, roles: [...roles] })
}

const items = (codes: string[], batch: string) =>
  codes.map((preEnrollmentCode) => aRequest({ preEnrollmentCode, vaccination: { name: 'Covaxin', batch } }))
const issue = async () => issueAll(await anIssuer(context))
async function certified(codes: string[], batch: string): Promise<string[]> {
  const { results } = await acceptCertify(context, aCaller(), items(codes, batch), options({ method: 'POST' }))
  await issue()
  return results.map(({ certificateId }) => certificateId!)
}

/** R1 and R2 are revoked, R3 is corrected before, R4 was revoked already. */
async function recalled(first: Caller, second: Caller): Promise<void> {
  const numbers = await certified(['R1', 'R2', 'R3', 'R4'], 'RECALLED')
  const attempt = randomUUID()
  const wanted = { action: 'revoke' as const, criteria: { vaccine: 'Covaxin', batch: 'RECALLED' } }
  await proposeRecall(context, first, { ...wanted, attempt, reason: 'Test' })
  await acceptUpdates(context, aCaller(), items(['R3'], 'RIGHT'), options())
  await issue()
  await confirmRecall(context, second, attempt, { batch: 'RECALLED' })
  while ((await runRecalls(context)) > 0);
  await runRecalls(context)
  await certified(['R5'], 'OTHER')
  const reason = { cause: 'fraud' as const }
  const fifth = await certified(['R6'], 'OTHER')
  await changeStatus(context, aCaller(), { certificateId: fifth[0]!, action: 'revoke', reason })
  expect(numbers).toHaveLength(4)
}

async function corrected(by: Caller): Promise<void> {
  const numbers = await certified(['B1', 'B2'], 'WRONG')
  const lines = [...numbers, '000000000000'].map((number, n) => `${number},C${n}`)
  const bytes = async function* () {
    yield new TextEncoder().encode(['certificateId,vaccinationBatch', ...lines, ''].join('\n'))
  }
  const { id } = await takeFile(context, by, {
    ...{ id: randomUUID(), kind: 'update', origin: 'upload', type: 'VaccinationCertificate', form: 'certifyV3' },
    reason: { requestedBy: 'facility', cause: 'our typing error' },
    file: { name: 'x.csv', bytes },
  })
  while ((await runBulk(context)) > 0);
  await startRun(context, by, id)
  while ((await runBulk(context)) > 0);
  await issue()
  await runBulk(context)
}

/** Of two one was revoked: it is left as it is. */
async function reissued(admin: Caller): Promise<void> {
  const numbers = await certified(['A1', 'A2'], 'ANEW')
  await changeStatus(context, aCaller(), { certificateId: numbers[1]!, action: 'revoke', reason: { cause: 'fraud' } })
  const all = { key: null, before: null, programId: null, facilityCode: null, district: null }
  const choice = { which: 'all' as const, ...all, codes: ['A1', 'A2'] }
  const wanted = { type: 'VaccinationCertificate', choice, attempt: randomUUID(), reason: 'Test', perMinute: 600 }
  const { reissueId } = await addReissue(context, admin, wanted)
  const state = async () => (await readReissue(context, admin, reissueId)).state
  while (['choosing', 'checking'].includes(await state())) await runReissues(context)
  await startReissue(context, admin, reissueId)
  while ((await state()) === 'running') {
    await runReissues(context)
    await issue()
  }
}

const broken = async () => (await checkTables(client, 5, false)).map(({ invariant }) => invariant)

/** Invariant -> what breaks it, one defect after the other. */
const PLANTED: Record<string, string[]> = {
  'what a recall is about is revoked by it, once, and nothing else is': [
    `delete from status_entry where reason->>'cause' = 'recall' and certificate_id = (
       select min(certificate_id) from status_entry where reason->>'cause' = 'recall')`,
    `insert into status_entry (certificate_id, state, reason, actor_kind, actor_id, actor_name, at)
       select certificate_id, state, reason, actor_kind, actor_id, actor_name, at from status_entry where reason->>'cause' = 'recall'`,
    `update status_entry set reason = '{"cause": "recall"}' where reason->>'cause' = 'fraud'`,
  ],
  'every row of a confirmed recall has its end': [
    `update recall set state = 'running'`,
    `update recall_row set state = 'waiting' where state = 'done'`,
    `update recall_row set state = 'refused', code = 'NOT_FOUND' where state = 'done'`,
  ],
  'a re-issue makes each chosen certificate anew once, with the same content, or says why not': [
    `update reissue_row set code = null where state = 'skipped'`,
    `update reissue_row set state = 'accepted' where state = 'done'`,
    `update transaction set request = jsonb_set(request, '{recipient,name}', '"Else"') where kind = 'reissue'`,
    `update reissue_row set transaction_id = null`,
  ],
  'every row of a file that was run is done once, as it says, or refused with a reason': [
    `update bulk_row set problems = '[]' where state = 'refused'`,
    `update bulk_row set state = 'waiting' where state = 'done'`,
    `update bulk_row set cells = jsonb_set(cells, '{vaccinationBatch}', '"Else"') where state = 'done'`,
    `update bulk_row set transaction_id = (select max(transaction_id::text)::uuid from bulk_row) where state = 'done'`,
  ],
  'a source system is told of the end of every request, and of every change of validity, once': [
    `delete from webhook_delivery where n = (select min(n) from webhook_delivery)`,
    `insert into webhook_delivery (webhook_id, type, data, at, next_attempt_at)
       select webhook_id, type, data, at, next_attempt_at from webhook_delivery order by n desc limit 1`,
    `update webhook_delivery set type = 'certificate.suspended' where type = 'certificate.revoked'`,
  ],
}

test('what the product writes breaks nothing, and there is something of everything', async () => {
  expect(await broken()).toEqual([])
  const { rows } = await client.query(
    `select (select count(*)::int from recall_row where state = 'done') as recalled,
            (select count(*)::int from bulk_row where state = 'done') as corrected,
            (select count(*)::int from bulk_row where state = 'refused') as refused,
            (select count(*)::int from reissue_row where state = 'done') as reissued,
            (select count(*)::int from reissue_row where state = 'skipped') as skipped,
            (select count(distinct type)::int from webhook_delivery) as told`,
  )
  expect(rows[0]).toEqual({ recalled: 3, corrected: 2, refused: 1, reissued: 1, skipped: 1, told: 3 })
})

test('there is a planted defect for every check', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(BESIDES.map(({ invariant }) => invariant).sort())
})

test.each(Object.entries(PLANTED).flatMap(([invariant, defects]) => defects.map((sql) => [invariant, sql])))(
  'a defect is found: %s (%s)',
  async (invariant, sql) => {
    await client.query('begin')
    try {
      await client.query("set local session_replication_role = 'replica'")
      const { rowCount } = await client.query(sql!)
      expect(rowCount).toBeGreaterThan(0)
      expect(await broken()).toContain(invariant)
    } finally {
      await client.query('rollback')
    }
  },
)
