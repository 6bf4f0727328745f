'use client'
/** One row of a run. */
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { words as approvals } from '@/components/approvals/words'
import { shownValue } from '@/components/display'
import { Marked } from '@/components/marked'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { CertificateNumber, Value } from '@/components/ui/value'
import { useType } from '@/components/type-in-force'
import type { Change } from '@/lib/api/contract'
import type { BulkRow, BulkRun } from '@/lib/bulk/answers'
import { fieldsOf } from '@/lib/certificate-types/type'
import { markChanges } from '@/lib/certificates/diff'
import { isHidden } from '@/lib/certificates/hidden'
import { RowTag } from './bulk-tag'
import { MendForm } from './mend-form'
import { words } from './words'

const text = words.list

export function RowEntry({ row, run }: { row: BulkRow; run: BulkRun }) {
  const [mends, setMends] = useState(false)
  const { certificateId, preEnrollmentCode, changes, problems, approval, newCertificateId, requestId, state } = row
  const mendable = run.may.mend && state === 'refused'
  const code = preEnrollmentCode ?? row.cells.preEnrollmentCode ?? ''
  return (
    <li className="px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-[0.9375rem] font-semibold">{text.row(row.row)}</h3>
        <RowTag row={row} />
      </div>
      <Facts className="text-sm text-ink-2">
        {certificateId && (
          <Link href={`/certificates/${certificateId}`} className="link inline-flex min-h-6 items-center">
            <CertificateNumber id={certificateId} />
          </Link>
        )}
        {code !== '' && (
          <span>
            <Value ltr>{code}</Value>
          </span>
        )}
        {newCertificateId && (
          <span>
            {text.replacedBy}{' '}
            {row.issue === 'issued' ? (
              <Link href={`/certificates/${newCertificateId}`} className="link inline-flex min-h-6 items-center">
                <CertificateNumber id={newCertificateId} />
              </Link>
            ) : (
              <CertificateNumber id={newCertificateId} />
            )}
          </span>
        )}
      </Facts>
      {changes.length > 0 && <Changes changes={changes} />}
      {approval.length > 0 && run.proposal === null && (
        <div className="mt-2 text-sm">
          {state === 'ready' && <p className="font-semibold">{text.willAsk}</p>}
          <ul>
            {approval.map((reason) => (
              <li key={reason}>{approvals.reasons[reason]}</li>
            ))}
          </ul>
          {requestId && (
            <Link href={`/approvals/${requestId}`} className="link inline-flex min-h-11 items-center">
              {text.request}
            </Link>
          )}
        </div>
      )}
      {problems.length > 0 && (
        <ul className="mt-2 space-y-1 text-[0.9375rem]">
          {problems.map(({ column, message }) => (
            <li key={`${column} ${message}`}>
              {column !== '' && (
                <>
                  <span className="font-semibold">
                    <Value ltr>{column}</Value>
                  </span>
                  {': '}
                </>
              )}
              {message}
            </li>
          ))}
        </ul>
      )}
      {mendable && !mends && (
        <Button className="mt-3 max-sm:w-full" onClick={() => setMends(true)}>
          <Pencil aria-hidden className="size-4" />
          {text.fix}
        </Button>
      )}
      {mendable && mends && <MendForm row={row} run={run} onClose={() => setMends(false)} />}
    </li>
  )
}

function Changes({ changes }: { changes: Change[] }) {
  const { timeZone } = usePlace()
  const fields = fieldsOf(useType())
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-[0.9375rem] max-sm:grid-cols-1">
      {changes.map(({ path, label, before, after }) => {
        const field = fields.find((one) => one.path === path)
        const shown = [before ?? '', after ?? ''].map((value) => shownValue(field, value, timeZone))
        const whole = isHidden(before) || isHidden(after)
        const marked = whole
          ? { before: [{ text: shown[0]!, changed: true }], after: [{ text: shown[1]!, changed: true }] }
          : markChanges(shown[0]!, shown[1]!)
        return (
          <div key={path} className="contents max-sm:mb-1 max-sm:block">
            <dt className="text-ink-2">{label}</dt>
            <dd className="wrap-anywhere">
              <span className="sr-only">{text.before} </span>
              {before === null ? <Nothing /> : <Marked segments={marked.before} as="del" ltr={field?.ltr} />}
              <span aria-hidden className="mx-2 text-ink-3">
                →
              </span>
              <span className="sr-only">, {text.after} </span>
              {after === null ? <Nothing /> : <Marked segments={marked.after} as="ins" ltr={field?.ltr} />}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Nothing() {
  return <span className="text-ink-3">{text.empty}</span>
}
