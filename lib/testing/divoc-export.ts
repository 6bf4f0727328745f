/** An exported registry of DIVOC, made up: rows as its signer saves them, with certificates signed by a given key. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { buildCredential } from '@/lib/certificates/credential'
import type { Config } from '@/lib/config'
import { describe, type SigningKey } from '@/lib/signing/keys'
import { signCredential } from '@/lib/signing/sign'
import { VACCINATION } from './vaccination'

export interface MadeUp {
  certificateId: string
  preEnrollmentCode?: string
  programId?: string
  dose?: number
  name?: string
  /** meta.previousCertificateId */
  previous?: string
  /** ISO instant. */
  createdAt?: string
  vaccine?: string
  nationality?: string
}

const PERSON = {
  dob: '1957-01-30',
  gender: 'Female',
  nationality: 'Sri Lankan',
  identity: '571304456V',
  contact: ['tel:0771234567'],
}

/** The signer of a deployment: an Ed25519 key under the names of these settings. */
export function signerOf(settings: Config, privateKey: KeyObject): SigningKey {
  const named = describe(settings, createPublicKey(privateKey))
  return { ...named, type: 'ED25519', sign: async (bytes) => sign(null, bytes, privateKey) }
}

/** A row of VaccinationCertificate. */
export async function certificateRow(key: SigningKey, settings: Config, made: MadeUp) {
  const { certificateId, preEnrollmentCode = '62', programId = 'covid19', dose = 1, name = 'Sarasvathy T K' } = made
  const at = new Date(made.createdAt ?? '2021-10-17T13:10:00.000Z')
  const request = {
    preEnrollmentCode,
    programId,
    recipient: { name, ...PERSON, nationality: made.nationality ?? PERSON.nationality },
    vaccination: {
      name: made.vaccine ?? 'Covishield',
      manufacturer: 'Serum Institute of India',
      batch: '4121MC041',
      date: '2021-10-17T13:10:00.000Z',
      effectiveStart: '2021-10-31',
      effectiveUntil: '2030-10-31',
      dose,
      totalDoses: 2,
    },
    vaccinator: { name: 'Bartjan Verduijn' },
    facility: { name: 'MOH Gothatuwa' },
  }
  const unsigned = buildCredential({
    template: VACCINATION.forms.certifyV3.credential,
    request,
    certificateId,
    issuedAt: at,
    settings: settings.credential,
    codeLists: VACCINATION.codeLists,
  })
  return {
    osid: `1-${certificateId}`,
    osCreatedAt: at.toISOString(),
    name,
    contact: PERSON.contact,
    mobile: '0771234567',
    preEnrollmentCode,
    certificateId,
    certificate: JSON.stringify(await signCredential(unsigned, key, at)),
    programId,
    meta: { certificateType: 'certifyV3', ...(made.previous ? { previousCertificateId: made.previous } : {}) },
  }
}

/** A row of RevokedCertificate; without `by` it was revoked and not replaced. */
export function revocationRow(
  of: { certificateId: string; preEnrollmentCode?: string; dose?: number },
  by = '',
  osCreatedAt = '2021-11-01T08:00:00.000Z',
) {
  const { certificateId: previousCertificateId, preEnrollmentCode = '62', dose = 1 } = of
  return { osCreatedAt, preEnrollmentCode, certificateId: by, dose, previousCertificateId }
}

export function writeLines(file: string, rows: readonly unknown[]): void {
  writeFileSync(file, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''))
}

/** A registry of about `n` certificates: every fifth person was corrected once, every fiftieth twice, every hundredth revoked. */
export async function manyRows(key: SigningKey, settings: Config, n: number) {
  const certificates: object[] = []
  const revocations: object[] = []
  for (let person = 0; certificates.length < n; person++) {
    const preEnrollmentCode = String(7_000_000 + person)
    const number = (version: number) => String(100_000_000 + person * 10 + version)
    const versions = person % 50 === 0 ? 3 : person % 5 === 0 ? 2 : 1
    for (let version = 0; version < versions; version++) {
      const previous = version > 0 ? number(version - 1) : undefined
      const createdAt = new Date(Date.UTC(2021, 9, 17 + version, 8, 0, person % 3600)).toISOString()
      const name = `Holder ${person} ${'abc'[version]}`
      certificates.push(
        await certificateRow(key, settings, {
          certificateId: number(version),
          preEnrollmentCode,
          name,
          previous,
          createdAt,
        }),
      )
      if (previous)
        revocations.push(revocationRow({ certificateId: previous, preEnrollmentCode }, number(version), createdAt))
    }
    if (person % 100 === 7) revocations.push(revocationRow({ certificateId: number(versions - 1), preEnrollmentCode }))
  }
  return { certificates, revocations }
}
