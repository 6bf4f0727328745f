/** What becomes of the rows of an export: lineages in the order of creation, and what is to be said about each row. Pure. */
import type { Cause, Finding, Remark } from './findings'
import type { Place } from './rows'

/** What the plan needs to know of a certificate that is read, checked and verified. */
export interface CertificateFacts {
  place: Place
  certificateId: string
  /** Name of its certificate type. */
  type: string
  /** Whether "dose" is one: the types of others tell certificates apart otherwise. */
  isCounted: boolean
  preEnrollmentCode: string
  programId: string
  dose: number
  /** Thumbprint of the key. */
  signedBy: string
  /** sha256 of the text. */
  hash: string
  /** meta.previousCertificateId, null when it claims none. */
  previousId: string | null
  /** When the row was created (ms), else when the certificate was issued. */
  createdAt: number
  /** Said about it already. */
  findings: Finding[]
}

export interface RevocationFacts {
  place: Place
  certificateId: string
  successorId: string
  preEnrollmentCode: string | null
  dose: number | null
  createdAt: number | null
}

/** A certificate in its place. */
export interface Version {
  facts: CertificateFacts
  state: 'current' | 'superseded' | 'revoked'
  /** When it ceased to be current (ms); null for one that is. */
  endedAt: number | null
  findings: Finding[]
}

export interface PlannedLineage {
  type: string
  preEnrollmentCode: string
  programId: string
  dose: number
  /** From 0: after a revocation the same dose was certified again. */
  generation: number
  versions: Version[]
}

/** A number that counts no more, whose certificate did not come along. */
export interface KeptNumber {
  place: Place
  certificateId: string
  successorId: string
  /** Instant (ms), null where the row does not say. */
  createdAt: number | null
}

export interface Plan {
  lineages: PlannedLineage[]
  /** Rows of certificates that are not imported. */
  left: { place: Place; cause: Cause; about?: string[] }[]
  /** Every row of revocation: what it did. `cause` = nothing. */
  revocations: { place: Place; cause?: Cause; findings: Finding[] }[]
  kept: KeptNumber[]
}

/** Plans an import. Every certificate and every revocation given is in the answer exactly once. */
export function planImport(certificates: readonly CertificateFacts[], revocations: readonly RevocationFacts[]): Plan {
  const left: Plan['left'] = []
  const byNumber = withoutTwins(certificates, left)
  const sorted = sortRevocations(revocations, byNumber)
  const lineages = [...groupsOf(byNumber.values())].flatMap((group) => lineagesOf(group, byNumber, sorted.effective))
  return { lineages, left, revocations: sorted.rows, kept: sorted.kept }
}

function byCreation(a: CertificateFacts, b: CertificateFacts): number {
  return a.createdAt - b.createdAt || a.place.file - b.place.file || a.place.line - b.place.line
}

/** Of rows with one number the first counts. */
function withoutTwins(certificates: readonly CertificateFacts[], left: Plan['left']): Map<string, CertificateFacts> {
  const byNumber = new Map<string, CertificateFacts>()
  for (const facts of [...certificates].sort(byCreation)) {
    const first = byNumber.get(facts.certificateId)
    if (!first) byNumber.set(facts.certificateId, facts)
    else {
      const cause = first.hash === facts.hash ? 'SAME_ROW' : 'NUMBER_TWICE'
      left.push({ place: facts.place, cause, about: [`${first.place.file + 1}:${first.place.line}`] })
      if (cause === 'NUMBER_TWICE') first.findings.push({ code: 'HAD_TWIN' })
    }
  }
  return byNumber
}

type Effective = Map<string, RevocationFacts[]>

/** Which revocations DIVOC's verifiers acted on (by number, code and dose), and those that it wrote with dose 0. */
function sortRevocations(revocations: readonly RevocationFacts[], byNumber: Map<string, CertificateFacts>) {
  const rows: Plan['revocations'] = []
  const kept = new Map<string, KeptNumber>()
  const effective: Effective = new Map()
  const seen = new Set<string>()
  for (const revocation of revocations) {
    const { place, certificateId, successorId, preEnrollmentCode, dose, createdAt } = revocation
    const about = [certificateId]
    const findings: Finding[] = []
    const same = JSON.stringify([certificateId, successorId, preEnrollmentCode, dose])
    const of = byNumber.get(certificateId)
    const cause: Cause | undefined = seen.has(same)
      ? 'SAME_REVOCATION'
      : of && preEnrollmentCode !== null && of.preEnrollmentCode !== preEnrollmentCode
        ? 'OTHER_CODE_REVOKED'
        : of && of.isCounted && dose !== null && dose !== 0 && dose !== of.dose
          ? 'OTHER_DOSE_REVOKED'
          : undefined
    seen.add(same)
    if (!cause && dose === 0) findings.push({ code: 'DOSE_ZERO', about })
    if (!cause && !of) {
      findings.push({ code: 'CERTIFICATE_MISSING', about })
      kept.set(certificateId, kept.get(certificateId) ?? { place, certificateId, successorId, createdAt })
    }
    if (!cause && of) effective.set(certificateId, [...(effective.get(certificateId) ?? []), revocation])
    rows.push(cause ? { place, cause, findings: [] } : { place, findings })
  }
  return { rows, kept: [...kept.values()], effective }
}

function groupsOf(certificates: Iterable<CertificateFacts>): Iterable<CertificateFacts[]> {
  const groups = new Map<string, CertificateFacts[]>()
  for (const facts of certificates) {
    const key = keyOf(facts)
    const group = groups.get(key)
    if (group) group.push(facts)
    else groups.set(key, [facts])
  }
  return groups.values()
}

function keyOf({ type, preEnrollmentCode, programId, dose }: CertificateFacts): string {
  return JSON.stringify([type, preEnrollmentCode, programId, dose])
}

/** The generations of one code, programme and dose. */
function lineagesOf(
  group: CertificateFacts[],
  byNumber: Map<string, CertificateFacts>,
  effective: Effective,
): PlannedLineage[] {
  const { ordered, remarks } = inOrder(group.sort(byCreation))
  const generations: CertificateFacts[][] = [[]]
  for (const facts of ordered) {
    const last = generations.at(-1)!.at(-1)
    if (last && isNewBeginning(facts, last, effective)) generations.push([])
    generations.at(-1)!.push(facts)
  }
  const { type, preEnrollmentCode, programId, dose } = group[0]!
  return generations.map((certificates, generation) => ({
    type,
    preEnrollmentCode,
    programId,
    dose,
    generation,
    versions: certificates.map((facts, index) =>
      versionOf(facts, { certificates, index, byNumber, effective, remarks: remarks.get(facts) ?? [] }),
    ),
  }))
}

/** By creation; one that replaces another stands behind it, whatever the clocks said. */
function inOrder(group: CertificateFacts[]) {
  const own = new Map(group.map((facts) => [facts.certificateId, facts]))
  const ordered: CertificateFacts[] = []
  const placed = new Set<CertificateFacts>()
  const remarks = new Map<CertificateFacts, Finding[]>()
  for (const facts of group) {
    // From this one back to the first of its predecessors that has no place yet.
    const waiting: CertificateFacts[] = []
    const under = new Set<CertificateFacts>()
    let next: CertificateFacts | undefined = facts
    while (next && !placed.has(next) && !under.has(next)) {
      waiting.push(next)
      under.add(next)
      next = next.previousId === null ? undefined : own.get(next.previousId)
    }
    if (next && under.has(next)) note(remarks, waiting.at(-1)!, 'PREDECESSOR_LATER', next.certificateId)
    waiting.reverse().forEach((one, index) => {
      if (index > 0 && byCreation(one, waiting[index - 1]!) < 0)
        note(remarks, one, 'OUT_OF_ORDER', waiting[index - 1]!.certificateId)
      placed.add(one)
      ordered.push(one)
    })
  }
  return { ordered, remarks }
}

function note(remarks: Map<CertificateFacts, Finding[]>, facts: CertificateFacts, code: Remark, about: string): void {
  remarks.set(facts, [...(remarks.get(facts) ?? []), { code, about: [about] }])
}

/** The last one was revoked for good before this one was made, which does not say that it replaces it. */
function isNewBeginning(facts: CertificateFacts, last: CertificateFacts, effective: Effective): boolean {
  if (facts.previousId === last.certificateId) return false
  return (effective.get(last.certificateId) ?? []).some(
    ({ successorId, createdAt }) => successorId === '' && (createdAt === null || createdAt <= facts.createdAt),
  )
}

interface Around {
  /** Of the generation, in order. */
  certificates: CertificateFacts[]
  index: number
  byNumber: Map<string, CertificateFacts>
  effective: Effective
  remarks: Finding[]
}

function versionOf(facts: CertificateFacts, around: Around): Version {
  const { certificates, index, effective, remarks } = around
  const findings = [...facts.findings, ...remarks, ...linkFindings(facts, around)]
  const revocations = effective.get(facts.certificateId) ?? []
  const times = revocations.flatMap(({ createdAt }) => createdAt ?? [])
  const next = certificates[index + 1]
  if (next) {
    if (revocations.length === 0) findings.push({ code: 'MISSING_REVOCATION', about: [next.certificateId] })
    const endedAt = times.length > 0 ? Math.min(...times) : Math.max(next.createdAt, facts.createdAt)
    return { facts, state: 'superseded', endedAt, findings }
  }
  if (revocations.length === 0) return { facts, state: 'current', endedAt: null, findings }
  findings.push(...revocations.flatMap((revocation) => endFindings(revocation, facts, around)))
  return { facts, state: 'revoked', endedAt: times.length > 0 ? Math.min(...times) : facts.createdAt, findings }
}

/** What is odd about the certificate that this one says to replace. */
function linkFindings(facts: CertificateFacts, { certificates, index, byNumber, remarks }: Around): Finding[] {
  const before = certificates[index - 1]
  const { previousId } = facts
  if (remarks.some(({ code }) => code === 'PREDECESSOR_LATER')) return []
  if (previousId === null) return before ? [{ code: 'SECOND_ORIGINAL', about: [before.certificateId] }] : []
  if (previousId === before?.certificateId) return []
  const claimed = byNumber.get(previousId)
  if (!claimed) return [{ code: 'PREDECESSOR_MISSING', about: [previousId] }]
  return [{ code: keyOf(claimed) === keyOf(facts) ? 'FORK' : 'OTHER_RECORD', about: [previousId] }]
}

/** Why the newest certificate of a generation is revoked although nothing follows it. */
function endFindings({ successorId }: RevocationFacts, facts: CertificateFacts, { byNumber }: Around): Finding[] {
  if (successorId === '') return []
  const successor = byNumber.get(successorId)
  if (!successor) return [{ code: 'SUCCESSOR_MISSING', about: [successorId] }]
  return [{ code: keyOf(successor) === keyOf(facts) ? 'FORK' : 'REPLACED_ELSEWHERE', about: [successorId] }]
}
