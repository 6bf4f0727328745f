import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { jwksOf } from '@/lib/signing/jwks'
import { loadPublishedKeys } from '@/lib/signing/keys'
import { withdrawKey, rotateKey } from '@/lib/signing/rotation'
import { aCaller, aContext, anIssuer } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { publishedRoots } from './log'
import { signRoots } from './sign-roots'
import { readSignedRoot } from './signed-root.mjs'
import { exportLog } from './store-export'
import { sealNext } from './store-seal'

const NOW = new Date('2026-05-12T10:30:00.000Z')

let database: { url: string; close(): Promise<void> }
let client: pg.Client
let context: ReturnType<typeof aContext>

beforeEach(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  // Three days with a seal each, one without, and today.
  for (const at of ['2026-05-08T10:00Z', '2026-05-09T23:59:59.9Z', '2026-05-11T00:00Z', '2026-05-12T09:00Z']) {
    await client.query(`insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
      values (now(), 'x', 'operator', 'o', 'Asha', '{}')`)
    // Other test files' transactions on this server may still be open.
    while ((await sealNext(client, new Date(at))) === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
afterEach(async () => {
  await client.end()
  await context.db.$disconnect()
  await database.close()
})

const keys = async () => {
  const { present, present2, others } = await loadPublishedKeys(context.settings)
  return [present.publicKey, present2.publicKey, ...others]
}
const signatures = async () => (await client.query('select signed from audit_root order by day, at')).rows

test('the hash of every day that is over is signed once, and published with its signature', async () => {
  const issuer = await anIssuer(context)
  expect(await signRoots(issuer)).toBe(3)
  expect(await signRoots(issuer)).toBe(0)
  const { roots } = await publishedRoots(context)
  expect(roots.map(({ day }) => day)).toEqual(['2026-05-11', '2026-05-09', '2026-05-08'])
  for (const { day, seal, hash, signed } of roots) {
    const facts = { iss: 'did:india', day, seal, hash, signedAt: NOW.toISOString() }
    expect(readSignedRoot(signed!, await keys())).toEqual(facts)
  }
})

test('two workers at once leave one signature of each day', async () => {
  const [one, other] = [await anIssuer(context), await anIssuer(context)]
  await Promise.all([signRoots(one), signRoots(other)])
  expect(await signatures()).toHaveLength(3)
})

test('a day is signed when its last seal is settled, not at midnight', async () => {
  const issuer = await anIssuer({ ...context, now: () => new Date('2026-05-12T00:04:59Z') })
  expect(await signRoots(issuer)).toBe(2)
  expect(await signRoots({ ...issuer, now: () => new Date('2026-05-12T00:05:00Z') })).toBe(1)
})

test('a rotation signs nothing anew; after a withdrawal the days are signed by the present key', async () => {
  const former = await anIssuer(context)
  await signRoots(former)
  const { before } = await rotateKey(context.settings, 'ED25519')
  expect(await signRoots(await anIssuer(context))).toBe(0)
  await withdrawKey(context.settings, before!, new Date(Date.now() + 60_000))
  const later = { ...context, now: () => new Date(NOW.getTime() + 60_000) }
  expect(await signRoots(await anIssuer(later))).toBe(3)
  expect(await signatures()).toHaveLength(6)
  for (const { signed } of (await publishedRoots({ ...context, db: fresh() })).roots) {
    expect(readSignedRoot(signed!, await keys())).not.toBeNull()
    expect(readSignedRoot(signed!, [former.key.publicKey])).toBeNull()
  }
  expect((await verify()).output).toContain('3 signatures are by a key that was withdrawn')
})

test('a signature that was changed, moved to another algorithm, key or day is not one', async () => {
  await signRoots(await anIssuer(context))
  const [{ signed }] = await signatures()
  const [header, payload, signature] = signed.split('.')
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const facts = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const head = JSON.parse(Buffer.from(header, 'base64url').toString())
  for (const wrong of [
    `${header}.${encoded({ ...facts, hash: '0'.repeat(64) })}.${signature}`,
    `${encoded({ ...head, alg: 'none' })}.${payload}.`,
    `${encoded({ ...head, alg: 'none' })}.${payload}.${signature}`,
    `${encoded({ ...head, typ: 'revocation-list+jwt' })}.${payload}.${signature}`,
    `${header}.${payload}`,
    '',
  ]) {
    expect(readSignedRoot(wrong, await keys())).toBeNull()
  }
  const stranger = await anIssuer(aContext(database.url))
  expect(readSignedRoot(signed, [stranger.key.publicKey])).toBeNull()
  await stranger.db.$disconnect()
})

test('npm run audit:verify checks the signatures, and finds a log that was made anew although its chain is whole', async () => {
  await signRoots(await anIssuer(context))
  expect(await verify()).toMatchObject({ code: 0, output: expect.stringContaining('3 days have a signature') })
  const owner = new pg.Client({ connectionString: database.url, options: '-c session_replication_role=replica' })
  await owner.connect()
  await owner.query(`update audit_root set day = '2026-05-10' where day = '2026-05-09'`)
  expect(await verify()).toMatchObject({
    code: 1,
    output: expect.stringContaining('The signature of 2026-05-10 is not'),
  })
  await owner.query(`update audit_root set day = '2026-05-09' where day = '2026-05-10'`)
  // The last two seals and their rows are gone, and one is made anew: nothing in the chain says so.
  await owner.query('delete from audit_seal where n >= 3')
  await owner.query('delete from audit_event where id > (select last_id from audit_seal where n = 2)')
  await owner.end()
  const cut = await verify()
  expect(cut).toMatchObject({ code: 1, output: expect.stringContaining('The published hash of 2026-05-11 is') })
})

test('an export is checked with the published signatures and keys alone', async () => {
  await signRoots(await anIssuer(context))
  const stream = await exportLog(context, aCaller(), { from: '2026-05-09', to: '2026-05-11', format: 'jsonl' })
  const folder = context.settings.dataDir
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const log = file('export.jsonl', await new Response(stream).text())
  const { roots } = await publishedRoots(context)
  const jwks = file('jwks.json', JSON.stringify(jwksOf(await loadPublishedKeys(context.settings))))
  const published = file('roots.json', JSON.stringify({ roots }))
  const elsewhere = { DATA_DIR: join(folder, 'none') }
  const fine = await verify(['--file', log, '--roots', published, '--jwks', jwks], elsewhere)
  expect(fine).toMatchObject({ code: 0, output: expect.stringContaining('3 days have a signature') })
  const forged = roots.map((root) => (root.day === '2026-05-09' ? { ...root, signed: roots[0]!.signed } : root))
  const wrong = file('forged.json', JSON.stringify({ roots: forged }))
  expect(await verify(['--file', log, '--roots', wrong, '--jwks', jwks], elsewhere)).toMatchObject({ code: 1 })
  expect(await verify(['--file', log, '--roots', published], elsewhere)).toMatchObject({ code: 2 })
})

/** publishedRoots remembers its answer for each database object. */
function fresh() {
  return Object.create(context.db) as typeof context.db
}

function verify(args: string[] = [], more: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const program = join(process.cwd(), 'lib', 'start', 'audit-verify.mjs')
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: context.settings.dataDir, ...more }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}
