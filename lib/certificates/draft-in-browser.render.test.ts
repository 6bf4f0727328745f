/** What a browser draws of a draft is what the registry would: the same credential, of every type and form, whatever is typed. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { declaration } from '@/lib/certificate-types/declaration'
import exemption from '@/lib/certificate-types/ExemptionCertificate/type.json'
import professional from '@/lib/certificate-types/HealthProfessional/type.json'
import testType from '@/lib/certificate-types/TestCertificate/type.json'
import vaccination from '@/lib/certificate-types/VaccinationCertificate/type.json'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { drawQr, qrOutline } from '@/lib/rendering/qr'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { aContext } from '@/lib/testing/builders'
import { sampleRecord } from '@/lib/type-checks/sample'
import type { Context } from './context'
import { draftMeans, draftQr } from './draft-credential'
import { drawingOf } from './draft-in-browser'
import { markerOf, withDots } from './hidden'
import { withKept } from './kept-parts'
import { readItem } from './read-items'
import { pruned, valueAt, type CertificateRecord } from './record'

const AT = new Date('2026-05-12T10:30:00.000Z')
const TYPES = [vaccination, testType, exemption, professional].map((one) => declaration.parse(one))
const CASES = TYPES.flatMap((type) =>
  (Object.keys(type.forms) as (keyof typeof type.forms)[])
    .filter((form) => type.forms[form])
    .map((form) => ({ name: `${type.name}, ${form}`, type, form })),
)
const context: Context = {
  ...aContext('postgresql://127.0.0.1:1/none', { CERTIFICATE_DID: 'did:web:x.example' }),
  now: () => AT,
}

/** As the preview of the registry reads it: null for what it refuses. */
function ofRegistry(
  item: unknown,
  replaced: CertificateRecord,
  type: CertificateType,
  form: 'certifyV3' | 'certifyV2',
) {
  const kind = { form, sandbox: false }
  const read = readItem(item, type, context, kind)
  if ('issues' in read) return null
  return draftQr(withDots(withKept(read.record, replaced)), type, context, kind).value
}

function drawingFor(replaced: unknown, type: CertificateType, form: 'certifyV3' | 'certifyV2') {
  const kind = { form, sandbox: false }
  const means = { ...draftMeans(type, context, kind), form, timeZone: context.settings.issuer.timeZone }
  // As it comes over the line.
  return drawingOf(type, replaced, JSON.parse(JSON.stringify(means)) as typeof means, () => AT)
}

describe.each(CASES)('$name', ({ type, form }) => {
  const { preEnrollmentCode: code, ...sample } = sampleRecord(type)
  // Where a field holds the code there is no other.
  const key = type.lineage.key === undefined ? code : valueAt(sample, type.lineage.key)
  const replaced = { ...sample, preEnrollmentCode: key, programId: 'P-1', meta: { source: 'x' } }
  const draw = drawingFor(replaced, type, form)
  const text = fieldsOf(type).find(({ path }) => path === type.person.name)!.path
  const withName = (name: string) => {
    const item = structuredClone(replaced) as Record<string, unknown>
    const [key, inner] = text.split('.') as [string, string]
    if (inner === undefined) item[key] = name
    else item[key] = { ...(item[key] as object), [inner]: name }
    return pruned(item)
  }

  test('the same credential, in a code that scanners read', () => {
    const drawn = draw(replaced)!
    expect(unpackQrValue(drawn.value)).toBe(unpackQrValue(ofRegistry(replaced, replaced as never, type, form)!))
    expect(drawn).toMatchObject(qrOutline(drawQr(drawn.value)))
  })

  test('whatever the name is, in every script, long and empty ones too', () => {
    const names = fc.oneof(
      fc.constantFrom('සරස්වතී', 'சரஸ்வதி', 'सरस्वती', 'سارة', 'ሳራ', 'สรัสวดี', 'Sára  O’Neil', ' x ', '', 'e\u0301'),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ maxLength: 300 }),
    )
    fc.assert(
      fc.property(names, (name) => {
        const item = withName(name)
        const asked = ofRegistry(item, replaced as never, type, form)
        const drawn = draw(item)
        // What the registry refuses beyond its reading (fonts, room on the page) it says itself.
        if (asked !== null) expect(unpackQrValue(drawn!.value)).toBe(unpackQrValue(asked))
      }),
      { numRuns: 60 },
    )
  })

  test('what is hidden is dots in both', () => {
    const item = withName(markerOf('571304456V', 'A'.repeat(22)))
    const asked = ofRegistry(item, replaced as never, type, form)
    expect(unpackQrValue(draw(item)!.value)).toBe(unpackQrValue(asked!))
    expect(unpackQrValue(asked!)).not.toContain('errata-hidden')
  })

  test('what cannot be read or is too large is not drawn', () => {
    expect(draw({})).toBeNull()
    expect(draw(null)).toBeNull()
    const letters = Array.from({ length: 300 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919) % 20_000)))
    const long = fieldsOf(type).find(
      ({ path, kind, allowed }) => path === type.person.name && kind === 'text' && !allowed,
    )
    expect(long).toBeDefined()
    expect(draw(withName(letters.join('').repeat(20)))).toBeNull()
  })
})
