/** Types that come as files: a newer version is taken up once, a wrong one never. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedType, typesChanged } from '@/lib/certificate-types/live'
import { headings, lockTypes, putInForce, tellProcesses } from '@/lib/certificate-types/store'
import { setEnvironment } from '@/lib/testing/api'
import { aContext } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { VACCINATION } from '@/lib/testing/vaccination'
import { takeUpFiles } from './take-up'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: ReturnType<typeof aContext>
const folder = temporaryFolder('errata-types-')
const file = join(folder, 'VaccinationCertificate', 'type.json')

beforeAll(async () => {
  cpSync('lib/certificate-types/VaccinationCertificate', join(folder, 'VaccinationCertificate'), { recursive: true })
  database = await openTestDatabase()
  setEnvironment(database.url) // for the log line of what is wrong
  context = aContext(database.url, { CERTIFICATE_TYPES_DIR: folder })
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const SHIPPED = VACCINATION.version

function write(change: (type: Record<string, unknown>) => void) {
  const type = JSON.parse(readFileSync(file, 'utf8'))
  change(type)
  writeFileSync(file, JSON.stringify(type))
}

test('a newer version of the files is published at the next start, once', async () => {
  write((type) => (type.title = 'Ours'))
  expect((await publishedType(context)).title).toBe('Ours')
  write((type) => Object.assign(type, { version: SHIPPED + 1, title: 'Ours, second' }))
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours, second')
  // Rolled back: the next start leaves it so.
  await context.db.$transaction(async (db) => {
    await lockTypes(db)
    await putInForce(db, 'VaccinationCertificate', SHIPPED, { id: 'a', name: 'Asha' }, context.now())
    await tellProcesses(db)
  })
  typesChanged(context)
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours')
})

test('what is wrong, or no type at all, is left out, and what is in force stays', async () => {
  write((type) => Object.assign(type, { version: SHIPPED + 2, lineage: { sequence: 'nowhere' } }))
  await takeUpFiles(context)
  writeFileSync(file, '{"name": "Vacc')
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours')
  expect((await headings(context.db)).map(({ version }) => version)).toEqual([SHIPPED, SHIPPED + 1])
})
