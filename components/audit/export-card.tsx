'use client'
/** The log of some days as a file. */
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { buttonClass } from '@/components/ui/button'
import { addressOf } from '@/lib/api/call'
import { CONTROL, Labelled } from './filters'
import { words } from './words'

const FORMATS = [
  { format: 'jsonl', label: words.export.jsonl, hint: words.export.jsonlHint },
  { format: 'csv', label: words.export.csv, hint: words.export.csvHint },
] as const

export function ExportCard() {
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const [from, setFrom] = useState(today)
  const [to, setTo] = useState(today)
  const wrong = from === '' || to === '' || from > to
  return (
    <div className="mt-8">
      <Card id="audit-export" title={words.export.title} lead={words.export.lead}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Labelled id="export-from" label={words.export.from}>
            <input
              id="export-from"
              type="date"
              className={CONTROL}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          </Labelled>
          <Labelled id="export-to" label={words.export.to}>
            <input
              id="export-to"
              type="date"
              className={CONTROL}
              aria-invalid={wrong}
              aria-describedby="export-days"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          </Labelled>
        </div>
        <p id="export-days" role="alert" className="mt-2 text-sm font-semibold text-stop empty:hidden">
          {wrong ? words.wrongDays : ''}
        </p>
        {!wrong && (
          <div className="mt-4 grid gap-4 sm:grid-cols-2">
            {FORMATS.map(({ format, label, hint }) => (
              <div key={format}>
                <a
                  download
                  href={addressOf('GET /v3/audit/export', { query: { from, to, format } })}
                  className={`${buttonClass(format === 'jsonl' ? 'main' : 'second')} w-full`}
                >
                  <Download aria-hidden className="size-4" />
                  {label}
                </a>
                <p className="mt-1 text-sm text-ink-3">{hint}</p>
              </div>
            ))}
          </div>
        )}
      </Card>
    </div>
  )
}
