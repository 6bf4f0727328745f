/** What a holder sees of the own certificate, made from the registry's rows. Pure. */
import type { DayOfLooks } from '@/lib/audit/store-list'
import { fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import type { Change } from '@/lib/certificates/answers'
import { dotsFor } from '@/lib/certificates/hidden'
import { valueAt, type CertificateRecord } from '@/lib/certificates/record'
import type { LineageRow } from '@/lib/certificates/store-read'
import { lineageView } from '@/lib/certificates/views'
import type { Config } from '@/lib/config'
import type { HolderDetail, HolderLook, HolderReport, HolderVersion, HolderView } from './answers'
import type { Opening } from './store'
import type { ReportRow } from './store-reports'

const DAY = 24 * 60 * 60 * 1000

export interface Seen {
  /** The version that the certificate was issued under. */
  type: CertificateType
  lineage: LineageRow
  opening: Opening
  reports: ReportRow[]
  looks: DayOfLooks[]
  qr: string | null
  secondsLeft: number
  settings: Pick<Config, 'issuer' | 'holders'>
}

/** The view; the certificate shown is the newest of the lineage, also when it was revoked. */
export function viewOf(seen: Seen): HolderView {
  const { type, lineage, opening, settings } = seen
  const { name: issuer, timeZone } = settings.issuer
  // The facility that stands for "nobody's" means nothing to a holder.
  const facility = lineage.facilityCode === 'unassigned' ? issuer : lineage.facilityName
  const { history, updatesPending } = lineageView(lineage, type, 0)
  const current = history.find((version) => version.certificateId === opening.certificateId)!
  const hidden = new Set(fieldsOf(type).flatMap((field) => (isHiddenHere(field) ? [field.path] : [])))
  const madeFor = history.find((version) => version.certificateId === opening.madeForId)
  return {
    state: opening.state,
    since: current.since,
    until: current.until,
    cause: opening.state === 'current' ? null : (current.statuses.at(-1)?.reason?.cause ?? null),
    pending: updatesPending > 0,
    issuer,
    facility,
    timeZone,
    title: type.title,
    titles: type.titles,
    alsoIn: type.alsoIn ?? null,
    certificateId: current.certificateId,
    version: current.version,
    opened:
      madeFor && madeFor.certificateId !== current.certificateId
        ? { certificateId: madeFor.certificateId, replacedAt: madeFor.endedAt }
        : null,
    sections: type.sections.map(({ id, title, titles, fields }) => ({
      id,
      title,
      titles,
      details: fields
        .map((field): HolderDetail => {
          const { path, label, labels, kind, unit, masked, ltr } = field
          const detail = { path, label, labels, kind, value: textAt(opening.record, path), unit, masked, ltr }
          return hidden.has(path) ? { ...detail, value: dotted(detail.value), hidden: true } : detail
        })
        .filter((detail, at) => detail.value !== '' || fields[at]!.printed),
    })),
    versions: history.map((version): HolderVersion => {
      const { certificateId, state, issuedAt, endedAt, changes, reason, reissue } = version
      return {
        version: version.version,
        certificateId,
        state,
        issuedAt,
        endedAt,
        reissued: reissue !== null,
        changes: changes.map((change) => (hidden.has(change.path) ? dottedChange(change) : change)),
        requestedBy: typeof reason?.requestedBy === 'string' ? reason.requestedBy : null,
        cause: typeof reason?.cause === 'string' ? reason.cause : null,
        // Nobody's facility makes certificates anew.
        facility: reissue === null ? facility : issuer,
      }
    }),
    looks: seen.looks.map(({ at, kind, facility: from, took, opened, revealed, linkBy }): HolderLook => {
      return {
        at: at.toISOString(),
        by: kind === 'client' || kind === 'holder' ? kind : 'operator',
        facility: from ?? issuer,
        took,
        opened: opened as HolderLook['opened'],
        revealed,
        linkBy: linkBy as HolderLook['linkBy'],
      }
    }),
    reports: seen.reports.map((row) => reportView(row, type, settings.holders.answerDays)),
    qr: seen.qr,
    secondsLeft: seen.secondsLeft,
    linkExpiresAt: opening.expiresAt.toISOString(),
  }
}

/** Hidden everywhere else and not on paper either: a link alone, which others handed over, does not show it. */
function isHiddenHere({ masked, printed }: Field): boolean {
  return masked === true && printed !== true
}

/** Texts joined with ", ", one by one. */
function dotted(text: string): string {
  return text === '' ? '' : text.split(', ').map(dotsFor).join(', ')
}

function dottedChange({ before, after, ...change }: Change): Change {
  return { ...change, before: before && dotted(before), after: after && dotted(after) }
}

/** A report as its writer sees it. */
export function reportView(row: ReportRow, type: CertificateType, answerDays: number): HolderReport {
  return {
    reference: row.reference,
    kind: row.kind,
    fields: row.fields.map(({ path, right }) => ({ path, label: labelOf(path, type), right })),
    note: row.note,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    answerBy: new Date(row.createdAt.getTime() + answerDays * DAY).toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    answer: row.answer,
  }
}

function labelOf(path: string, type: CertificateType): string {
  return fieldsOf(type).find((field) => field.path === path)?.label ?? path
}

function textAt(record: CertificateRecord, path: string): string {
  const value = valueAt(record, path)
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}
