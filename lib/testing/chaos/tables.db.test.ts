/** Every check of the tables holds on what the product writes, and fails on a defect that is planted for it. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '../builders'
import { openTestDatabase } from '../database'
import { checkTables, TABLE_CHECKS } from './tables'

const LIMIT = 2
let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let client: pg.Client
/** Numbers of the first person: replaced, replaced, current; of the second: revoked; of the third: suspended. */
let numbers: string[]

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url, {
    KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9',
    CERTIFICATE_UPDATE_LIMIT: String(LIMIT),
  })
  client = new pg.Client(database.url)
  await client.connect()
  const caller = aCaller()
  const certify = { ...options({ method: 'POST' }), idempotencyKey: 'first' }
  await acceptCertify(
    context,
    caller,
    ['A', 'B', 'C'].map((code) => named(code)),
    certify,
  )
  for (const batch of ['2', '3']) await acceptUpdates(context, caller, [named('A', batch)], options())
  await issueAll(await anIssuer(context))
  const { rows } = await client.query<{ id: string }>(
    `select certificate_id as id from certificate join lineage l on l.id = lineage_id order by l.pre_enrollment_code, revision`,
  )
  numbers = rows.map(({ id }) => id)
  const reason = { cause: 'other' as const }
  await changeStatus(context, caller, { certificateId: numbers[3]!, action: 'revoke', reason })
  await acceptUpdates(context, caller, [named('C', 'fails')], options())
  await changeStatus(context, caller, { certificateId: numbers[4]!, action: 'suspend', reason })
})

afterAll(async () => {
  await client.end()
  await context.db.$disconnect()
  await database.close()
})

function named(preEnrollmentCode: string, batch = '1') {
  return aRequest({ preEnrollmentCode, vaccination: { batch } })
}

const broken = async () => (await checkTables(client, LIMIT, true)).map(({ invariant }) => invariant)

/** Invariant -> what breaks it. $0 to $4 stand for the numbers above. */
const PLANTED: Record<string, string> = {
  'an issued request has the one certificate that it was promised': `delete from certificate where certificate_id = $4`,
  'no certificate without an issued request': `update transaction set state = 'pending' where certificate_id = $2`,
  'nothing is left on its way': `update transaction set state = 'pending' where certificate_id = $2`,
  'a failed request says why': `update transaction set failure_code = null where state = 'failed'`,
  'a lineage that was not revoked has one current certificate, which is its head': `update certificate set state = 'current' where certificate_id = $1`,
  'a revoked lineage has no current certificate': `update certificate set state = 'current' where certificate_id = $3`,
  'a key has one open lineage': `insert into lineage (id, type, pre_enrollment_code, program_id, dose, generation, facility_code)
    select gen_random_uuid(), type, pre_enrollment_code, program_id, dose, 9, facility_code from lineage where head_certificate_id = $2`,
  'the limit of updates is never exceeded': `update transaction set state = 'issued', lineage_id = (select lineage_id from certificate where certificate_id = $2), sequence = 3 where state = 'failed'`,
  'revisions count from 0 without a gap, up to the head': `update certificate set revision = 5 where certificate_id = $2`,
  'each certificate replaces the one before it': `update certificate set predecessor_id = $0 where certificate_id = $2`,
  'certificates follow each other as their requests were accepted': `update transaction set sequence = case sequence when 1 then 2 when 2 then 1 else 0 end where certificate_id in ($0, $1, $2)`,
  'no certificate is dated before the one that it replaces': `update certificate set issued_at = issued_at - interval '1 hour' where certificate_id = $2`,
  'every predecessor is superseded, and nothing else is': `update certificate set state = 'revoked' where certificate_id = $0`,
  'every predecessor has one entry that revokes it and names its successor': `delete from status_entry where certificate_id = $1`,
  'the state of a certificate is that of its last status entry': `delete from status_entry where certificate_id = $4`,
  'requests of a lineage are numbered without a gap': `update transaction set sequence = 7 where certificate_id = $2`,
  'the audit log has each request accepted once, and its end once': `delete from audit_event where action = 'update.failed'`,
  'the audit log has each change of validity': `delete from audit_event where action = 'certificate.revoked'`,
  'a kept key has its answer': `update idempotency_key set answer = null`,
  'other systems are told once of every request, certificate and revocation': `insert into outbox (event_id, topic, key, headers, payload)
    select gen_random_uuid(), topic, key, headers, payload from outbox where topic = 'revoke_cert'`,
}

test('what the product writes breaks nothing', async () => {
  expect(await broken()).toEqual([])
})

test('there is a planted defect for every check', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(TABLE_CHECKS.map(({ invariant }) => invariant).sort())
})

test.each(Object.keys(PLANTED))('a defect is found: %s', async (invariant) => {
  await client.query('begin')
  try {
    // The database itself refuses most of these: its own defences are laid down for the moment.
    await client.query("set local session_replication_role = 'replica'")
    await dropUniqueIndexes()
    await client.query(
      PLANTED[invariant]!.replace(/\$(\d)/g, (_, at: string) => pg.escapeLiteral(numbers[Number(at)]!)),
    )
    expect(await broken()).toContain(invariant)
  } finally {
    await client.query('rollback')
  }
})

async function dropUniqueIndexes(): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string; isConstraint: boolean }>(
    `select c.relname as table, i.indexrelid::regclass::text as name, k.oid is not null as "isConstraint"
     from pg_index i join pg_class c on c.oid = i.indrelid left join pg_constraint k on k.conindid = i.indexrelid
     where i.indisunique and not i.indisprimary and c.relname in ('lineage', 'transaction', 'certificate', 'outbox')`,
  )
  for (const { table, name, isConstraint } of rows) {
    await client.query(isConstraint ? `alter table ${table} drop constraint ${name} cascade` : `drop index ${name}`)
  }
}
