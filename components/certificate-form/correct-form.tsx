'use client'
/** The form: the details of the certificate, why they change, and the certificate itself beside them. */
import { useRouter } from 'next/navigation'
import { Tabs } from 'radix-ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Allowance } from '@/components/certificate/allowance'
import { dayOf } from '@/components/display'
import { draftContentOf, isEmptyDraft } from '@/components/drafts/draft-content'
import { PendingNotice } from '@/components/approvals/pending-notice'
import { words as approvalWords } from '@/components/approvals/words'
import { DraftNotices } from '@/components/drafts/draft-notices'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { rememberField, takeField } from '@/components/drafts/field-memory'
import { restoredDraft, useKeeping } from '@/components/drafts/use-restored'
import { useFlow, type Draft, type Notice as FlowNotice } from '@/components/flow'
import { useShortcut } from '@/components/keys/keys-provider'
import { LeaveGuard } from '@/components/leave-guard'
import { MovePlanned } from '@/components/move-dose/move-planned'
import { usePlace } from '@/components/place'
import { PresenceNote } from '@/components/presence/presence-note'
import { ReplacedMeanwhile } from '@/components/presence/replaced-meanwhile'
import { usePresence } from '@/components/presence/use-presence'
import { PreviewPane } from '@/components/preview/preview-pane'
import { newAttempt } from '@/components/registry'
import { ErrorSummary, focusOn, type FormProblem } from '@/components/ui/error-summary'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { CertificateNumber, Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import type { PreviewAnswer } from '@/lib/api/contract'
import { fieldsOf } from '@/lib/certificate-types/type'
import { ActionBar } from './action-bar'
import { adviceFor } from './advice'
import { controlId } from './field-frame'
import { FormSection } from './form-section'
import { problemsOf } from './problems'
import { ProposalsNotice } from './proposals'
import { ReasonSection } from './reason-section'
import { useCorrection } from './use-correction'
import { itemOf, type FormValues } from './values'

interface CorrectFormProps {
  draft: Draft
  notice: FlowNotice | null
  /** The field or group to go to. */
  focus: string | null
  /** The values were typed earlier on this page. */
  restored: boolean
  /** Somebody else replaced the certificate: compares with what stands in the form. */
  onCompare: (draft: Draft) => void
}

export function CorrectForm({ draft, notice, focus, restored, onCompare }: CorrectFormProps) {
  const { timeZone } = usePlace()
  const flow = useFlow()
  const which = useWhich()
  const router = useRouter()
  const { base } = draft
  const { certificateId, lineage } = base
  const correction = useCorrection(draft)
  const { type } = correction
  const nothing = [{ target: controlId(fieldsOf(type)[0]!.path), message: words.correct.nothingChanged }]
  const { form, changes, item, values, initial } = correction
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const [said, setSaid] = useState('')
  const [view, setView] = useState('form')
  const done = useRef(false)
  const heard = useRef<{ about: string; noticed: Draft['noticed'] }>(undefined)
  const [hear] = useState(() => (about: unknown, { approval, warnings }: PreviewAnswer) => {
    heard.current = { about: JSON.stringify(about), noticed: { approval, warnings } }
  })
  const keeper = useDraftKeeper()
  const presence = usePresence(certificateId, true)
  const [moveTo, setMoveTo] = useState(draft.moveTo)
  const content = draftContentOf(type, values, initial, moveTo)
  const worth = !isEmptyDraft(content)
  const drawn = useMemo(() => withoutReason(item), [item])

  useFocusOnce(focus === null ? null : controlId(focus), draft.restoredAt !== undefined)
  useKeeping(draft)
  useEffect(() => keeper.note(content))
  useKept(() => {
    if (done.current) return
    flow.keep(certificateId, { ...draft, moveTo, values: structuredClone(form.getValues()), ready: false })
    void keeper.flush()
  }, worth)

  const forget = () => {
    done.current = true
    flow.drop(certificateId)
  }
  const takeOther = async () => {
    const other = await restoredDraft(certificateId, timeZone, type)
    if (!other) return
    keeper.begin(certificateId, draftContentOf(type, other.values, initial), other.restoredAt!)
    form.reset(other.values)
  }
  const fail = (found: FormProblem[]) => {
    setView('form')
    setProblems(found)
    setTurn((n) => n + 1)
  }
  // What is typed after "you have not changed anything" takes that sentence away.
  const any = changes.size > 0 || moveTo !== undefined
  const shownProblems = any ? problems.filter(({ message }) => message !== nothing[0]!.message) : problems
  const proceed = (checked: FormValues) => {
    if (!any) return fail(nothing)
    done.current = true
    const about = JSON.stringify(withoutReason(itemOf(checked, base.record, type, timeZone)))
    const noticed = heard.current?.about === about ? heard.current.noticed : undefined
    const values = structuredClone(checked)
    flow.keep(certificateId, { ...draft, moveTo, values, noticed, attempt: newAttempt(), ready: true })
    router.push(`/certificates/${certificateId}/correct/check`)
  }
  const submit = () => form.handleSubmit(proceed, (errors) => fail(any ? problemsOf(errors, type) : nothing))()
  useShortcut('undo', () => {
    const path = correction.steps.undoLast()
    const label = fieldsOf(type).find((field) => field.path === path)?.label
    setSaid(label ? words.correct.undone(label) : words.correct.nothingToUndo)
  })
  const advice = adviceFor(base.record, item, dayOfToday(), type)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onFocus={({ target }) => target.id !== '' && rememberField(target.id)}
      className="pb-24"
    >
      <LeaveGuard active={worth} onLeave={forget} />
      <div className="mb-5 space-y-4 empty:hidden">
        <ErrorSummary problems={shownProblems} turn={turn} onGo={() => setView('form')} />
        {notice && <Notice kind="info" title={words.correct[notice]} live="status" />}
        {restored && <Notice kind="info" title={words.correct.restored} live="status" />}
        <DraftNotices
          restoredAt={notice === null ? draft.restoredAt : undefined}
          onStartOver={() => form.reset(structuredClone(initial))}
          onBringBack={() => form.reset(structuredClone(draft.values))}
          onTakeOther={() => void takeOther()}
        />
        <ReplacedMeanwhile
          certificateId={certificateId}
          newest={presence?.newest ?? null}
          changed={worth}
          onCompare={() => onCompare({ ...draft, moveTo, values: structuredClone(form.getValues()) })}
        />
        <ProposalsNotice />
        {lineage.updatesRemaining === 0 && <Notice kind="warn" title={approvalWords.beyond.form} />}
        <PendingNotice approval={lineage.approval} />
        <PresenceNote presence={presence} />
        {moveTo !== undefined && <MovePlanned to={moveTo} onStay={() => setMoveTo(undefined)} />}
      </div>
      <PageHeading
        crumbs={[
          { key: 'find', label: words.find.crumb, href: '/' },
          {
            key: 'record',
            label: <Value ltr>{lineage.preEnrollmentCode}</Value>,
            href: `/certificates/${certificateId}`,
          },
          { key: 'dose', label: which.title({ ...lineage, totalDoses: undefined }) },
        ]}
        title={words.correct.title}
        lead={
          <Facts>
            <span>
              <Value>{lineage.holderName}</Value>
            </span>
            <span>
              {words.certificateLower} <CertificateNumber id={certificateId} />
            </span>
            <span>{words.issuedOn(dayOf(base.issuedAt, timeZone))}</span>
          </Facts>
        }
        aside={<Allowance allowance={lineage} which={which.inside(lineage)} className="w-full sm:w-auto sm:max-w-96" />}
      />
      <Tabs.Root
        value={view}
        onValueChange={setView}
        className="mt-6 grid items-start gap-7 desk:grid-cols-[minmax(0,1fr)_clamp(22rem,33vw,27rem)]"
      >
        <Tabs.List aria-label={words.correct.title} className="sheet -mb-3 grid grid-cols-2 gap-1 p-1 desk:hidden">
          {(['form', 'preview'] as const).map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="min-h-10 rounded-control text-sm font-semibold text-ink-2 data-[state=active]:bg-act-soft data-[state=active]:text-act"
            >
              {words.correct[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content
          value="form"
          forceMount
          tabIndex={-1}
          className="sheet divide-y divide-line data-[state=inactive]:max-desk:hidden"
        >
          {type.sections.map((section) => (
            <FormSection key={section.id} section={section} correction={correction} advice={advice} focus={focus} />
          ))}
          <ReasonSection control={form.control} register={form.register} />
        </Tabs.Content>
        <Tabs.Content
          value="preview"
          forceMount
          tabIndex={-1}
          className="data-[state=inactive]:max-desk:hidden desk:sticky desk:top-20"
        >
          <PreviewPane certificate={base} item={drawn} changed={changes.size > 0} onSaid={hear} />
        </Tabs.Content>
      </Tabs.Root>
      <ActionBar
        changes={changes.size + (moveTo === undefined ? 0 : 1)}
        remaining={lineage.updatesRemaining}
        said={said}
        onDiscard={() => flow.leave(() => router.push(`/certificates/${certificateId}`))}
      />
    </form>
  )
}

function withoutReason(item: unknown): unknown {
  const { reason: _, ...rest } = item as Record<string, unknown>
  return rest
}

function dayOfToday(): string {
  return new Date().toISOString().slice(0, 10)
}

/** Goes to a control when the page opens: the one that was asked for, else the one where a restored draft was left. */
function useFocusOnce(control: string | null, restored: boolean): void {
  useEffect(() => {
    const left = takeField()
    const target = control ?? (restored ? left : null)
    if (target !== null) focusOn(target)
  }, [control, restored])
}

/** Calls `keep` when the page goes, if there is something to keep by then. */
function useKept(keep: () => void, worth: boolean): void {
  const latest = useRef({ keep, worth })
  useEffect(() => {
    latest.current = { keep, worth }
  })
  useEffect(
    () => () => {
      if (latest.current.worth) latest.current.keep()
    },
    [],
  )
}
