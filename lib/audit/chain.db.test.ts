import { spawn, type ChildProcess } from 'node:child_process'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { ChainCheck, hashOf, rootOf, rowLine, sealLine, type Seal } from './chain.mjs'
import { readChain } from './store-chain.mjs'
import { sealNext } from './store-seal'

const NOW = new Date('2026-11-21T10:00:00Z')

let database: { url: string; close(): Promise<void> }
let client: pg.Client
const others: pg.Client[] = []

beforeEach(async () => {
  database = await openTestDatabase()
  client = await connection()
})
afterEach(async () => {
  await Promise.all(others.splice(0).map((one) => one.end().catch(() => {})))
  await database.close()
})

async function connection(options?: string): Promise<pg.Client> {
  const made = new pg.Client({ connectionString: database.url, ...(options ? { options } : {}) })
  await made.connect()
  made.on('error', () => {})
  others.push(made)
  return made
}

const INSERT = `insert into audit_event (at, action, actor_kind, actor_id, actor_name, certificate_id, detail)
  values (now(), $1, 'operator', 'o1', $2, '448086902', $3) returning id::text`
const write = async (name = 'Asha', on: pg.ClientBase = client, detail: object = { form: 'pdf' }): Promise<string> =>
  (await on.query(INSERT, ['record.read', name, JSON.stringify(detail)])).rows[0].id
/** Transaction numbers are those of the whole server: what other test files have open is waited for, too. */
const sealAll = async (rows = 0) => {
  let sealed = 0
  for (let n = 1; n > 0 || sealed < rows; sealed += n) n = await sealNext(client, NOW)
  return sealed
}
const ask = async (sql: string, values: unknown[]) => (await client.query(sql, values)).rows

async function checked(): Promise<ChainCheck> {
  const check = new ChainCheck()
  for await (const link of readChain(ask)) {
    if ('row' in link) check.row(link.row, rowLine(link.row), link.row.hash)
    else check.seal(link.seal, link.seal.hash)
  }
  return check
}
const faults = async () => (await checked()).faults.map(({ of, at, what }) => `${of} ${at} ${what}`)

/** As somebody who owns the database and knows how the log is made. */
async function tamper(sql: string, values: unknown[] = []): Promise<void> {
  const owner = await connection('-c session_replication_role=replica')
  expect((await owner.query(sql, values)).rowCount).toBeGreaterThan(0)
}

describe('the chain', () => {
  test('the database and Node write the same line for a row, whatever its texts are', async () => {
    const names = ['"\\/\b\f\n\r\t', '\u0001\u001f\u007f\u0080', 'سلوى', '𝒜 \u2028\u2029', '</script>', '']
    for (const name of names) await write(name, client, { 'ключ"': [1.5, null, { '\u0001': name }], b: '1e400' })
    await client.query(`insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, detail)
      values ('0001-01-01 00:00Z', 'x', 'y', 'z', 'w', gen_random_uuid(), '{"n": 1.10, "m": 12345678901234567890}')`)
    expect(await faults()).toEqual([])
    const lines = await ask(`select audit_line(e) as line from audit_event e order by id`, [])
    const rows = []
    for await (const link of readChain(ask)) if ('row' in link) rows.push(rowLine(link.row))
    expect(rows).toEqual(lines.map(({ line }) => line))
    for (const line of rows) expect(() => JSON.parse(line)).not.toThrow()
  })

  test('rows are sealed in the order of their transactions, each once, each seal on the one before', async () => {
    for (let n = 0; n < 12; n++) {
      for (let m = 0; m < 4; m++) await write()
      expect(await sealAll(4)).toBe(4)
    }
    expect(await sealAll()).toBe(0)
    const check = await checked()
    expect(check.seals).toBeGreaterThanOrEqual(12)
    expect(check).toMatchObject({ rows: 48, faults: [], tail: { count: 0 } })
  })

  test('nobody chooses the number of the transaction, the era or the hash of a row', async () => {
    const { rows } = await client.query(`
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail, xid, era, hash)
      values (now(), 'x', 'y', 'z', 'w', '{}', '1', 7, '\\x00') returning era, xid = pg_current_xact_id() as own, length(hash)`)
    expect(rows).toEqual([{ era: 0, own: true, length: 32 }])
  })

  test('a transaction that commits late, with a lower id and number than sealed rows would have, is waited for', async () => {
    const late = await connection()
    await late.query('begin')
    const lowest = await write('late', late)
    const early = await write('early')
    expect(Number(lowest)).toBeLessThan(Number(early))
    expect(await sealAll()).toBe(0) // the later row has to wait, too
    await late.query('commit')
    expect(await sealAll(2)).toBe(2)
    expect(await checked()).toMatchObject({ rows: 2, faults: [] })
  })

  test('a lower id under a later transaction is sealed, too', async () => {
    const [first, second] = [await connection(), await connection()]
    await first.query('begin')
    await first.query('select pg_current_xact_id()')
    await second.query('begin')
    const low = await write('low id, later transaction', second)
    const high = await write('high id, earlier transaction', first)
    expect(Number(low)).toBeLessThan(Number(high))
    await first.query('commit')
    expect(await sealAll(1)).toBe(1)
    await second.query('commit')
    expect(await sealAll(1)).toBe(1)
    expect(await checked()).toMatchObject({ rows: 2, faults: [] })
  })

  test('200 writers at once, some of them late, some rolled back, beside two sealers: every row is in the chain once', async () => {
    const db = connect(database.url, 40)
    const second = await connection()
    let writing = true
    const seal = async (on: pg.Client) => {
      let refused = 0
      while (writing)
        await sealNext(on, new Date()).catch((error) => (isTaken(error) ? refused++ : Promise.reject(error)))
      return refused
    }
    const sealers = [seal(client), seal(second)]
    let kept = 0
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const gone = await db
          .$transaction(
            async (tx) => {
              for (let row = 0; row < 3; row++) await insertWith(tx, `writer ${n}`)
              await new Promise((resolve) => setTimeout(resolve, (n * 37) % 50))
              if (n % 10 === 0) throw new Error('rolled back')
            },
            { maxWait: 60_000, timeout: 60_000 },
          )
          .catch(() => true)
        if (!gone) kept += 3
      }),
    )
    writing = false
    await Promise.all(sealers)
    await until(async () => {
      await sealAll()
      return (await checked()).tail.count === 0
    })
    await db.$disconnect()
    expect(kept).toBe(540)
    expect(await checked()).toMatchObject({ rows: 540, faults: [], tail: { count: 0 } })
  })

  test('a sealer that is killed leaves nothing half sealed, and another one takes over', async () => {
    const program = await bundle('lib/testing/audit-sealer.ts')
    const start = () =>
      spawn(process.execPath, [program], { env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'silent' } })
    const sealers: ChildProcess[] = [start(), start()]
    try {
      for (let round = 0; round < 2; round++) {
        const ids = []
        for (let n = 0; n < 50; n++) ids.push(await write())
        await until(async () => (await checked()).tail.count === 0)
        const killed = sealers[round]!
        killed.kill('SIGKILL')
        await new Promise((resolve) => killed.once('exit', resolve))
        if (round === 0) sealers.push(start())
      }
      for (let n = 0; n < 50; n++) await write()
      await until(async () => (await checked()).tail.count === 0)
    } finally {
      for (const sealer of sealers) sealer.kill('SIGKILL')
    }
    expect(await checked()).toMatchObject({ rows: 150, faults: [] })
  })

  test('a log that was restored on a server with lower transaction numbers goes on in an era of its own', async () => {
    for (let n = 0; n < 3; n++) await write()
    await sealAll(3)
    // What a dump brings: rows and seals with the numbers of the old server.
    await tamper(`update audit_event set xid = (xid::text::bigint + 1000000)::text::xid8`)
    await tamper(`update audit_event e set hash = sha256(convert_to(audit_line(e), 'UTF8'))`)
    await tamper(`delete from audit_seal`)
    expect(await sealAll(3)).toBe(3)
    await write('on the new server')
    expect(await sealAll(1)).toBe(1)
    await write('on the new server')
    expect(await sealAll(1)).toBe(1)
    expect(await checked()).toMatchObject({ rows: 5, faults: [] })
    expect(await ask('select distinct era from audit_event order by 1', [])).toEqual([{ era: 0 }, { era: 1 }])
  })
})

describe('tampering', () => {
  let ids: string[]
  beforeEach(async () => {
    ids = []
    for (let n = 0; n < 3; n++) {
      await client.query('begin')
      for (let m = 0; m < 5; m++) ids.push(await write(`clerk ${n}${m}`))
      await client.query('commit')
      await sealAll(5)
    }
    expect(await faults()).toEqual([])
  })

  test('an edited row is named', async () => {
    await tamper(`update audit_event set actor_name = 'Somebody else' where id = $1`, [ids[6]])
    expect((await faults())[0]).toBe(`row ${ids[6]} was edited: it does not fit its own hash`)
  })

  test.each(['at', 'action', 'actor_kind', 'actor_id', 'certificate_id', 'lineage_id', 'xid'])(
    'an edited %s is found',
    async (column) => {
      const value = {
        at: `at + interval '1 ms'`,
        lineage_id: 'gen_random_uuid()',
        xid: `(xid::text::bigint + 1)::text::xid8`,
        era: 'era + 1',
      }
      await tamper(`update audit_event set ${column} = ${value[column as 'at'] ?? `'x'`} where id = $1`, [ids[6]])
      expect((await faults()).join('\n')).toContain(`row ${ids[6]} was edited`)
    },
  )

  test('a row moved to another era is missed where it was and named where it is', async () => {
    await tamper(`update audit_event set era = era + 1 where id = $1`, [ids[6]])
    expect(await faults()).toEqual([
      expect.stringMatching(/^seal 2 covers 5 rows, 4 are there/),
      `row ${ids[6]} was edited: it does not fit its own hash`,
    ])
  })

  test('an edited key of the detail is named', async () => {
    await tamper(`update audit_event set detail = '{"forn": "pdf"}' where id = $1`, [ids[14]])
    expect((await faults())[0]).toContain(`row ${ids[14]} was edited`)
  })

  test('a row edited together with its hash is found by its seal', async () => {
    await tamper(`update audit_event set action = 'nothing' where id = $1`, [ids[6]])
    await tamper(`update audit_event e set hash = sha256(convert_to(audit_line(e), 'UTF8')) where id = $1`, [ids[6]])
    expect(await faults()).toEqual([expect.stringMatching(/^seal 2 does not fit its rows/)])
  })

  test('a removed row is found by its seal', async () => {
    await tamper(`delete from audit_event where id = $1`, [ids[7]])
    expect(await faults()).toEqual([expect.stringMatching(/^seal 2 covers 5 rows, 4 are there: 1 removed/)])
  })

  test('the rows of the last seal, removed, are missed', async () => {
    await tamper(`delete from audit_event where id >= $1`, [ids[10]])
    expect(await faults()).toEqual([expect.stringMatching(/^seal 3 covers 5 rows, 0 are there/)])
  })

  test('a row inserted between sealed ones is found', async () => {
    await tamper(
      `insert into audit_event select (e).* from (select jsonb_populate_record(a, '{"id": 900000}') as e from audit_event a where id = $1) x`,
      [ids[7]],
    )
    await tamper(`update audit_event e set hash = sha256(convert_to(audit_line(e), 'UTF8')) where id = 900000`)
    expect(await faults()).toEqual([expect.stringMatching(/^seal [23] covers 5 rows, 6 are there: 1 inserted/)])
  })

  test('two rows that changed places are found, within a seal and across seals', async () => {
    for (const [one, other, seal] of [
      [ids[6], ids[7], 2],
      [ids[0], ids[12], 1],
    ] as const) {
      const swap = `update audit_event a set actor_name = b.actor_name, at = b.at
        from audit_event b where (a.id, b.id) in (($1, $2), ($2, $1))`
      await tamper(swap, [one, other])
      await tamper(`update audit_event e set hash = sha256(convert_to(audit_line(e), 'UTF8')) where id in ($1, $2)`, [
        one,
        other,
      ])
      expect((await faults())[0]).toMatch(new RegExp(`^seal ${seal} does not fit its rows`))
      await tamper(swap, [one, other])
      await tamper(`update audit_event e set hash = sha256(convert_to(audit_line(e), 'UTF8')) where id in ($1, $2)`, [
        one,
        other,
      ])
    }
    expect(await faults()).toEqual([])
  })

  test.each(['at', 'count', 'root', 'previous', 'hash', 'last_id'])(
    'a changed %s of a seal is found',
    async (column) => {
      const value = { at: `at + interval '1 day'`, count: 'count - 1', last_id: 'last_id - 1' }
      await tamper(`update audit_seal set ${column} = ${value[column as 'at'] ?? `sha256('x')`} where n = 2`)
      expect((await faults()).join('\n')).toMatch(/seal [23] /)
    },
  )

  test('a seal that was made anew after a change no longer carries the next one', async () => {
    await tamper(`delete from audit_event where id = $1`, [ids[7]])
    await reseal('2')
    expect(await faults()).toEqual(['seal 3 does not follow seal 2: one of the two was changed'])
  })

  test('a removed seal is missed', async () => {
    await tamper(`delete from audit_seal where n = 2`)
    expect(await faults()).toEqual([
      'seal 3 follows seal 1: seals between them are missing',
      expect.stringMatching(/^seal 3 covers 5 rows, 10 are there/),
    ])
  })

  test('everything made anew from a row on is found by a hash that was published before', async () => {
    const [published] = await ask(`select n::text, encode(hash, 'hex') as hash from audit_seal where n = 3`, [])
    await tamper(`delete from audit_event where id = $1`, [ids[14]])
    await reseal('3')
    expect(await faults()).toEqual([])
    const [now] = await ask(`select encode(hash, 'hex') as hash from audit_seal where n = 3`, [])
    expect(now!.hash).not.toBe(published!.hash)
  })

  /** Makes a seal that fits the rows as they are now. */
  async function reseal(n: string): Promise<void> {
    let hashes: string[] = []
    let seal: Seal | undefined
    for await (const link of readChain(ask)) {
      if ('row' in link) hashes.push(link.row.hash)
      else if (link.seal.n === n) {
        seal = link.seal
        break
      } else hashes = []
    }
    const made = { ...seal!, count: hashes.length, root: rootOf(hashes) }
    await tamper(`update audit_seal set count = $2, root = decode($3, 'hex'), hash = decode($4, 'hex') where n = $1`, [
      n,
      made.count,
      made.root,
      hashOf(sealLine(made)),
    ])
  }
})

describe('who may change it', () => {
  const CHANGES = [
    `update audit_event set action = 'x'`,
    `delete from audit_event`,
    `truncate audit_event`,
    `update audit_seal set count = 1`,
    `delete from audit_seal`,
    `truncate audit_seal`,
    `update audit_root set signed = ''`,
    `delete from audit_root`,
  ]

  test.each(CHANGES)('not even the owner by a plain statement: %s', async (sql) => {
    await expect(client.query(sql)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('append-only'),
    })
  })

  test.each([
    ...CHANGES,
    `alter table audit_event disable trigger all`,
    `drop table audit_event`,
    `set session_replication_role = replica`,
  ])('the role of the product may not: %s', async (sql) => {
    const product = await connection('-c role=errata_app')
    await expect(product.query(sql)).rejects.toMatchObject({ code: '42501' })
  })

  test('the role of the product writes and reads the log, and works on every other table', async () => {
    const product = await connection('-c role=errata_app')
    await write('Asha', product)
    await until(async () => (await sealNext(product, NOW)) === 1)
    const { rows } = await product.query(`
      select c.relname, has_table_privilege(c.oid, 'select, insert') as adds,
             has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete') as changes,
             has_table_privilege(c.oid, 'truncate') as empties
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`)
    const protectedTables = ['_prisma_migrations', 'audit_event', 'audit_root', 'audit_seal']
    expect(rows.filter(({ changes }) => !changes).map(({ relname }) => relname)).toEqual(protectedTables)
    expect(rows.filter(({ empties }) => empties)).toEqual([])
    expect(rows.filter(({ adds }) => !adds).map(({ relname }) => relname)).toEqual([])
  })
})

function insertWith(tx: Pick<Database, '$executeRaw'>, name: string): Promise<number> {
  return tx.$executeRaw`insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    values (now(), 'x', 'operator', 'o', ${name}, '{}')`
}

/** Another sealer has followed the same seal, or its rows were sealed while ours were read. */
function isTaken(error: unknown): boolean {
  return ['23505', '40001'].includes((error as { code?: string }).code ?? '')
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let n = 0; !(await holds()); n++) {
    if (n > 300) throw new Error('It did not happen.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
