import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFile } from 'node:child_process'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BEGINNING } from '@/lib/audit/chain.mjs'
import { sealNext } from '@/lib/audit/store-seal'
import { writeEvents } from '@/lib/audit/store-events'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: { close(): Promise<void> }
let sealer: pg.Client
let folder: string
let admin: { id: string; cookie: string }
let clerk: { id: string; cookie: string }
let hospital: string
let code: string
let certificateId: string

const DAY = 24 * 60 * 60_000
const today = () => new Date().toISOString().slice(0, 10)
const event = (more = {}) => ({
  at: new Date(),
  action: 'record.read',
  actor: { kind: 'operator', id: randomUUID(), name: 'Kamala' },
  detail: {},
  ...more,
})
const write = (...events: ReturnType<typeof event>[]) => writeEvents(liveContext().db, events)

async function seal(at = new Date()): Promise<void> {
  for (;;) {
    await sealNext(sealer, at)
    const { body } = await ask(contract.auditLogState, { cookie: admin.cookie })
    if (body.unsealed === 0) return
  }
}

beforeAll(async () => {
  api = await startApi()
  folder = mkdtempSync(join(tmpdir(), 'errata-audit-'))
  sealer = new pg.Client({ connectionString: process.env.DATABASE_URL, options: '-c role=errata_app' })
  await sealer.connect()
  await aFacility('MAH')
  await aFacility('KAN')
  hospital = await aToken({ facilityCode: 'MAH' })
  const [one, other] = [await anOperator({ roles: ['operator', 'auditor'] }), await anOperator({ facilityCode: 'MAH' })]
  admin = { id: one.id, cookie: await cookieOf(one) }
  clerk = { id: other.id, cookie: await cookieOf(other) }
  code = `R${randomUUID().slice(0, 8)}`
  const body = [aRequest({ preEnrollmentCode: code })]
  certificateId = (await ask(contract.certify, { token: hospital, body })).body.results[0].certificateId
  await issueWaiting()
})
afterAll(async () => {
  await sealer.end()
  rmSync(folder, { recursive: true })
  await api.close()
})

const list = async (query = {}) => (await ask(contract.audit, { query, cookie: admin.cookie })).body

describe('the log on the screen', () => {
  test('is for administrators', async () => {
    for (const row of [contract.audit, contract.auditLogState]) {
      expect((await ask(row, { cookie: clerk.cookie })).status).toBe(403)
      expect((await ask(row, { token: hospital })).status).toBe(403)
      expect((await ask(row)).status).toBe(401)
    }
    const query = { from: today(), to: today() }
    expect((await ask(contract.auditExport, { query, cookie: clerk.cookie })).status).toBe(403)
  })

  test('is paged, newest first, nothing twice and nothing left out', async () => {
    const actor = { kind: 'operator', id: randomUUID(), name: 'Pager' }
    const at = new Date()
    await write(...Array.from({ length: 120 }, (_, n) => event({ actor, at, detail: { n } })))
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = await list({ who: actor.id, ...(after ? { after } : {}) })
      seen.push(...page.events.map((one: { detail: { n: number } }) => one.detail.n))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toHaveLength(120)
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, n) => n))
    expect((await ask(contract.audit, { query: { after: 'x' }, cookie: admin.cookie })).status).toBe(400)
  })

  test('is found by who, by what was done, by certificate or code, and by day', async () => {
    await ask(contract.certificate, { params: { certificateId }, cookie: clerk.cookie })
    expect((await list({ who: clerk.id })).events.map((one: { action: string }) => one.action)).toContain('record.read')
    const byNumber = await list({ about: certificateId })
    expect(byNumber.events.map((one: { action: string }) => one.action)).toEqual(
      expect.arrayContaining(['record.read']),
    )
    expect(await list({ about: code })).toEqual(byNumber)
    expect((await list({ about: 'nobody' })).events).toEqual([])
    const old = randomUUID()
    await write(event({ at: new Date('2020-02-03T12:00:00Z'), actor: { kind: 'system', id: old, name: '100%_sure' } }))
    expect((await list({ from: '2020-02-03', to: '2020-02-03' })).events).toHaveLength(1)
    expect((await list({ from: '2020-02-04', who: old })).events).toHaveLength(0)
    expect((await list({ who: '%_sure' })).events).toHaveLength(1)
    expect((await list({ who: old, action: 'record.' })).events).toHaveLength(1)
    expect((await list({ who: old, action: 'record.searched' })).events).toHaveLength(0)
    expect((await list({ who: old, action: 'signed_in,record.read' })).events).toHaveLength(1)
  })

  test('says how far it is sealed', async () => {
    await seal()
    await write(event({ actor: { kind: 'system', id: 'one more', name: 'x' } }))
    const { body } = await ask(contract.auditLogState, { cookie: admin.cookie })
    expect(body).toMatchObject({ unsealed: 1, seal: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect((await list({ who: 'one more' })).events[0].sealed).toBe(false)
    await seal()
    expect((await list({ who: 'one more' })).events[0].sealed).toBe(true)
  })
})

describe('who looked at a record', () => {
  test('is told to operators of its facility, with name and facility', async () => {
    await ask(contract.certificate, { params: { certificateId }, cookie: clerk.cookie })
    const { body } = await ask(contract.looks, { params: { certificateId }, cookie: clerk.cookie })
    expect(body.looks[0]).toMatchObject({
      what: 'read',
      certificateId,
      by: { kind: 'operator', name: 'Asha', facility: 'Facility MAH' },
    })
    const stranger = await cookieOf(await anOperator({ facilityCode: 'KAN' }))
    expect((await ask(contract.looks, { params: { certificateId }, cookie: stranger })).status).toBe(403)
    expect((await ask(contract.looks, { params: { certificateId }, token: hospital })).status).toBe(403)
  })
})

describe('the published hash and the export', () => {
  test('of each day that is over the last hash is told to anybody, without a word about anybody', async () => {
    await seal()
    const owner = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      options: '-c session_replication_role=replica',
    })
    await owner.connect()
    const day = (back: number) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10)
    const copy = `insert into audit_seal (n, at, era, count, first_xid, first_id, last_xid, last_id, root, previous, hash)
      select $1, $2, era, count, first_xid, first_id, last_xid, last_id, root, sha256($3), sha256($3) from audit_seal where n = 1`
    // Two of the day before yesterday, one of yesterday: as if sealing had begun then.
    await owner.query(copy, [-3, `${day(2)}T10:00:00Z`, 'a'])
    await owner.query(copy, [-2, `${day(2)}T23:59:59.999Z`, 'b'])
    await owner.query(copy, [-1, `${day(1)}T00:00:00Z`, 'c'])
    const { body, headers } = await ask(contract.publishedAuditRoots)
    await owner.query('delete from audit_seal where n < 0')
    await owner.end()
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    expect(body.roots).toEqual([
      { day: day(1), seal: '-1', hash: hash('c'), signed: null },
      { day: day(2), seal: '-2', hash: hash('b'), signed: null },
    ])
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cache-control')).toContain('public')
  })

  test('an export is verified alone, by hand and by the program; any change is found', async () => {
    await write(event({ actor: { kind: 'operator', id: 'o', name: '=cmd|"x", ملك' } }))
    await seal()
    const asked = await ask(contract.auditExport, { query: { from: today(), to: today() }, cookie: admin.cookie })
    expect(asked.headers.get('content-disposition')).toBe(`attachment; filename="audit-${today()}.jsonl"`)
    const text = new TextDecoder().decode(asked.bytes)
    const lines = text.trimEnd().split('\n')
    let root = createHash('sha256')
    let previous = BEGINNING
    for (const line of lines) {
      const hash = createHash('sha256').update(line).digest()
      if (!line.startsWith('{"seal":')) root.update(hash)
      else {
        expect(JSON.parse(line)).toMatchObject({ previous, root: root.digest('hex') })
        root = createHash('sha256')
        previous = hash.toString('hex')
      }
    }
    const state = (await ask(contract.auditLogState, { cookie: admin.cookie })).body
    const file = join(folder, 'export.jsonl')
    writeFileSync(file, text)
    const fine = await verify('--file', file, '--expect', `${today()}=${previous}`)
    expect(fine).toMatchObject({ code: 0, output: expect.stringContaining('The audit log is whole.') })
    expect(state.seal.hash).toBe(previous)
    for (const changed of [
      text.replace('"actorName":"Asha"', '"actorName":"Ashb"'),
      lines.toSpliced(1, 1).join('\n'),
      lines.toSpliced(1, 0, lines[0]!).join('\n'),
      [lines[1], lines[0], ...lines.slice(2)].join('\n'),
      `${text}{"not": json`,
    ]) {
      writeFileSync(file, changed)
      expect((await verify('--file', file)).code).toBe(1)
    }
    // A tail that is cut off leaves a whole chain: only the published hash tells.
    const lastSeal = lines.findLastIndex((line, at) => at < lines.length - 1 && line.startsWith('{"seal":'))
    writeFileSync(file, lines.slice(0, lastSeal + 1).join('\n'))
    expect((await verify('--file', file)).code).toBe(0)
    const cut = await verify('--file', file, '--expect', `${today()}=${previous}`)
    expect(cut).toMatchObject({ code: 1, output: expect.stringContaining('was changed, cut or made anew') })
  })

  test('as a table for spreadsheets no name is a formula, and the export itself is in the log', async () => {
    await seal()
    const query = { from: today(), to: today(), format: 'csv' }
    const { bytes, headers } = await ask(contract.auditExport, { query, cookie: admin.cookie })
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain(`"'=cmd|""x"", ملك"`)
    expect((await list({ who: admin.id, action: 'audit.exported' })).events[0].detail).toEqual({
      from: today(),
      to: today(),
      format: 'csv',
    })
  })

  test('days without seals are an empty file; days the wrong way round are refused', async () => {
    const query = { from: '2001-01-01', to: '2001-01-02' }
    expect((await ask(contract.auditExport, { query, cookie: admin.cookie })).bytes).toHaveLength(0)
    const wrong = { from: '2001-01-02', to: '2001-01-01' }
    expect((await ask(contract.auditExport, { query: wrong, cookie: admin.cookie })).status).toBe(400)
  })
})

describe('npm run audit:verify', () => {
  test('tells a whole log from one that was changed, names the row and the rows without a seal, and a day that differs', async () => {
    await seal()
    await write(event({ at: new Date(Date.now() - DAY) }))
    const whole = await verify()
    expect(whole).toMatchObject({ code: 0, output: expect.stringMatching(/Not sealed yet: 1 rows, the oldest of/) })
    expect(whole.output).toContain('is a worker running?')
    expect(await verify('--expect', `${today()}=${'0'.repeat(64)}`)).toMatchObject({ code: 1 })
    expect(await verify('--expect', 'yesterday')).toMatchObject({ code: 2 })
    const owner = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      options: '-c session_replication_role=replica',
    })
    await owner.connect()
    const { rows } = await owner.query(
      `update audit_event set actor_name = 'x' where id = (select max(id) - 3 from audit_event) returning id::text`,
    )
    await owner.end()
    expect(await verify()).toMatchObject({ code: 1, output: expect.stringContaining(`Row ${rows[0].id} was edited`) })
  })

  test('says so when there is no database to check', async () => {
    const gone = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' }
    expect(await run([], gone)).toMatchObject({ code: 2, output: expect.stringContaining('could not be checked') })
  })
})

const verify = (...args: string[]) => run(args, {})

function run(args: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
  const program = join(process.cwd(), 'lib', 'start', 'audit-verify.mjs')
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}
