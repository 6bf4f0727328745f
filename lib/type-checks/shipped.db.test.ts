/** The types that are shipped pass the check that every other one has to pass. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seeds } from '@/lib/certificate-types/plant'
import { openDocument } from '@/lib/certificate-types/document'
import { aContext } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { checkDocument } from './check'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: ReturnType<typeof aContext>

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

test('each of them, beside all others', async () => {
  const all = seeds(context)
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['TestCertificate', 'VaccinationCertificate']))
  const versions = all.map(({ document }) => openDocument(document, 'published'))
  for (const { document, name } of all) {
    const others = versions.filter(({ type }) => type.name !== name)
    const { errors, sizes } = await checkDocument(context, document, others)
    expect(errors, name).toEqual([])
    expect(sizes!.usual, name).toBeLessThan(sizes!.room)
  }
})
