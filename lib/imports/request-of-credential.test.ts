/** The way back from a certificate to its request: what DIVOC signed, made into a request, builds the same certificate again. */
import { describe, expect, test } from 'vitest'
import { buildCredential } from '@/lib/certificates/credential'
import { readConfig } from '@/lib/config'
import { VACCINATION } from '@/lib/testing/vaccination'
import { VECTORS } from '@/lib/testing/vectors'
import { readCredential, requestOf } from './request-of-credential'
import { readRow, type CertificateRow } from './rows'

const { credential: settings } = readConfig({ DATABASE_URL: 'postgresql://localhost/errata' })
const AT = { did: settings.did, timeZone: 'Asia/Colombo' }

function rowOf(certificate: string, more: Record<string, unknown> = {}): CertificateRow {
  const { evidence, credentialSubject } = JSON.parse(certificate)
  const row = readRow(
    JSON.stringify({
      certificateId: String(evidence[0].certificateId),
      preEnrollmentCode: credentialSubject.refId || '62',
      contact: ['tel:0771234567'],
      certificate,
      ...more,
    }),
  )
  if ('cause' in row || row.kind !== 'certificate') throw new Error(JSON.stringify(row))
  return row
}

test.each(VECTORS.map(({ name, signed }) => [name, signed]))(
  '%s: the person and the vaccination come back as they are',
  (_name, signed) => {
    const read = readCredential(JSON.parse(signed))!
    const request = requestOf(rowOf(signed), read, AT)
    const again = buildCredential({
      template: VACCINATION.forms.certifyV3.credential,
      request,
      certificateId: read.certificateId,
      issuedAt: read.issuedAt!,
      settings,
      codeLists: VACCINATION.codeLists,
    }) as { credentialSubject: Record<string, unknown>; evidence: Record<string, unknown>[] }
    const { credentialSubject, evidence } = JSON.parse(signed)
    // What is made of the settings or of the day of issue is not the request's.
    const said = ({ age: _age, ...subject }: Record<string, unknown>) => ({ ...subject, refId: '' })
    expect(said(again.credentialSubject)).toEqual(said({ ...again.credentialSubject, ...credentialSubject }))
    for (const place of ['batch', 'vaccine', 'manufacturer', 'effectiveStart', 'effectiveUntil', 'dose', 'totalDoses'])
      expect(again.evidence[0]![place], place).toEqual(evidence[0][place] ?? '')
    expect(new Date(String(again.evidence[0]!.date)).getTime()).toBe(new Date(evidence[0].date).getTime())
    expect(again.evidence[0]!.facility).toMatchObject({ name: evidence[0].facility.name })
  },
)

describe('what the row adds', () => {
  const [{ signed }] = VECTORS as [(typeof VECTORS)[0]]
  const of = (more: Record<string, unknown>) => requestOf(rowOf(signed, more), readCredential(JSON.parse(signed))!, AT)

  test('contact, else the mobile number; programme; meta without what the chain is made of', () => {
    expect(of({ contact: ['tel:1', 'mailto:a@b.c'] }).recipient.contact).toEqual(['tel:1', 'mailto:a@b.c'])
    expect(of({ contact: null, mobile: '0771' }).recipient.contact).toEqual(['tel:0771'])
    expect(of({ contact: null }).recipient.contact).toEqual([])
    expect(of({ programId: 'covid19' }).programId).toBe('covid19')
    const meta = { previousCertificateId: '1', certificateType: 'certifyV3', clinic: 'A' }
    expect(of({ meta }).meta).toEqual({ clinic: 'A' })
    expect(of({ meta: JSON.stringify({ certificateType: 'certifyV3' }) }).meta).toBeUndefined()
  })

  test('an identity that DIVOC made an address of is the identity again', () => {
    const credential = JSON.parse(signed)
    credential.credentialSubject.id = `${settings.did}:571304456V`
    expect(requestOf(rowOf(signed), readCredential(credential)!, AT).recipient.identity).toBe('571304456V')
    credential.credentialSubject.id = 'did:in.gov.uidai.aadhaar:1111'
    expect(requestOf(rowOf(signed), readCredential(credential)!, AT).recipient.identity).toBe(
      'did:in.gov.uidai.aadhaar:1111',
    )
  })
})

describe('rows', () => {
  test.each([
    ['no JSON', '{', 'NOT_JSON'],
    ['a list', '[]', 'NOT_JSON'],
    ['another entity', '{"identity":"x"}', 'UNKNOWN_ROW'],
    ['no number', '{"certificate":"x","preEnrollmentCode":"1"}', 'NO_NUMBER'],
    ['no code', '{"certificate":"x","certificateId":"1"}', 'NO_CODE'],
    ['an object as certificate', '{"certificate":{},"certificateId":"1","preEnrollmentCode":"1"}', 'NO_CERTIFICATE'],
    ['NUL', '{"certificate":"x\\u0000","certificateId":"1","preEnrollmentCode":"1"}', 'NOT_STORABLE'],
    [
      'half a character',
      '{"certificate":"x","meta":{"a":"\\ud800"},"certificateId":"1","preEnrollmentCode":"1"}',
      'NOT_STORABLE',
    ],
    ['nothing revoked', '{"previousCertificateId":""}', 'REVOKES_NOTHING'],
  ])('%s is named', (_what, line, cause) => {
    expect(readRow(line)).toMatchObject({ cause })
  })

  test('a row may stand in an object named after its entity', () => {
    const row = { previousCertificateId: '1', certificateId: '2', dose: 1, preEnrollmentCode: '62' }
    expect(readRow(JSON.stringify({ RevokedCertificate: row }))).toMatchObject({ certificateId: '1', successorId: '2' })
  })
})
