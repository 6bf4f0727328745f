/** The types in force: seeded from files, published in the database, known to every process at once, never changed afterwards. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/lib/db'
import { setEnvironment } from '@/lib/testing/api'
import { aContext } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { VACCINATION } from '@/lib/testing/vaccination'
import { followTypes, publishedType, publishedTypes, typesChanged, typeVersion } from './live'
import { VACCINATION_TYPE } from './names'
import { documentOf, headings, insertDraft, putInForce, tellProcesses } from './store'
import { checksumOf, type TypeDocument } from './document'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: ReturnType<typeof aContext>
const BY = { id: 'a', name: 'Asha' }

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url) // for the log line of what cannot be read
  context = aContext(database.url)
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const SHIPPED = VACCINATION.version

async function publish(version: number, change: (type: Record<string, unknown>) => void = () => {}) {
  const first = (await documentOf(context.db, VACCINATION_TYPE, SHIPPED))!
  const type = JSON.parse(first.text)
  type.version = version
  change(type)
  const document: TypeDocument = { text: JSON.stringify(type), files: first.files }
  const made = { ...document, name: VACCINATION_TYPE, version, checksum: checksumOf(document), note: '' }
  await context.db.$transaction(async (db) => {
    await insertDraft(db, made, BY, context.now())
    await putInForce(db, VACCINATION_TYPE, version, BY, context.now())
    await tellProcesses(db)
  })
}

test('the first look brings the files into the database, two at once bring them once', async () => {
  const other = { ...context, db: connect(database.url) }
  const [one, two] = await Promise.all([publishedType(context), publishedType(other)])
  expect([one.version, two.version]).toEqual([SHIPPED, SHIPPED])
  const rows = await headings(context.db)
  expect(rows.filter(({ name }) => name === VACCINATION_TYPE)).toMatchObject([{ version: SHIPPED, state: 'published' }])
  const [{ count }] = await context.db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from audit_event where action = 'type.published'
      and detail->>'name' = ${VACCINATION_TYPE}`
  expect(count).toBe(1)
  await other.db.$disconnect()
})

test('what another process publishes is known at the next question, and older certificates keep their version', async () => {
  const before = await publishedType(context)
  const elsewhere = { ...context, db: connect(database.url) }
  followTypes(elsewhere)
  await publishedType(elsewhere)
  await publish(SHIPPED + 1, (type) => (type.title = 'Second'))
  await expect.poll(async () => (await publishedType(elsewhere)).title).toBe('Second')
  typesChanged(context)
  expect((await publishedType(context)).version).toBe(SHIPPED + 1)
  expect((await typeVersion(context, VACCINATION_TYPE, SHIPPED)).type).toBe(before)
  await elsewhere.db.$disconnect()
})

test('a version that nobody told of is found when it is asked for', async () => {
  await publish(SHIPPED + 2)
  expect((await typeVersion(context, VACCINATION_TYPE, SHIPPED + 2)).type.version).toBe(SHIPPED + 2)
})

test('a published version cannot be changed or taken away, whoever tries', async () => {
  const { db } = context
  await expect(db.$executeRaw`update certificate_type set document = '{}' where version = ${SHIPPED}`).rejects.toThrow(
    /published/,
  )
  await expect(db.$executeRaw`delete from certificate_type where version = ${SHIPPED + 1}`).rejects.toThrow(/published/)
  await expect(
    db.$executeRaw`update certificate_type set state = 'draft', published_at = null where version = ${SHIPPED + 1}`,
  ).rejects.toThrow()
})

test('one version of a type is in force', async () => {
  await expect(
    context.db.$executeRaw`update certificate_type set state = 'published' where name = ${VACCINATION_TYPE}`,
  ).rejects.toThrow()
})

test('a version that this release cannot read is left out and logged; all other types and versions go on', async () => {
  const other = { ...context, db: connect(database.url) }
  await publish(SHIPPED + 3, (type) => (type.fromALaterRelease = true))
  const first = (await documentOf(context.db, VACCINATION_TYPE, SHIPPED))!
  const unsaid: TypeDocument = { text: '{"name": "Unsaid"', files: first.files }
  await context.db.$transaction(async (db) => {
    await insertDraft(
      db,
      { ...unsaid, name: 'Unsaid', version: 1, checksum: checksumOf(unsaid), note: '' },
      BY,
      context.now(),
    )
    await putInForce(db, 'Unsaid', 1, BY, context.now())
  })
  typesChanged(context)
  // One process that has looked before, and one that begins now.
  for (const one of [context, other]) {
    const unavailable = { code: 'REGISTRY_UNAVAILABLE', message: expect.stringContaining('cannot be read') }
    await expect(publishedType(one)).rejects.toMatchObject(unavailable)
    await expect(publishedType(one, 'Unsaid')).rejects.toMatchObject(unavailable)
    // Not another version in its place.
    await expect(typeVersion(one, VACCINATION_TYPE, SHIPPED + 3)).rejects.toMatchObject(unavailable)
    expect((await typeVersion(one, VACCINATION_TYPE, SHIPPED + 1)).type.title).toBe('Second')
    expect((await publishedTypes(one)).map(({ type }) => type.name)).toContain('TestCertificate')
    expect((await publishedType(one, 'TestCertificate')).version).toBeGreaterThan(0)
  }
  // A version that can be read puts it right, at once.
  await publish(SHIPPED + 4, (type) => (type.title = 'Mended'))
  for (const one of [context, other]) {
    typesChanged(one)
    expect((await publishedType(one)).title).toBe('Mended')
  }
  await other.db.$disconnect()
})
