'use client'
/** What changes, what happens then, the holder's word for it, and the button that does it. */
import { useRouter } from 'next/navigation'
import { useEffect, useState, type FormEvent } from 'react'
import { AheadNotice } from '@/components/approvals/ahead-notice'
import { useTrial } from '@/components/approvals/use-approvals'
import { words as approvalWords } from '@/components/approvals/words'
import { TextField } from '@/components/administration/form-parts'
import { itemOf } from '@/components/certificate-form/values'
import { ChangeTable } from '@/components/change-table'
import { DraftStatus } from '@/components/drafts/draft-status'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { useKeeping } from '@/components/drafts/use-restored'
import { useFlow, type Draft } from '@/components/flow'
import { LeaveGuard } from '@/components/leave-guard'
import { Noticed } from '@/components/noticed'
import { usePlace } from '@/components/place'
import { PresenceNote } from '@/components/presence/presence-note'
import { usePresence } from '@/components/presence/use-presence'
import { askForOneMore, codeOf, replaceCertificates } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { useLater } from '@/components/ui/use-later'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import { useType } from '@/components/type-in-force'
import { ApiError } from '@/lib/api/call'
import { fieldsOf, isCounted } from '@/lib/certificate-types/type'
import { changesBetween } from '@/lib/certificates/diff'
import { valueAt, type Reason } from '@/lib/certificates/record'
import { doseWords } from './dose-words'
import { HolderConfirms } from './holder-confirms'
import { personSection } from './carried'
import { movedItem, movedRecord } from './moved'
import { OtherDoses } from './other-doses'
import { OtherDosesRefused, refusedDoses, type DoseRefusal } from './other-doses-refused'
import { Refused } from './refused'
import { useHolderConfirmation, type HolderState } from './use-holder-confirmation'
import { useOtherDoses } from './use-other-doses'
import { WhatHappens } from './what-happens'

/** So long the page waits to stand as a whole: what came in later would move the box under the hand that ticks it. */
const PATIENCE_MS = 1000

export function CheckForm({ draft }: { draft: Draft }) {
  const { timeZone } = usePlace()
  const type = useType()
  const flow = useFlow()
  const which = useWhich()
  const router = useRouter()
  const [confirmed, setConfirmed] = useState(false)
  const [missing, setMissing] = useState(0)
  const [sending, setSending] = useState(false)
  const [sent, setSent] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const isReplaced = codeOf(refusal) === 'STALE_VERSION' || draft.base.state === 'superseded'
  const conflict = useLater(loadConflict, isReplaced)
  const keeper = useDraftKeeper()
  const { base } = draft
  const { certificateId, lineage } = base
  const form = `/certificates/${certificateId}/correct`
  const presence = usePresence(certificateId, true)
  useKeeping(draft)
  const corrected = itemOf(draft.values, base.record, type, timeZone)
  const item = movedItem(corrected, draft.moveTo, type)
  const changes = changesBetween(base.record, movedRecord(corrected, draft.moveTo, type), type)
  const others = useOtherDoses(
    base,
    item,
    isCounted(type) && changes.some(({ path }) => path.startsWith(`${personSection(type)}.`)),
  )
  const replacements = [
    { certificateId, item },
    ...others.chosen.map((other) => ({ certificateId: other.certificate!.certificateId, item: other.item })),
  ]
  // Where no update is left, a supervisor is asked for one more.
  const beyond = lineage.updatesRemaining === 0
  const [note, setNote] = useState('')
  // Said beside the form already: it stands here at once, and what is below it stays where it is.
  const expected = draft.noticed && {
    ahead: draft.noticed.approval.length > 0 ? [{ dose: lineage.dose, reasons: draft.noticed.approval }] : [],
    warnings: draft.noticed.warnings,
  }
  const trial = useTrial(type.name, replacements, !beyond && changes.length > 0, expected)
  const ahead = beyond ? [{ dose: lineage.dose, reasons: ['no_updates_left' as const] }] : trial.ahead
  const isWhole = useOnce(!trial.isLooking, PATIENCE_MS)
  const [stopped, setStopped] = useState<DoseRefusal[] | null>(null)
  const holder = useHolderConfirmation(replacements)
  const [heard, setHeard] = useState<HolderState>('none')
  if (holder.state !== heard) {
    setHeard(holder.state)
    // The holder's own answer ticks the box; one that speaks against it, or counts no more, takes the tick away.
    if (holder.state === 'right') setConfirmed(true)
    else if (heard === 'right' || holder.state === 'wrong') setConfirmed(false)
  }
  const changed = new Set(changes.map((change) => change.path))
  const same = fieldsOf(type).filter(
    (field) => !changed.has(field.path) && valueAt(base.record, field.path) !== undefined,
  )

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!confirmed) return setMissing((turn) => turn + 1)
    setMissing(0)
    setRefusal(null)
    setStopped(null)
    setSending(true)
    // Other doses make another request: it needs a key of its own.
    const versions = others.chosen.map(({ dose, certificate }) => `-${dose}.${certificate!.version}`).join('')
    try {
      const results = beyond
        ? await askForOneMore({ certificateId, item }, note, draft.attempt)
        : await replaceCertificates(type.name, replacements, `${draft.attempt}${versions}`, holder.confirmationId)
      const [first, ...more] = results.flatMap(({ transactionId }) => transactionId ?? [])
      const asked = results.flatMap(({ approval }) => approval?.requestId ?? [])
      if (first === undefined && asked.length === 0) {
        setSending(false)
        return setRefusal('unchanged')
      }
      setSent(true)
      flow.drop(certificateId)
      void keeper.sent()
      if (asked.length > 0) {
        if (first !== undefined) flow.leaveBehind({ said: approvalWords.mixed(1 + more.length, asked.length) })
        return router.replace(results.length === 1 ? `/approvals/${asked[0]}` : '/approvals?list=mine')
      }
      router.replace(`/transactions/${first}${more.length > 0 ? `?with=${more.join('.')}` : ''}`)
    } catch (error) {
      if (codeOf(error) === 'NOT_CONFIRMED') holder.cancel()
      const doses = error instanceof ApiError ? refusedDoses(error.body.details ?? [], others.chosen) : null
      if (doses) others.reload(doses.map(({ dose }) => dose))
      setStopped(doses)
      setRefusal(doses ? null : error)
      setSending(false)
    }
  }
  const back = (path?: string) => () => {
    flow.keep(certificateId, draft)
    if (path !== undefined && path === type.lineage.sequence) return router.push(`/certificates/${certificateId}/move`)
    if (path !== undefined) flow.leaveBehind({ focus: path })
    router.push(form)
  }
  if (!isWhole) return <RecordSkeleton />
  if (isReplaced) return conflict ? <conflict.Conflict draft={draft} /> : <RecordSkeleton />
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="mx-auto max-w-4xl">
      <LeaveGuard active={!sent} onLeave={() => flow.drop(certificateId)} />
      <div className="mb-5 space-y-4 empty:hidden">
        <ErrorSummary
          turn={missing}
          problems={missing > 0 ? [{ target: 'confirm', message: words.check.confirmMissing }] : []}
        />
        <PresenceNote presence={presence} />
      </div>
      <PageHeading
        crumbs={[
          { key: 'code', label: <Value ltr>{lineage.preEnrollmentCode}</Value> },
          { key: 'dose', label: which.title({ ...lineage, totalDoses: undefined }) },
          { key: 'correct', label: words.correct.title },
        ]}
        title={draft.moveTo !== undefined && isCounted(type) ? doseWords.moveTitle : words.check.title}
        lead={<p>{words.check.lead}</p>}
      />
      <div className="sheet mt-6 overflow-hidden">
        <ChangeTable
          caption={words.check.title}
          changes={changes}
          action={(change) => (
            <button type="button" className="link min-h-6" onClick={back(change.path)}>
              {words.check.change}
              <span className="sr-only"> {change.label}</span>
            </button>
          )}
        />
        <details className="group border-t border-line text-sm">
          <summary className="px-5 py-2.5 text-ink-2 hover:text-act sm:px-6">
            {words.check.unchanged(same.length)}
          </summary>
          <p className="px-5 pb-4 text-ink-2 sm:px-6">{same.map((field) => field.label).join(', ')}</p>
        </details>
        <ReasonLine values={draft.values.reason} onChange={back()} />
        {!beyond && isCounted(type) && <OtherDoses dose={lineage.dose} others={others} />}
        <AheadNotice ahead={ahead} />
        <Noticed warnings={trial.warnings} className="px-5 py-4 sm:px-6" />
        {beyond && (
          <div className="border-t border-line px-5 py-4 sm:px-6">
            <TextField
              id="note"
              label={approvalWords.ahead.note}
              hint={approvalWords.ahead.noteHint}
              value={note}
              onChange={setNote}
              problems={[]}
              lines={3}
            />
          </div>
        )}
        <WhatHappens certificateId={certificateId} lineage={lineage} others={others.chosen} moveTo={draft.moveTo} />
        {!beyond && base.opening === null && <HolderConfirms holder={holder} onCorrect={(path) => back(path)()} />}
        <div className="border-t border-line bg-act-soft px-5 py-4 sm:px-6">
          {missing > 0 && (
            <p id="confirm-error" className="mb-2 text-sm font-semibold text-stop">
              {words.check.confirmMissing}
            </p>
          )}
          <label className="flex items-start gap-3">
            <input
              id="confirm"
              type="checkbox"
              checked={confirmed}
              onChange={(event) => setConfirmed(event.target.checked)}
              aria-invalid={missing > 0 || undefined}
              aria-describedby={missing > 0 ? 'confirm-error' : undefined}
              className="mt-0.5 grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-[5px] border-2 border-act bg-sheet before:hidden before:h-2.5 before:w-1.5 before:-translate-y-px before:rotate-45 before:border-e-[2.5px] before:border-b-[2.5px] before:border-on-act checked:bg-act checked:before:block"
            />
            {words.check.confirm}
          </label>
        </div>
      </div>
      <div role="alert" className="mt-5 empty:hidden">
        {stopped && <OtherDosesRefused refusals={stopped} />}
        {refusal === 'unchanged' && <Notice kind="info" title={words.check.unchangedAnswer} />}
        {refusal !== null && refusal !== 'unchanged' && <Refused error={refusal} certificateId={certificateId} />}
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button
          type="submit"
          kind="main"
          busy={sending || sent}
          disabled={others.state === 'looking'}
          data-continue
          className="max-sm:flex-1"
        >
          {sending || sent
            ? words.check.sending
            : ahead.length === replacements.length
              ? approvalWords.ahead.submit
              : draft.moveTo !== undefined && replacements.length === 1
                ? isCounted(type)
                  ? doseWords.moveSubmit(draft.moveTo)
                  : doseWords.submit(1)
                : doseWords.submit(replacements.length)}
        </Button>
        <Button onClick={back()} disabled={sending}>
          {words.check.back}
        </Button>
        {!sent && (
          <span className="numbers self-center text-sm">
            <DraftStatus />
          </span>
        )}
      </div>
    </form>
  )
}

/** From the moment on in which something is true, or after so many milliseconds. */
function useOnce(isSo: boolean, atLatestMs: number): boolean {
  const [was, setWas] = useState(isSo)
  if (isSo && !was) setWas(true)
  useEffect(() => {
    const timer = setTimeout(() => setWas(true), atLatestMs)
    return () => clearTimeout(timer)
  }, [atLatestMs])
  return was
}

function loadConflict() {
  return import('@/components/conflict/conflict')
}

function ReasonLine({ values, onChange }: { values: Draft['values']['reason']; onChange: () => void }) {
  const { requestedBy, cause, note } = values
  if (requestedBy === '' || cause === '') return null
  return (
    <div className="flex items-start gap-4 border-t border-line px-5 py-3 text-[0.9375rem] sm:px-6">
      <p className="min-w-0 flex-1">
        <span className="me-3 font-semibold">{words.check.reason}</span>
        {words.history.reason(words.requesters[requestedBy], words.causes[cause as Reason['cause']])}
        {note.trim() !== '' && (
          <span className="block text-sm text-ink-2">
            <Value>{note.trim()}</Value>
          </span>
        )}
      </p>
      <button type="button" className="link min-h-6" onClick={onChange}>
        {words.check.change}
        <span className="sr-only"> {words.check.reason}</span>
      </button>
    </div>
  )
}
