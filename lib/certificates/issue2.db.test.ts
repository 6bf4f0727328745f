/** The form of VC Data Model 2.0 as it is issued and stored, beside the form of the QR code. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import type { Context } from './context'
import { verifyCertificate2 } from './sign2'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context

beforeEach(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
})
afterEach(async () => {
  await context.db.$disconnect()
  await database.close()
})

const certificates = () => context.db.certificate.findMany({ orderBy: { revision: 'asc' } })

test('every version is signed in both forms, with a place of its own', async () => {
  const issuer = await anIssuer(context)
  const key2 = issuer.key2 as typeof issuer.key2 & { publicKey: never }
  await acceptCertify(context, aCaller(), [aRequest()], options({ method: 'POST' }))
  await issueAll(issuer)
  await acceptUpdates(context, aCaller(), [aRequest({ recipient: { name: 'Samuela' } })], options())
  await issueAll(issuer)
  const rows = await certificates()
  expect(rows).toHaveLength(2)
  const places = rows.map(({ statusListId, statusIndex }) => `${statusListId}/${statusIndex}`)
  expect(new Set(places).size).toBe(2)
  for (const row of rows) {
    const credential2 = JSON.parse(row.credential2!)
    expect(await verifyCertificate2(credential2, () => key2.publicKey, context.settings)).toEqual({ verified: true })
    expect(credential2.id).toBe(`${context.settings.publicUrl}/v3/certificates/${row.certificateId}`)
    expect(credential2.validFrom).toBe(row.issuedAt.toISOString())
    for (const { statusListCredential, statusListIndex, statusPurpose } of credential2.credentialStatus) {
      expect(statusListIndex).toBe(String(row.statusIndex))
      expect(statusListCredential).toBe(`${context.settings.publicUrl}/status/${row.statusListId}/${statusPurpose}`)
    }
  }
  expect(JSON.parse(rows[1]!.credential2!).credentialSubject.name).toBe('Samuela')
})

test('a certificate of the sandbox is signed with the test key and has no place', async () => {
  const issuer = await anIssuer(context)
  await acceptCertify(context, aCaller({ sandbox: true }), [aRequest()], options({ method: 'POST' }))
  await issueAll(issuer)
  const [row] = await certificates()
  const credential2 = JSON.parse(row!.credential2!)
  expect([row!.statusListId, row!.statusIndex]).toEqual([null, null])
  expect(credential2).not.toHaveProperty('credentialStatus')
  expect(credential2.description).toMatch(/not valid/)
  expect(credential2.proof.verificationMethod).toMatch(/#sandbox$/)
})
