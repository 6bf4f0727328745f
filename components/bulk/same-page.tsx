'use client'
/** Where a mistake comes from: what the other certificates of the session say, and one correction for all of them. */
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { Choices, describedBy, FieldLabel, TextField } from '@/components/administration/form-parts'
import { useSaving } from '@/components/administration/use-saving'
import { dayInWords } from '@/components/display'
import { newUuid } from '@/components/registry'
import { Asked } from '@/components/ui/asked'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { CertificateNumber } from '@/components/ui/value'
import { PageHeading } from '@/components/ui/page-heading'
import { call } from '@/lib/api/call'
import type { SameAnswer } from '@/lib/bulk/answers'
import { useSame } from './use-bulk'
import { words } from './words'

const text = words.same
const [PICK, TO, REASON, FORM] = ['pick', 'to', 'why', 'propose']

export function SamePage({ certificateId }: { certificateId: string }) {
  const asked = useSame(certificateId)
  const here = `/certificates/${certificateId}`
  return (
    <Asked
      asked={asked}
      listHref={here}
      words={{ ...words, gone: text.none, goneNext: '', back: text.back }}
      className="mx-auto max-w-3xl"
    >
      {(same) => <Same same={same} />}
    </Asked>
  )
}

function Same({ same }: { same: SameAnswer }) {
  const { certificateId, facility, day, total, fields } = same
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading
        crumbs={[
          {
            key: 'certificate',
            label: <CertificateNumber id={certificateId} />,
            href: `/certificates/${certificateId}`,
          },
        ]}
        title={text.title}
        lead={`${text.lead(facility.name, dayInWords(day))} ${text.total(total)}`}
      />
      {fields.length === 0 ? <p className="mt-6 text-ink-2">{text.none}</p> : <ProposeForm same={same} />}
    </div>
  )
}

function ProposeForm({ same: { certificateId, fields } }: { same: SameAnswer }) {
  const router = useRouter()
  const [path, setPath] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [attempt] = useState(newUuid)
  const picked = fields.find((field) => field.path === path)
  const labels = {
    '/to': { id: TO!, label: picked ? text.to(picked.label) : '' },
    '/reason': { id: REASON!, label: text.reason },
  }
  const saving = useSaving(labels, FORM!)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing: FormProblem[] = [
      ...(picked ? [] : [{ target: PICK!, message: text.pickMissing }]),
      ...(picked && to.trim() === '' ? [{ target: TO!, message: text.toMissing }] : []),
      ...(reason.trim() === '' ? [{ target: REASON!, message: text.reasonMissing }] : []),
    ]
    if (missing.length > 0 || !picked) return saving.fail(missing)
    const body = { attempt, certificateId, path, from: picked.value, to, reason }
    void saving.run(
      () => call('POST /v3/bulk/proposals', { body }),
      (run) => router.push(`/bulk/${run.runId}`),
    )
  }
  return (
    <form id={FORM} tabIndex={-1} noValidate onSubmit={submit} className="mt-6 space-y-6 focus-visible:shadow-none">
      <ErrorSummary problems={saving.problems} turn={saving.turn} />
      <section
        id={PICK}
        tabIndex={-1}
        aria-label={text.question}
        className="sheet px-5 py-6 focus-visible:shadow-none sm:px-7"
      >
        <Choices
          legend={text.question}
          name="field"
          value={path}
          onChange={(next) => {
            setPath(next)
            setTo('')
          }}
          options={fields.map(({ path: at, label, value, count }) => ({
            value: at,
            label: `${label}: ${dayInWords(value)}`,
            hint: text.count(count),
          }))}
        />
      </section>
      {picked && (
        <section aria-label={picked.label} className="sheet space-y-5 px-5 py-6 sm:px-7">
          <RightValue
            label={text.to(picked.label)}
            hint={text.toHint(dayInWords(picked.value), picked.count)}
            value={to}
            onChange={setTo}
            problems={saving.problems}
            isDay={/^\d{4}-\d\d-\d\d$/.test(picked.value)}
          />
          <TextField
            id={REASON!}
            label={text.reason}
            hint={text.reasonHint}
            value={reason}
            onChange={setReason}
            problems={saving.problems}
            lines={2}
          />
        </section>
      )}
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? text.sending : picked ? text.submit(picked.count) : text.submitNone}
      </Button>
    </form>
  )
}

interface RightValueProps {
  label: string
  hint: string
  value: string
  onChange: (value: string) => void
  problems: FormProblem[]
  isDay: boolean
}

function RightValue({ isDay, ...field }: RightValueProps) {
  if (!isDay) return <TextField id={TO!} {...field} />
  const { value, onChange, problems } = field
  const labelled = { id: TO!, ...field }
  const wrong = problems.some(({ target }) => target === TO)
  return (
    <div>
      <FieldLabel {...labelled} />
      <input
        id={TO}
        type="date"
        min="1900-01-01"
        max="2199-12-31"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={describedBy(labelled)}
        aria-invalid={wrong || undefined}
        className={`numbers mt-1.5 min-h-11 w-full rounded-control border bg-sheet px-3 ${wrong ? 'border-stop' : 'border-edge'}`}
      />
    </div>
  )
}
