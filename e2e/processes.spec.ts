/** Many processes of one program on one database server, as on many machines: web servers and workers that come and go. On the production build. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { startDatabase } from '../lib/embedded/postgres.mjs'
import { anItem } from './journey'
import { freePort, pidOf, start, type Place, type Started } from './started'

test.describe.configure({ mode: 'serial' })

const TOKEN = `errata-processes-${randomUUID()}`
let folder: string
const pem = (type: 'rsa' | 'ed25519') =>
  (type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519')).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()

let server: Awaited<ReturnType<typeof startDatabase>>
let database: pg.Client
/** What all of them are given alike. */
let inCommon: Record<string, string>
const running: Record<string, Started & Place> = {}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'errata-processes-'))
  chmodSync(folder, 0o755)
  // Over TCP with a password, as a server of a machine of its own.
  server = await startDatabase({ dataDir: join(folder, 'server'), transport: 'tcp' })
  database = new pg.Client({ connectionString: server.url })
  await database.connect()
  inCommon = {
    DATABASE_URL: server.url,
    PUBLIC_URL: 'http://localhost',
    NEXTAUTH_SECRET: randomUUID(),
    CERTIFICATE_PRIVATE_KEY: pem('rsa'),
    CERTIFICATE_ED25519_PRIVATE_KEY: pem('ed25519'),
    BOOTSTRAP_OPERATOR: 'asha:correct horse battery',
    BOOTSTRAP_API_TOKEN: TOKEN,
  }
})

test.afterAll(async () => {
  for (const { process } of Object.values(running)) process.kill('SIGTERM')
  await Promise.all(Object.values(running).map(({ ended }) => ended))
  await database.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** One more installation, with a folder and a port of its own. */
async function begin(name: string, env: Record<string, string> = {}): Promise<Started & Place> {
  const place = { dataDir: join(folder, name), port: await freePort() }
  const roles = name.replace(/\d$/, '')
  const started = { ...start(place, { ...inCommon, ROLES: roles, ...env }), ...place }
  running[name] = started
  void started.ended.then(() => delete running[name])
  return started
}

/** Waits until it says so. One that does not says what it lacks, without the lines of who asked meanwhile. */
async function isReady(started: Started & Place): Promise<void> {
  const said = () => started.output().replace(/^.*\/readyz.*$\n/gm, '')
  try {
    await expect.poll(said, { timeout: 120_000 }).toContain('Errata is ready')
  } catch (error) {
    const asked = fetch(`http://127.0.0.1:${started.port}/readyz`, { signal: AbortSignal.timeout(10_000) })
    const says = await asked.then(
      async (answer) => `${answer.status} ${await answer.text()}`,
      (failed: Error) => `nothing: ${failed.message}`,
    )
    throw new Error(`/readyz says ${says}`, { cause: error })
  }
}
const url = (name: string) => `http://127.0.0.1:${running[name]!.port}`

test('two web servers and two workers that start at once on an empty database come up, and each says how it is', async () => {
  test.setTimeout(240_000)
  const all = await Promise.all(['worker1', 'worker2', 'web1', 'web2'].map((name) => begin(name)))
  for (const started of all) await isReady(started)
  for (const name of ['web1', 'web2', 'worker1', 'worker2']) {
    expect((await fetch(`${url(name)}/readyz`)).status, name).toBe(200)
    expect((await fetch(`${url(name)}/healthz`)).status, name).toBe(200)
  }
  // What is made once was made once, whoever was first.
  const { rows } = await database.query(`select (select count(*)::int from operator) as operators,
    (select count(*)::int from _prisma_migrations where finished_at is null) as unfinished,
    (select count(distinct migration_name) = count(*) from _prisma_migrations) as once`)
  expect(rows).toEqual([{ operators: 1, unfinished: 0, once: true }])
  const [first, second] = await Promise.all(
    ['web1', 'web2'].map(async (name) => (await fetch(`${url(name)}/.well-known/jwks.json`)).json()),
  )
  expect(second).toEqual(first)
})

test('an installation that lacks what the others have in common is refused, and the setting is named', async () => {
  const said = async (name: string, env: Record<string, string>) => {
    const refused = await begin(name, env)
    expect(await refused.ended).toBe(1)
    return refused.output()
  }
  expect(await said('web3', { NEXTAUTH_SECRET: '' })).toContain('set NEXTAUTH_SECRET to the same everywhere')
  expect(await said('worker3', { PUBLIC_URL: '' })).toContain('set PUBLIC_URL to the same everywhere')
  expect(await said('web4', { DATABASE_URL: '' })).toContain('DATABASE_URL has to say on which database they meet')
  const whole = { ROLES: '', NEXTAUTH_SECRET: '' }
  expect(await said('web5', whole)).toContain('Set NEXTAUTH_SECRET to the same on all machines')
})

test('what either web server accepts is issued once, sealed and listed by one worker at a time', async () => {
  const accepted = (await Promise.all(['web1', 'web2', 'web1', 'web2'].map((name) => accept(name, 10)))).flat()
  await expect.poll(() => states(accepted)).toEqual({ issued: 40 })
  // Asked at the other web server, too.
  const { rows } = await database.query('select count(*)::int as n from certificate where transaction_id = any($1)', [
    accepted,
  ])
  expect(rows[0].n).toBe(40)
  const { rows: locks } = await database.query(`select count(*)::int as n from pg_locks
    where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = 7263548120`)
  expect(locks[0].n).toBe(1)
  await expect.poll(unsealed).toEqual({ left: 0, broken: 0 })
})

test('a worker that is killed and a web server that is stopped are not missed', async () => {
  test.setTimeout(120_000)
  const accepted = await accept('web1', 60)
  process.kill(pidOf('worker', running.worker1!), 'SIGKILL')
  const web = running.web2!
  const last = fetch(`${url('web2')}/v3/transactions/${accepted[0]}`, { headers: { authorization: `Bearer ${TOKEN}` } })
  await last
  web.process.kill('SIGTERM')
  expect(await web.ended).toBe(0)
  accepted.push(...(await accept('web1', 10)))
  await expect.poll(() => states(accepted), { timeout: 60_000 }).toEqual({ issued: 70 })
})

test('a worker that is told to stop leaves nothing leased: the next goes on at once', async () => {
  test.setTimeout(120_000)
  const [stopped, other] = [running.worker2!, running.worker1!]
  await expect.poll(() => pidOf('worker', other), { timeout: 30_000 }).toBeGreaterThan(0)
  const still = pidOf('worker', other)
  // The other one stands still, so that all that is leased is leased by the one that is stopped.
  process.kill(still, 'SIGSTOP')
  const accepted = await accept('web1', 150)
  stopped.process.kill('SIGTERM')
  expect(await stopped.ended).toBe(0)
  const { rows } = await database.query(
    `select count(*) filter (where lease_until is not null)::int as leased, count(*)::int as waiting
     from transaction where state = 'pending' and id = any($1)`,
    [accepted],
  )
  process.kill(still, 'SIGCONT')
  expect(rows[0].leased).toBe(0)
  await expect.poll(() => states(accepted), { timeout: 60_000 }).toEqual({ issued: 150 })
})

/** Requests certificates of a web server; answers with the transactions. */
async function accept(name: string, count: number): Promise<string[]> {
  const answer = await fetch(`${url(name)}/v3/certify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(Array.from({ length: count }, () => anItem())),
  })
  expect(answer.status).toBe(200)
  const { results } = (await answer.json()) as { results: { transactionId: string }[] }
  return results.map((result) => result.transactionId)
}

/** Rows of the audit log that no seal holds yet, and seals that do not continue the one before. */
async function unsealed(): Promise<{ left: number; broken: number }> {
  const { rows } = await database.query<{ left: number; broken: number }>(`select
    (select count(*) from audit_event)::int - (select coalesce(sum(count), 0) from audit_seal)::int as left,
    (select count(*) from audit_seal s join audit_seal b on b.n = s.n - 1 where s.previous <> b.hash)::int as broken`)
  return rows[0]!
}

/** How many transactions are in each state. */
async function states(transactions: string[]): Promise<Record<string, number>> {
  const { rows } = await database.query<{ state: string; n: number }>(
    'select state::text, count(*)::int as n from transaction where id = any($1) group by state',
    [transactions],
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}
