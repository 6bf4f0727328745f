'use client'
/** What a change means for everybody, why it is made, how long it lasts, and a confirmation that suits what cannot be undone. */
import { useRouter } from 'next/navigation'
import { useState, type FormEvent, type ReactNode } from 'react'
import { correctable } from '@/components/certificate-form/correct-page'
import { localMinute, momentOf } from '@/components/display'
import { useFlow } from '@/components/flow'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { StateTag } from '@/components/ui/tag'
import { CertificateNumber, Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { words as shared } from '@/components/words'
import type { CertificateView } from '@/lib/api/contract'
import { EndFields, endOf, type End } from './end-fields'
import { ReasonFields, type ReasonDraft } from './reason-fields'
import { Confirmation } from './confirmation'
import { useStatusChange } from './use-status-change'
import { words, type Action } from './words'

interface ValidityFormProps {
  certificate: CertificateView
  action: Action
  onOvertaken: () => void
}

const SUBMIT = 'validity-submit'

export function ValidityForm({ certificate, action, onOvertaken }: ValidityFormProps) {
  const { certificateId, lineage, state } = certificate
  const { timeZone } = usePlace()
  const flow = useFlow()
  const which = useWhich()
  const router = useRouter()
  const here = `/certificates/${certificateId}`
  const standing = lineage.history.find((version) => version.certificateId === certificateId)!
  const changing = action === 'suspend' && state === 'suspended'
  const kind = changing ? 'change' : action
  const [reason, setReason] = useState<ReasonDraft>(() => ({
    cause: null,
    note: '',
    ...beganWith(certificate, action),
  }))
  const [end, setEnd] = useState<End>(() =>
    standing.until === null
      ? { kind: changing ? 'never' : null, at: '' }
      : { kind: 'day', at: localMinute(standing.until, timeZone) },
  )
  const [typed, setTyped] = useState('')
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const { busy, send } = useStatusChange(certificateId, action)
  const lastDigits = certificateId.slice(-4)
  const chosenEnd = action === 'suspend' ? endOf(end, timeZone, new Date()) : { until: null }

  const fail = (found: FormProblem[]) => {
    setProblems(found)
    setTurn((n) => n + 1)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong = [
      ...('problem' in chosenEnd ? [chosenEnd.problem] : []),
      ...reasonProblems(reason),
      ...(action === 'cancel' && typed.replaceAll(/\s/g, '') !== lastDigits
        ? [{ target: 'validity-confirm', message: words.confirmWrong(lastDigits) }]
        : []),
    ]
    if (wrong.length > 0 || reason.cause === null || !('until' in chosenEnd)) return fail(wrong)
    setProblems([])
    const note = reason.note.trim()
    const sent = await send({
      reason: { cause: reason.cause, ...(note === '' ? {} : { note }) },
      ...(action === 'suspend' ? { until: chosenEnd.until } : {}),
    })
    if (sent.is === 'overtaken') return onOvertaken()
    if (sent.is === 'failed') return fail([{ target: SUBMIT, message: sent.message }])
    flow.leaveBehind({ said: words.done[kind] })
    router.push(here)
  }
  const typedEnd = 'until' in chosenEnd && chosenEnd.until !== null ? momentOf(chosenEnd.until, timeZone) : ''
  const until = end.kind === 'day' ? typedEnd : null
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="mx-auto max-w-3xl">
      <div className="mb-5 empty:hidden">
        <ErrorSummary problems={problems} turn={turn} />
      </div>
      <PageHeading
        crumbs={[
          { key: 'find', label: shared.find.crumb, href: '/' },
          { key: 'record', label: <Value ltr>{lineage.preEnrollmentCode}</Value>, href: here },
          { key: 'dose', label: which.title({ ...lineage, totalDoses: undefined }) },
        ]}
        title={words.title[kind]}
        tag={<StateTag state={state} />}
        lead={
          <>
            <Facts>
              <span className="font-semibold text-ink">
                <Value>{lineage.holderName}</Value>
              </span>
              <span>{which.title(lineage)}</span>
              <span>
                <Value>{lineage.vaccine}</Value>
              </span>
              <span>
                {shared.certificateLower} <CertificateNumber id={certificateId} strong />
              </span>
            </Facts>
            <p>
              {words.lead[kind]}{' '}
              {action === 'cancel' && correctable(certificate) && (
                <Link href={`${here}/correct`} className="link font-semibold">
                  {words.correctInstead}
                </Link>
              )}
            </p>
          </>
        }
      />
      <div className="sheet mt-6 divide-y divide-line overflow-hidden">
        {action === 'suspend' && (
          <Part>
            <EndFields end={end} onChange={setEnd} problems={problems} />
          </Part>
        )}
        <Part title={words.happens}>
          <Consequences certificate={certificate} action={action} until={until} />
        </Part>
        <Part>
          <ReasonFields action={action} reason={reason} onChange={setReason} problems={problems} />
        </Part>
        {action === 'cancel' && (
          <Part title={words.confirmTitle}>
            <Confirmation lastDigits={lastDigits} typed={typed} onType={setTyped} problems={problems} />
          </Part>
        )}
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button
          id={SUBMIT}
          type="submit"
          kind={action === 'cancel' ? 'stop' : 'main'}
          busy={busy}
          className="max-sm:flex-1"
        >
          {busy ? words.sending : words.submit[kind]}
        </Button>
        <Button disabled={busy} onClick={() => router.push(here)}>
          {words.back[kind]}
        </Button>
      </div>
    </form>
  )
}

/** Changing a suspension begins with what it is. */
function beganWith({ lineage, certificateId, state }: CertificateView, action: Action): Partial<ReasonDraft> {
  if (action !== 'suspend' || state !== 'suspended') return {}
  const reason = lineage.history.find((version) => version.certificateId === certificateId)?.statuses.at(-1)?.reason
  return reason ? { cause: reason.cause, note: reason.note ?? '' } : {}
}

function reasonProblems({ cause, note }: ReasonDraft): FormProblem[] {
  if (cause === null) return [{ target: 'validity-cause', message: words.whyMissing }]
  if (cause === 'other' && note.trim() === '') return [{ target: 'validity-note', message: words.noteMissing }]
  return note.trim().length > 500 ? [{ target: 'validity-note', message: words.noteLong }] : []
}

interface ConsequencesProps {
  certificate: CertificateView
  action: Action
  until: string | null
}

function Consequences({ certificate, action, until }: ConsequencesProps) {
  const { lineage } = certificate
  const which = useWhich()
  const { updatesLimit: limit, updatesPending: pending } = lineage
  const steps =
    action === 'cancel'
      ? words.steps.cancel(which.inPlace(lineage), limit)
      : action === 'suspend'
        ? words.steps.suspend(until)
        : words.steps.lift()
  return (
    <>
      <ul aria-live="polite" className="list-disc space-y-1.5 ps-5 text-[0.9375rem]">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
        {action !== 'lift' && <li>{action === 'cancel' ? words.drafts : words.draftsSuspended}</li>}
      </ul>
      {action !== 'lift' && pending > 0 && (
        <Notice kind="warn" className="mt-3">
          <p>{words.waiting(pending)}</p>
        </Notice>
      )}
    </>
  )
}

function Part({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="px-5 py-5 sm:px-7">
      {title && <h2 className="mb-3 text-xs tracking-[0.06em] text-ink-2 uppercase">{title}</h2>}
      {children}
    </section>
  )
}
