import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'
import { noteCall, writeNotes } from './call-log'
import { lastCalls, type ClientCall } from './store-calls'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database

beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url, 3)
})
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})

async function aClient(): Promise<string> {
  const id = randomUUID()
  await db.apiClient.create({ data: { id, name: `client ${id}`, tokenHash: id } })
  return id
}

function aCall(clientId: string, n: number, more: Partial<ClientCall> = {}): ClientCall {
  const at = new Date(Date.parse('2026-05-12T10:30:00.000Z') + n).toISOString()
  const done = { status: 200, code: null, message: null, details: [], ms: 5 }
  return { clientId, requestId: `request-${n}`, at, method: 'PUT', route: '/v3/certificate', ...done, ...more }
}

test('the last 50 of each client stay, the newest first, and it is known when a client was used last', async () => {
  const [busy, quiet] = [await aClient(), await aClient()]
  noteCall(db, aCall(quiet, 0))
  for (let n = 0; n < 120; n++) {
    noteCall(db, aCall(busy, n))
    if (n % 40 === 39) await writeNotes(db)
  }
  const calls = await lastCalls(db, busy)
  expect(calls.map(({ requestId }) => requestId)).toEqual(Array.from({ length: 50 }, (_, n) => `request-${119 - n}`))
  expect(await db.apiCall.count({ where: { clientId: busy } })).toBe(50)
  expect(await lastCalls(db, quiet)).toHaveLength(1)
  const { lastUsedAt } = await db.apiClient.findUniqueOrThrow({ where: { id: busy } })
  expect(lastUsedAt?.toISOString()).toBe('2026-05-12T10:30:00.119Z')
})

test('the reasons of a refused call are kept as they were given', async () => {
  const client = await aClient()
  const details = [{ index: 1, path: '/recipient/dob', code: 'VALIDATION_ERROR', message: 'Not a day' }]
  noteCall(db, aCall(client, 1, { status: 400, code: 'VALIDATION_ERROR', message: 'One item is wrong', details }))
  await writeNotes(db)
  expect(await lastCalls(db, client)).toMatchObject([{ status: 400, message: 'One item is wrong', details }])
})

test('a text that the database cannot hold does not stop the notes', async () => {
  const client = await aClient()
  const detail = { index: 0, path: '/meta/\u0000\ud800', code: 'VALIDATION_ERROR', message: 'half \udfff' }
  noteCall(db, aCall(client, 1, { status: 400, details: [detail] }))
  await writeNotes(db)
  expect(await lastCalls(db, client)).toMatchObject([{ details: [{ path: '/meta/\ufffd\ufffd' }] }])
})

test('a client that is gone meanwhile takes nobody else with it', async () => {
  const client = await aClient()
  noteCall(db, aCall(randomUUID(), 1))
  noteCall(db, aCall(client, 2))
  await writeNotes(db)
  expect(await lastCalls(db, client)).toHaveLength(1)
})

test('while the database is away the notes wait, and only so many of them', async () => {
  const client = await aClient()
  const away = connect('postgresql://nobody@127.0.0.1:1/nothing', 1)
  for (let n = 0; n < 60; n++) noteCall(away, aCall(client, n))
  await expect(writeNotes(away)).rejects.toThrow()
  noteCall(away, aCall(client, 60))
  await expect(writeNotes(away)).rejects.toThrow()
  await away.$disconnect()
  expect(await lastCalls(db, client)).toEqual([])
})
