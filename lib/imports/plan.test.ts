/** The plan of an import: chains, forks, missing and wrong revocations, and that no row is ever lost. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planImport, type CertificateFacts, type RevocationFacts } from './plan'

let line = 0

function certificate(certificateId: string, createdAt: number, more: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    place: { file: 0, line: ++line, offset: 0, length: 0 },
    certificateId,
    type: 'VaccinationCertificate',
    isCounted: true,
    preEnrollmentCode: '62',
    programId: 'covid19',
    dose: 1,
    signedBy: 'a key',
    hash: `hash of ${certificateId}`,
    previousId: null,
    createdAt,
    findings: [],
    ...more,
  }
}

function revocation(certificateId: string, successorId = '', more: Partial<RevocationFacts> = {}): RevocationFacts {
  const place = { file: 1, line: ++line, offset: 0, length: 0 }
  return { place, certificateId, successorId, preEnrollmentCode: '62', dose: 1, createdAt: 1000, ...more }
}

/** Each lineage as "A superseded, B current", with the findings of each in brackets. */
function shown(certificates: CertificateFacts[], revocations: RevocationFacts[] = []): string[] {
  return planImport(certificates, revocations).lineages.map(({ generation, versions }) =>
    [
      `${generation}:`,
      ...versions.map(({ facts, state, findings }) =>
        [facts.certificateId, state, ...findings.map(({ code }) => code)].join(' '),
      ),
    ].join(' | '),
  )
}

describe('lineages', () => {
  test('a chain with its revocations is taken over without a remark', () => {
    const chain = [
      certificate('A', 1),
      certificate('B', 2, { previousId: 'A' }),
      certificate('C', 3, { previousId: 'B' }),
    ]
    expect(shown(chain, [revocation('A', 'B'), revocation('B', 'C')])).toEqual([
      '0: | A superseded | B superseded | C current',
    ])
  })

  test('code, programme and dose tell lineages apart', () => {
    const all = [certificate('A', 1), certificate('B', 1, { dose: 2 }), certificate('C', 1, { programId: '' })]
    expect(shown(all)).toEqual(['0: | A current', '0: | B current', '0: | C current'])
  })

  test('two that replace the same one follow each other in the order of creation', () => {
    const fork = [
      certificate('A', 1),
      certificate('C', 3, { previousId: 'A' }),
      certificate('B', 2, { previousId: 'A' }),
    ]
    expect(shown(fork, [revocation('A', 'B'), revocation('A', 'C')])).toEqual([
      '0: | A superseded | B superseded MISSING_REVOCATION | C current FORK',
    ])
  })

  test('a second original follows the first', () => {
    expect(shown([certificate('A', 1), certificate('B', 2)])).toEqual([
      '0: | A superseded MISSING_REVOCATION | B current SECOND_ORIGINAL',
    ])
  })

  test('one that was created before its predecessor stands behind it', () => {
    expect(shown([certificate('A', 5), certificate('B', 2, { previousId: 'A' })], [revocation('A', 'B')])).toEqual([
      '0: | A superseded | B current OUT_OF_ORDER',
    ])
  })

  test('a circle is cut', () => {
    const circle = [certificate('A', 1, { previousId: 'B' }), certificate('B', 2, { previousId: 'A' })]
    const [only] = shown(circle)
    expect(only).toContain('PREDECESSOR_LATER')
    expect(planImport(circle, []).lineages[0]!.versions).toHaveLength(2)
  })

  test('a predecessor that did not come along, and one of another record, are said', () => {
    const all = [certificate('A', 1, { previousId: 'gone' }), certificate('B', 2, { dose: 2, previousId: 'A' })]
    expect(shown(all)).toEqual(['0: | A current PREDECESSOR_MISSING', '0: | B current OTHER_RECORD'])
  })
})

describe('revocations', () => {
  test('revoked for good, then certified again: a new generation', () => {
    const rows = [certificate('A', 1), certificate('B', 2000)]
    expect(shown(rows, [revocation('A')])).toEqual(['0: | A revoked', '1: | B current'])
  })

  test('revoked after both existed: one generation, revoked', () => {
    const rows = [certificate('A', 1), certificate('B', 2, { previousId: 'A' })]
    expect(shown(rows, [revocation('A', 'B'), revocation('A'), revocation('B')])).toEqual([
      '0: | A superseded | B revoked',
    ])
  })

  test('dose 0 counts, as DIVOC meant it; another dose or code does not, as DIVOC never took it', () => {
    const rows = () => [certificate('A', 1)]
    expect(shown(rows(), [revocation('A', '', { dose: 0 })])).toEqual(['0: | A revoked'])
    expect(shown(rows(), [revocation('A', '', { dose: 2 })])).toEqual(['0: | A current'])
    expect(shown(rows(), [revocation('A', '', { preEnrollmentCode: '63' })])).toEqual(['0: | A current'])
    const told = (more: Partial<RevocationFacts>) => {
      const { cause, findings } = planImport(rows(), [revocation('A', '', more)]).revocations[0]!
      return [cause, ...findings.map(({ code }) => code)]
    }
    expect(told({ dose: 0 })).toEqual([undefined, 'DOSE_ZERO'])
    expect(told({ dose: 2 })).toEqual(['OTHER_DOSE_REVOKED'])
    expect(told({ preEnrollmentCode: '63' })).toEqual(['OTHER_CODE_REVOKED'])
  })

  test('in favour of a certificate that did not come along, or of another record: revoked', () => {
    expect(shown([certificate('A', 1)], [revocation('A', 'gone')])).toEqual(['0: | A revoked SUCCESSOR_MISSING'])
    const elsewhere = [certificate('A', 1), certificate('B', 2, { programId: 'other', previousId: 'A' })]
    expect(shown(elsewhere, [revocation('A', 'B')])).toEqual([
      '0: | A revoked REPLACED_ELSEWHERE',
      '0: | B current OTHER_RECORD',
    ])
  })

  test('of a certificate that did not come along: the number is kept, once', () => {
    const plan = planImport([], [revocation('gone'), revocation('gone', 'X'), revocation('gone')])
    expect(plan.kept.map(({ certificateId }) => certificateId)).toEqual(['gone'])
    expect(plan.revocations.map(({ cause, findings }) => cause ?? findings[0]!.code)).toEqual([
      'CERTIFICATE_MISSING',
      'CERTIFICATE_MISSING',
      'SAME_REVOCATION',
    ])
  })
})

test('rows with one number: the first counts, the others are named', () => {
  const twin = { hash: 'same' }
  const rows = [certificate('A', 1, twin), certificate('A', 1, twin), certificate('A', 2, { hash: 'other' })]
  const plan = planImport(rows, [])
  expect(plan.lineages[0]!.versions).toHaveLength(1)
  expect(plan.left.map(({ cause }) => cause)).toEqual(['SAME_ROW', 'NUMBER_TWICE'])
})

test('whatever is given: each row once, each lineage with one head, in an order that does not depend on that of the rows', () => {
  const id = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F')
  const facts = fc.record({
    certificateId: id,
    previousId: fc.option(id, { nil: null }),
    createdAt: fc.integer({ min: 0, max: 5 }),
    dose: fc.constantFrom(1, 2),
    hash: fc.constantFrom('x', 'y'),
  })
  const gone = fc.record({
    certificateId: id,
    successorId: fc.oneof(fc.constant(''), id),
    dose: fc.constantFrom(0, 1, 2),
  })
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 12 }), fc.array(gone, { maxLength: 8 }), (someFacts, someGone) => {
      const certificates = someFacts.map((one) => certificate(one.certificateId, one.createdAt, one))
      const revocations = someGone.map((one) => revocation(one.certificateId, one.successorId, { dose: one.dose }))
      const plan = planImport(certificates, revocations)
      const placed = plan.lineages.flatMap(({ versions }) => versions.map(({ facts: { place } }) => place))
      const seen = [...placed, ...plan.left.map(({ place }) => place)].map((place) => place.line)
      expect(seen.sort((a, b) => a - b)).toEqual(certificates.map(({ place }) => place.line))
      expect(plan.revocations.map(({ place }) => place.line)).toEqual(revocations.map(({ place }) => place.line))
      for (const { versions } of plan.lineages)
        expect(versions.slice(0, -1).every(({ state }) => state === 'superseded')).toBe(true)
      const again = planImport([...certificates].reverse(), revocations)
      expect(
        JSON.stringify(again.lineages.map(({ versions }) => versions.map(({ facts: one }) => one.place.line)).sort()),
      ).toBe(
        JSON.stringify(plan.lineages.map(({ versions }) => versions.map(({ facts: one }) => one.place.line)).sort()),
      )
    }),
    { numRuns: 500 },
  )
})
