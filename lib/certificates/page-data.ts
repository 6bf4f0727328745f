/** What stands on the page of a certificate, read from its type: labels, values as people write them, previous doses. Pure. */
import { eventOf, fieldsOf, isCounted, totalOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { unsupportedCharacters } from '@/lib/rendering/glyphs'
import type { CertificatePage, PageRow } from '@/lib/rendering/pdf'
import { dayIn } from './dates'
import { sequenceOf } from './lineage-key'
import { personOf, subjectOf, totalIn } from './person'
import { valueAt, type CertificateRecord } from './record'
import { clockAt } from './time-zones'

export interface PageInput {
  type: CertificateType
  record: CertificateRecord
  certificateId: string
  issuedAt: Date
  /** 0 = as first issued. */
  revision: number
  predecessorId: string | null
  previousDoses: { certificateId: string; record: CertificateRecord }[]
  issuer: CertificatePage['issuer']
  timeZone: string
  qr: { svg: string; millimetres: number }
  paper: CertificatePage['paper']
  /** normal without it. */
  variant?: CertificatePage['variant']
  /** Only for a copy that was counted. */
  printed?: { facility: string | null; name: string; at: Date }
  /** Paths of changed fields, which a preview marks. */
  changed?: Set<string>
  /** Says across every page that this is no certificate. */
  watermark?: string
}

/** The page's data in the renderer's shape. Days are in the issuer's time zone. */
export function pageOf(input: PageInput): CertificatePage {
  const { type, record, changed: marked, timeZone } = input
  const labelled = (path: string) => {
    const field = fieldsOf(type).find((one) => one.path === path)
    return { label: field?.label ?? path, ...inSecond(type, field?.labels, field?.label) }
  }
  const key = fieldsOf(type).find(({ path }) => path === type.lineage.key)
  const codeAlso = key && inSecond(type, key.labels, key.label).also
  return {
    language: 'en',
    title: type.title,
    ...(type.alsoIn === undefined ? {} : { alsoIn: type.alsoIn, ...inSecond(type, type.titles, type.title) }),
    issuer: input.issuer,
    certificateId: input.certificateId,
    issuedAt: `${dayIn(input.issuedAt, timeZone)}T${input.issuedAt.toISOString().slice(11)}`,
    version: input.revision + 1,
    sections: type.sections.flatMap((section) => {
      const rows = section.fields
        .filter((field) => field.printed)
        .flatMap((field): PageRow[] => {
          const value = shownValue(record, field, timeZone)
          const changed = marked?.has(field.path) ?? false
          return value === ''
            ? []
            : [{ label: field.label, ...inSecond(type, field.labels, field.label), value, changed }]
        })
      const [age, dose] = [type.person.age, isCounted(type) ? type.lineage.sequence : undefined]
      const { dob, age: years } = personOf(record, type)
      if (age && section.fields.some(({ path }) => path === age) && !dob && years) {
        const changed = marked?.has(age) ?? false
        rows.push({ ...labelled(age), value: `${years} years`, changed })
      }
      if (dose && section.fields.some(({ path }) => path === dose))
        rows.push({ ...doseRow(record, type, marked), ...labelled(dose) })
      return rows.length > 0 ? [{ title: section.title, ...inSecond(type, section.titles, section.title), rows }] : []
    }),
    doses: input.previousDoses.slice(-MOST_DOSES_LISTED).map(({ certificateId, record: earlier }) => ({
      dose: doseInWords(earlier, type),
      vaccine: shortened(subjectOf(earlier, type)),
      date: dateOf(earlier, type, timeZone),
      certificateId,
    })),
    replaces: input.predecessorId,
    codeLabel: key?.label ?? 'Pre-enrollment code',
    ...(codeAlso === undefined ? {} : { codeAlso }),
    code: record.preEnrollmentCode,
    qrSvg: input.qr.svg,
    qrMillimetres: input.qr.millimetres,
    watermark: input.watermark ?? null,
    paper: input.paper,
    variant: input.variant ?? 'normal',
    printed: input.printed ? printedBy(input.printed, timeZone) : null,
  }
}

function instantInWords(instant: Date, time: boolean, timeZone: string): string {
  const day = dayInWords(dayIn(instant, timeZone))
  return time ? `${day}, ${timeIn(instant, timeZone)}` : day
}

function timeIn(instant: Date, timeZone: string): string {
  return clockAt(instant.getTime(), timeZone).toISOString().slice(11, 16)
}

/** Names that no shipped font can set are left out of the footer: they must not stop anybody from printing. */
function printedBy({ facility, name, at }: NonNullable<PageInput['printed']>, timeZone: string) {
  return {
    facility: facility && printable(shortened(facility)),
    name: printable(shortened(name)) ?? '–',
    time: instantInWords(at, true, timeZone),
  }
}

function printable(text: string): string | null {
  return unsupportedCharacters(text).length === 0 ? text : null
}

/** The list of previous doses must not push a certificate over its pages. */
const MOST_DOSES_LISTED = 12
const LONGEST_LISTED = 60

function shortened(name: string): string {
  const letters = [...new Intl.Segmenter().segment(name)]
  if (letters.length <= LONGEST_LISTED) return name
  const kept = letters.slice(0, LONGEST_LISTED - 1).map((part) => part.segment)
  return `${kept.join('')}…`
}

function shownValue(record: CertificateRecord, field: Field, timeZone: string): string {
  const value = valueAt(record, field.path)
  if (value === undefined) return ''
  if (field.kind === 'date') return dayInWords(String(value))
  if (field.kind === 'instant') return instantInWords(new Date(String(value)), field.time, timeZone)
  const shown = [value].flat().join(', ')
  return field.unit === undefined ? shown : `${shown} ${field.unit}`
}

/** The words of the second language, where the type has it and them; the same words are not said twice. */
function inSecond(
  { alsoIn }: CertificateType,
  words: Record<string, string> | undefined,
  first: string | undefined,
): { also?: string } {
  const also = alsoIn === undefined ? undefined : words?.[alsoIn]
  return also === undefined || also === first ? {} : { also }
}

function doseRow(record: CertificateRecord, type: CertificateType, changed?: Set<string>) {
  const paths = [type.lineage.sequence, totalOf(type)]
  const isChanged = paths.some((path) => path !== undefined && changed?.has(path))
  return { value: doseInWords(record, type), changed: isChanged }
}

/** "1 of 2"; more than the total is a booster; "1" where the type knows no total. */
function doseInWords(record: CertificateRecord, type: CertificateType): string {
  const dose = sequenceOf(record, type)
  if (totalOf(type) === undefined) return String(dose)
  const total = totalIn(record, type)
  return dose > total ? `${dose} (booster)` : `${dose} of ${total}`
}

function dateOf(record: CertificateRecord, type: CertificateType, timeZone: string): string {
  const field = fieldsOf(type).find(({ path }) => path === eventOf(type)?.date)
  return field ? shownValue(record, field, timeZone) : ''
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** YYYY-MM-DD as "17 Oct 2021". */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}
