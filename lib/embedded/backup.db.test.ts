/** Backup and restore as .github/backup.md tells people on duty to do it: afterwards the registry is whole and goes on. */
import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { sealNext } from '@/lib/audit/store-seal'
import { verifyDatabase } from '@/lib/audit/verify.mjs'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { applyMigrations } from '@/lib/migrate.mjs'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { startDatabase } from './postgres.mjs'

/** Where Debian keeps a version's server and its client programs; null where no such pair is. */
const SERVER = newestServer('/usr/lib/postgresql')

const started: { stop(): Promise<void> }[] = []
const folders: string[] = []

afterEach(async () => {
  for (const database of started.splice(0)) await database.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('a backup', { timeout: 120_000 }, () => {
  test('of the embedded database: stop, copy DATA_DIR, start elsewhere', async () => {
    const dataDir = aFolder()
    const first = await start({ dataDir })
    await applyMigrations(first.url)
    await certified(first.url, dataDir, ['A', 'B'])
    await corrected(first.url, dataDir, 'A', 'Jon Doe')
    const before = await contents(first.url)
    await first.stop()
    const copy = aFolder()
    cpSync(dataDir, copy, { recursive: true, preserveTimestamps: true, filter: (path) => !isSocket(path) })
    if (process.getuid?.() === 0) ownLike(join(dataDir, 'postgres'), join(copy, 'postgres'))
    const second = await start({ dataDir: copy })
    expect(await contents(second.url)).toEqual(before)
    await goesOn(second.url, copy)
  })

  test.skipIf(SERVER === null)(
    'of a server: pg_dump, pg_restore into a new one (skipped where no PostgreSQL with its client programs is installed)',
    async () => {
      const [dataDir, dump] = [aFolder(), join(aFolder(), 'errata.dump')]
      const old = await start({ dataDir: aFolder(), programs: SERVER!, transport: 'tcp' })
      await applyMigrations(old.url)
      await certified(old.url, dataDir, ['A', 'B'])
      await corrected(old.url, dataDir, 'A', 'Jon Doe')
      const before = await contents(old.url)
      run('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${dump}`, old.url])
      const fresh = await start({ dataDir: aFolder(), programs: SERVER!, transport: 'tcp' })
      run('pg_restore', ['--exit-on-error', '--no-owner', '--no-privileges', `--dbname=${fresh.url}`, dump])
      expect(await contents(fresh.url)).toEqual(before)
      // What every start does: nothing is missing, and the role gets its rights back.
      expect(await applyMigrations(fresh.url)).toEqual([])
      await goesOn(fresh.url, dataDir)
    },
  )

  test('to a moment: a copy of the running server and its write-ahead log bring back what was there then', async () => {
    const [dataDir, archive] = [aFolder(), aFolder()]
    const keep = { archive_mode: 'on', wal_level: 'replica' }
    const old = await start({ dataDir, settings: { ...keep, archive_command: `cp %p ${archive}/%f` } })
    const cluster = join(dataDir, 'postgres')
    if (process.getuid?.() === 0) ownLike(cluster, archive)
    await applyMigrations(old.url)
    await certified(old.url, dataDir, ['A'])
    const restored = aFolder()
    await copyRunning(old.url, cluster, join(restored, 'postgres'))
    await corrected(old.url, dataDir, 'A', 'Jon Doe')
    const before = await contents(old.url)
    const [moment] = await ask(old.url, 'select clock_timestamp()::text as at')
    await corrected(old.url, dataDir, 'A', 'Jo Doe')
    await ask(old.url, 'select pg_switch_wal()')
    const [{ last }] = (await ask(old.url, 'select pg_walfile_name(pg_current_wal_lsn() - 1) as last')) as [
      { last: string },
    ]
    await until(() => existsSync(join(archive, last)))
    await old.stop()

    cpSync(join(dataDir, 'keys'), join(restored, 'keys'), { recursive: true })
    writeFileSync(join(restored, 'postgres', 'recovery.signal'), '')
    ownLike(cluster, join(restored, 'postgres'))
    const recovery = { recovery_target_time: moment!.at as string, recovery_target_action: 'promote' }
    const again = await start({ dataDir: restored, settings: { ...recovery, restore_command: `cp ${archive}/%f %p` } })
    await until(async () => (await ask(again.url, 'select pg_is_in_recovery() as still'))[0]!.still === false)
    expect(await contents(again.url)).toEqual(before)
    await goesOn(again.url, restored)
  })
})

/** The low-level backup of PostgreSQL's manual (25.3.4): what pg_basebackup does, which the embedded database comes without. */
async function copyRunning(url: string, from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("select pg_backup_start('errata', fast => true)")
  const left = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal'].map((name) => join(from, name)))
  cpSync(from, to, { recursive: true, filter: (path) => !left.has(path) })
  mkdirSync(join(to, 'pg_wal', 'archive_status'), { recursive: true, mode: 0o700 })
  const { rows } = await client.query('select labelfile, spcmapfile from pg_backup_stop()')
  writeFileSync(join(to, 'backup_label'), rows[0].labelfile)
  await client.end()
}

async function start(how: Parameters<typeof startDatabase>[0]) {
  const database = await startDatabase({ ...how, settings: { fsync: 'off', max_connections: '30', ...how.settings } })
  started.push(database)
  // Settings of the process: the log and traces ask for them.
  Object.assign(process.env, { DATABASE_URL: database.url, LOG_LEVEL: 'silent' })
  return database
}

/** New records with these codes, issued and sealed. */
async function certified(url: string, dataDir: string, codes: string[]): Promise<void> {
  await working(url, dataDir, async (context) => {
    const items = codes.map((preEnrollmentCode) => aRequest({ preEnrollmentCode }))
    await acceptCertify(context, aCaller(), items, options({ method: 'POST' }))
  })
}

async function corrected(url: string, dataDir: string, preEnrollmentCode: string, name: string): Promise<void> {
  await working(url, dataDir, async (context) => {
    await acceptUpdates(context, aCaller(), [aRequest({ preEnrollmentCode, recipient: { name } })], options())
  })
}

async function working(url: string, dataDir: string, work: (context: ReturnType<typeof aContext>) => Promise<void>) {
  const context = aContext(url, { DATA_DIR: dataDir })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(context)
    await issueAll(await anIssuer(context))
    while ((await sealNext(client, context.now())) > 0);
  } finally {
    await client.end()
    await context.db.$disconnect()
  }
}

/** A restored registry corrects, with the same keys, and its log is whole from the first row to the newest. */
async function goesOn(url: string, dataDir: string): Promise<void> {
  await corrected(url, dataDir, 'A', 'Joan Doe')
  const versions = await ask(
    url,
    `select c.revision, c.state::text as state, c.signed_by from certificate c join lineage l on l.id = c.lineage_id
     where l.pre_enrollment_code = 'A' order by c.revision`,
  )
  expect(versions.map(({ revision, state }) => [revision, state])).toEqual([
    [0, 'superseded'],
    [1, 'superseded'],
    [2, 'current'],
  ])
  expect(new Set(versions.map((row) => String(row.signed_by))).size).toBe(1)
  const outcome = await verifyDatabase((sql: string, values: unknown[]) => ask(url, sql, values))
  expect(outcome).toMatchObject({ ok: true })
}

/** Every row of what must not be lost, as one text for each table. */
async function contents(url: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const table of [
    'lineage',
    'transaction',
    'certificate',
    'status_entry',
    'audit_event',
    'audit_seal',
    'certificate_type',
  ]) {
    const rows = await ask(url, `select t::text as row from "${table}" t order by 1`)
    expect(rows.length).toBeGreaterThan(0)
    found[table] = rows.map(({ row }) => row).join('\n')
  }
  return found
}

async function ask(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

function run(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(join(SERVER!, 'bin', program), args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
}

function newestServer(folder: string): string | null {
  const versions = existsSync(folder) ? readdirSync(folder) : []
  const whole = versions
    .map((version) => join(folder, version))
    .filter((path) =>
      ['pg_dump', 'pg_restore', 'initdb', 'postgres'].every((name) => existsSync(join(path, 'bin', name))),
    )
  return whole.sort().at(-1) ?? null
}

function aFolder(): string {
  const folder = temporaryFolder('erb-')
  folders.push(folder)
  return folder
}

function isSocket(path: string): boolean {
  return statSync(path).isSocket()
}

/** Run by root, the server is another user's, to whom its files have to belong. */
function ownLike(pattern: string, path: string): void {
  const { uid, gid } = statSync(pattern)
  for (const name of ['', ...(readdirSync(path, { recursive: true }) as string[])])
    chownSync(join(path, name), uid, gid)
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 600; n++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('It did not come to be so.')
}
