/** The account of an import: one line for every key and every row, and how many there are of each kind. Pure. */
import { thumbprintOf } from '@/lib/signing/thumbprint'
import type { GivenKey } from './check-row'
import { CAUSES, REMARKS } from './findings'
import type { RowOutcome } from './read-export'

export interface AccountLine {
  file: string
  line: number
  kind: RowOutcome['kind']
  certificateId: string | null
  /** kept: a revocation whose certificate did not come along. */
  outcome: 'imported' | 'applied' | 'kept' | 'not_imported'
  findings: { code: string; message: string; about?: string[] }[]
}

/** What became of a key. */
export interface KeyLine {
  file: string
  thumbprint: string
  /** Rows whose signature verifies with it. */
  signed: number
  /** not_published: no row verified with it, so nothing says that it is the issuer's. */
  outcome: 'published' | 'not_published'
}

export interface Account {
  keys: KeyLine[]
  lines: AccountLine[]
  /** rows, imported, applied, kept, not_imported, unaccounted (always 0), and for each code `code:<CODE>`. */
  counts: Record<string, number>
}

export function accountOf(files: readonly string[], rows: readonly RowOutcome[], keys: readonly KeyLine[]): Account {
  const lines = [...rows]
    .sort((a, b) => a.place.file - b.place.file || a.place.line - b.place.line)
    .map((row) => lineOf(files, row))
  const counts: Record<string, number> = { rows: rows.length, imported: 0, applied: 0, kept: 0, not_imported: 0 }
  for (const { outcome, findings } of lines) {
    counts[outcome]! += 1
    for (const { code } of findings) counts[`code:${code}`] = (counts[`code:${code}`] ?? 0) + 1
  }
  const { imported, applied, kept, not_imported } = counts as Record<AccountLine['outcome'], number>
  return {
    keys: [...keys],
    lines,
    counts: { ...counts, unaccounted: rows.length - imported - applied - kept - not_imported },
  }
}

/** Of the keys that were given, which the certificates vouch for. `signedBy`: the thumbprint for each that verified. */
export function keyLines(keys: readonly GivenKey[], signedBy: readonly string[]): KeyLine[] {
  return keys.map(({ file, key }) => {
    const thumbprint = thumbprintOf(key)
    const signed = signedBy.filter((one) => one === thumbprint).length
    return { file, thumbprint, signed, outcome: signed > 0 ? 'published' : 'not_published' }
  })
}

function lineOf(files: readonly string[], { place, kind, certificateId, cause, findings }: RowOutcome): AccountLine {
  const said = cause && !findings.some(({ code }) => code === cause) ? [{ code: cause }, ...findings] : findings
  return {
    file: files[place.file]!,
    line: place.line,
    kind,
    certificateId,
    outcome: outcomeOf(
      kind,
      cause !== null,
      said.map(({ code }) => code),
    ),
    findings: said.map((finding) => ({ ...finding, message: { ...CAUSES, ...REMARKS }[finding.code] })),
  }
}

function outcomeOf(kind: RowOutcome['kind'], isLeft: boolean, codes: string[]): AccountLine['outcome'] {
  if (isLeft) return 'not_imported'
  if (kind === 'certificate') return 'imported'
  return codes.includes('CERTIFICATE_MISSING') ? 'kept' : 'applied'
}
