import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../database'
import { copyInto } from './copy'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let client: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('create temp table part (id int primary key, text text, at timestamptz, more jsonb)')
})
afterAll(async () => {
  await client.end()
  await database.close()
})

test('rows arrive as they are, whatever stands in their texts', async () => {
  const at = new Date('2026-05-01T08:00:00Z')
  const text = 'a tab\t, a line\nand a \\N of its own'
  await copyInto(
    client,
    'part',
    ['id', 'text', 'at', 'more'],
    [
      [1, text, at, { text }],
      [2, null, at, {}],
    ],
  )
  const { rows } = await client.query('select * from part order by id')
  expect(rows).toEqual([
    { id: 1, text, at, more: { text } },
    { id: 2, text: null, at, more: {} },
  ])
})

test('what the table refuses is an error, and the connection goes on', async () => {
  await expect(copyInto(client, 'part', ['id'], [[7], [7]])).rejects.toThrow(/duplicate key/)
  expect((await client.query('select count(*)::int as n from part')).rows).toEqual([{ n: 2 }])
})
