'use client'
/** All details of a certificate by section, each with a way to change it. Made from the certificate type. */
import { shownValue } from '@/components/display'
import { MoveLink, moveLabel } from '@/components/move-dose/move-link'
import { usePlace } from '@/components/place'
import { Beside } from '@/components/second-language'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'
import { lockOf, type CertificateType, type Field, type Section } from '@/lib/certificate-types/type'
import { valueAt } from '@/lib/certificates/record'
import { MaskedValue } from './masked-value'

interface SummaryProps {
  type: CertificateType
  record: unknown
  /** What a Change link does; null = nothing can be changed now. */
  onChange: ((path: string) => void) | null
  correctHref: string
}

export function Summary({ type, record, onChange, correctHref }: SummaryProps) {
  return (
    <div className="sheet divide-y divide-line overflow-hidden">
      {type.sections.map((section) => (
        <section key={section.id} aria-labelledby={`summary-${section.id}`} className="px-5 py-4 sm:px-6">
          <h2 id={`summary-${section.id}`} className="text-xs tracking-[0.06em] text-ink-3 uppercase">
            {section.title}
            <Beside labels={section.titles} page={section.title} />
          </h2>
          <dl className="mt-1.5">
            {rowsOf(type, section, record).map((row) => (
              <div
                key={row.path}
                className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-t border-line/60 py-1.5 first:border-t-0 sm:grid-cols-[10.5rem_minmax(0,1fr)_auto]"
              >
                <dt className="text-[0.9375rem] text-ink-2 max-sm:text-sm">
                  {row.label}
                  <Beside labels={row.labels} page={row.label} />
                </dt>
                <dd className="text-[0.9375rem] max-sm:order-last max-sm:col-span-2">
                  <RowValue row={row} />
                </dd>
                <dd className="text-end text-sm" data-screen-only>
                  {onChange && row.path === type.lineage.sequence && <MoveLink label={moveLabel(type)} />}
                  {onChange && !row.locked && (
                    <Link href={correctHref} className="link inline-block min-h-6" onClick={() => onChange(row.path)}>
                      {row.values.length > 0 ? words.record.change : words.record.add}
                      <span className="sr-only"> {row.label}</span>
                    </Link>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

interface Row {
  path: string
  label: string
  labels: Field['labels']
  values: { field: Field; text: string }[]
  masked: boolean
  locked: boolean
}

/** One row for each field; the fields of a group (an address) share one. Rows without a value are shown only where one is usual. */
function rowsOf(type: CertificateType, section: Section, record: unknown): Row[] {
  const rows: Row[] = []
  for (const field of section.fields) {
    const text = textAt(record, field)
    const values = text === '' ? [] : [{ field, text }]
    const last = rows.at(-1)
    if (field.group && last?.path === field.group) last.values.push(...values)
    else {
      rows.push({
        path: field.group ?? field.path,
        label: field.group ? words.group(field.group) : field.label,
        labels: field.group ? undefined : field.labels,
        values,
        masked: field.masked,
        locked: lockOf(type, field) !== undefined,
      })
    }
  }
  return rows.filter(
    (row) =>
      row.values.length > 0 ||
      section.fields.some((field) => field.group === row.path || (field.path === row.path && field.printed)),
  )
}

function textAt(record: unknown, field: Field): string {
  const value = valueAt(record, field.path)
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}

function RowValue({ row }: { row: Row }) {
  const { timeZone } = usePlace()
  if (row.values.length === 0) return <span className="text-ink-3">{words.record.notGiven}</span>
  return row.values.map(({ field, text }, index) => {
    const shown = shownValue(field, text, timeZone)
    return (
      <span key={field.path}>
        {index > 0 && <span className="text-ink-3">, </span>}
        {row.masked ? <MaskedValue field={field} text={text} /> : <Value ltr={isLtr(field)}>{shown}</Value>}
      </span>
    )
  })
}

function isLtr(field: Field): boolean {
  return field.ltr || field.kind === 'date' || field.kind === 'instant' || field.kind === 'wholeNumber'
}
