import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { processesWorkingIn } from './process-identity.mjs'
import { startDatabase } from './postgres.mjs'

const MODULE = new URL('./postgres.mjs', import.meta.url).href
const isRoot = process.getuid?.() === 0
/** "games": a user that every Linux knows. Tests as that user need a checkout that it can read. */
const USER = { uid: 5, gid: 5 }
const userReadsUs =
  isRoot && spawnSync(process.execPath, ['--check', new URL(MODULE).pathname], { ...USER, cwd: '/' }).status === 0

let dataDir: string
const started: { stop(): Promise<void> }[] = []

beforeEach(() => {
  dataDir = temporaryFolder('erd-')
})

afterEach(async () => {
  for (const database of started.splice(0)) await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('the embedded database', () => {
  test('a first start creates it, a stop ends every process, a second start keeps the rows', async () => {
    const first = await start()
    expect(first.created).toBe(true)
    await query(first.url, "create table kept as select 'Ṣẹ́gun'::text as name")
    await first.stop()
    expect(processesWorkingIn(join(dataDir, 'postgres'))).toEqual([])
    const second = await start()
    expect(second).toMatchObject({ created: false, adopted: false, url: first.url })
    expect(await query(second.url, 'select name from kept')).toEqual([{ name: 'Ṣẹ́gun' }])
  })

  test('a running one is adopted, and stopping the adopted one stops it', async () => {
    const first = await start()
    const second = await start()
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
    await second.stop()
    expect(first.isAlive()).toBe(false)
  })

  test('outlives kill -9 of the program that started it, and is adopted by the next', async () => {
    const program = spawn(process.execPath, ['--input-type=module', '-e', startAndStay()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { pid, url } = await firstLine(program)
    await query(url, 'create table kept as select 1 as one')
    program.kill('SIGKILL')
    await new Promise((resolve) => program.once('exit', resolve))
    const next = await start()
    expect(next).toMatchObject({ adopted: true, pid })
    expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }])
  })

  test('after kill -9 of the server itself every committed row is there', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select generate_series(1, 1000) as n')
    process.kill(first.pid, 'SIGKILL')
    const second = await start()
    expect(second).toMatchObject({ adopted: false, created: false })
    expect(await query(second.url, 'select count(*)::int as count from kept')).toEqual([{ count: 1000 }])
  })

  test('two first starts at once give one server that both use', async () => {
    const programs = [1, 2].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', startAndStay()], { stdio: ['ignore', 'pipe', 'inherit'] }),
    )
    const [one, two] = await Promise.all(programs.map(firstLine))
    for (const program of programs) program.kill('SIGKILL')
    expect(one!.pid).toBe(two!.pid)
    expect([one!.adopted, two!.adopted].sort()).toEqual([false, true])
    expect((await start()).pid).toBe(one!.pid)
  })

  test.each([
    ['a zombie', zombie],
    ['a living program that is no database', () => foreign()],
    ['nobody', () => ({ pid: 2 ** 22 - 1, end: () => {} })],
  ])('a pid file that names %s does not keep it from starting', async (_, make) => {
    const first = await start()
    await query(first.url, 'create table kept as select 1 as one')
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
    const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n')
    await first.stop()
    const other = await make()
    writeFileSync(pidFile, [other.pid, ...rest].join('\n'))
    const second = await start()
    expect(second.adopted).toBe(false)
    expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }])
    other.end()
  })

  test('a creation that was killed half-way leaves nothing in the way', async () => {
    mkdirSync(join(dataDir, 'postgres.new-killed', 'data'), { recursive: true })
    expect((await start()).created).toBe(true)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))).toEqual([])
  })

  test('loopback TCP asks for the password', async () => {
    const database = await start({ transport: 'tcp' })
    expect(new URL(database.url).hostname).toBe('127.0.0.1')
    expect(await query(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
    const without = new URL(database.url)
    without.password = 'guess'
    await expect(query(without.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  test('nothing of a failed statement reaches the log', async () => {
    const database = await start()
    await query(database.url, 'create table person (name text unique)')
    await query(database.url, "insert into person values ('Nimal')")
    await expect(query(database.url, "insert into person values ('Nimal')")).rejects.toThrow()
    await database.stop()
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/Nimal|insert/)
  })

  test('only its user and root can reach the socket', async () => {
    const { url } = await start()
    const socketDir = new URL(url).searchParams.get('host')!
    expect(spawnSync('stat', ['-c', '%a', socketDir], { encoding: 'utf8' }).stdout.trim()).toBe('700')
  })

  test('a long path of DATA_DIR gets its socket elsewhere', async () => {
    const deep = join(dataDir, 'x'.repeat(120))
    const database = await start({ dataDir: deep })
    expect(new URL(database.url).searchParams.get('host')).not.toContain('xxx')
    expect(await query(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await database.stop()
    expect((await start({ dataDir: deep })).url).toBe(database.url)
  })

  test.runIf(isRoot)(
    'as root with a closed folder above: the data goes where its user can work, and is found again',
    async () => {
      chmodSync(dataDir, 0o700)
      const inside = join(dataDir, 'data')
      const first = await start({ dataDir: inside })
      const home = readFileSync(join(inside, 'where'), 'utf8').trim()
      expect(home).toMatch(/^\/var\/lib\/errata\//)
      await query(first.url, 'create table kept as select 1 as one')
      await first.stop()
      const second = await start({ dataDir: inside })
      expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }])
      await second.stop()
      rmSync(home, { recursive: true })
      await expect(start({ dataDir: inside })).rejects.toThrow('that folder is gone')
      expect(existsSync(join(inside, 'postgres'))).toBe(false)
    },
  )
})

describe.runIf(userReadsUs)('users', () => {
  test('one start as root does not lock the usual user out', async () => {
    chownSync(dataDir, USER.uid, USER.gid)
    const asUser = () => runAs(startAndStop())
    expect(asUser().stderr).toBe('')
    const asRoot = await start()
    expect(asRoot.created).toBe(false)
    await asRoot.stop()
    expect(asUser()).toMatchObject({ stderr: '', status: 0 })
  })

  test('another user is told whose database it is', async () => {
    await (await start()).stop()
    const other = runAs(startAndStop())
    expect(other.stderr).toMatch('belongs to user 65534, and this is user 5')
  })
})

async function start(options: Partial<Parameters<typeof startDatabase>[0]> = {}) {
  const database = await startDatabase({ dataDir, settings: { fsync: 'off' }, ...options })
  started.push(database)
  return database
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // the server is killed under it in some tests
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** A program that starts the database, says so and waits. */
function startAndStay(): string {
  return `
    const { startDatabase } = await import(${JSON.stringify(MODULE)})
    const { url, pid, adopted } = await startDatabase({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify({ url, pid, adopted }))
    setInterval(() => {}, 1000)`
}

function runAs(script: string) {
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { ...USER, encoding: 'utf8' })
}

function startAndStop(): string {
  return `
    const { startDatabase } = await import(${JSON.stringify(MODULE)})
    await (await startDatabase({ dataDir: ${JSON.stringify(dataDir)} })).stop()`
}

function firstLine(program: ReturnType<typeof spawn>): Promise<{ url: string; pid: number; adopted: boolean }> {
  return new Promise((resolve, reject) => {
    let text = ''
    program.stdout!.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))))
    })
    program.once('exit', () => reject(new Error('ended before it said anything')))
  })
}

/** A shell starts a child that ends at once and never asks for its result: the child stays a zombie. */
async function zombie(): Promise<{ pid: number; end(): void }> {
  const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 1000'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk) => resolve(Number(chunk))))
  for (;;) {
    if (/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return { pid, end: () => parent.kill() }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function foreign(): { pid: number; end(): void } {
  const program = spawn('sleep', ['1000'])
  return { pid: program.pid!, end: () => program.kill() }
}
