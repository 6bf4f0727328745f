'use client'
/** Two corrections met: what does not overlap is put together, what does is asked about, and the result goes to the check page. Nothing is sent from here. */
import { useRouter } from 'next/navigation'
import { useMemo, useState, type FormEvent } from 'react'
import { errorsOf } from '@/components/certificate-form/use-correction'
import { itemOf, put, valuesOf } from '@/components/certificate-form/values'
import { draftContentOf } from '@/components/drafts/draft-content'
import { useDraftKeeper, useDraftState } from '@/components/drafts/drafts-provider'
import { useKeeping } from '@/components/drafts/use-restored'
import { whenOf } from '@/components/drafts/when'
import { useFlow, type Draft } from '@/components/flow'
import { LeaveGuard } from '@/components/leave-guard'
import { usePlace } from '@/components/place'
import { newAttempt } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { ErrorSummary, useErrorTitle } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { CertificateView } from '@/lib/api/contract'
import { changesBetween } from '@/lib/certificates/diff'
import { chosenValue, choiceId, OverlapTable, type Choice } from './overlap-table'
import { mergeCorrections } from './merge'
import { SettledTable } from './settled-table'
import { useNewest } from './use-newest'
import { conflictWords } from './words'

export function Conflict({ draft }: { draft: Draft }) {
  const flow = useFlow()
  const router = useRouter()
  const { certificateId } = draft.base
  const { newest, stopped } = useNewest(certificateId)
  useErrorTitle(true)
  useKeeping(draft)
  const leaveTo = newest?.certificateId ?? certificateId
  const exhausted = newest !== null && newest.lineage.updatesRemaining === 0
  const leave = (
    <Button onClick={() => flow.leave(() => router.push(`/certificates/${leaveTo}`))}>{conflictWords.back}</Button>
  )
  return (
    <div className="mx-auto max-w-5xl">
      <LeaveGuard active onLeave={() => flow.drop(certificateId)} />
      <PageHeading title={conflictWords.title} lead={<p>{conflictWords.lead}</p>} />
      <div role="status" className="mt-5">
        <WhatHappened newest={newest} stopped={stopped} exhausted={exhausted} />
      </div>
      {newest && !exhausted ? (
        <Merging draft={draft} newest={newest} leave={leave} />
      ) : newest || stopped ? (
        <div className="mt-5">{leave}</div>
      ) : (
        <div className="sheet mt-5 space-y-3 p-6">
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-5 w-1/2" />
        </div>
      )}
    </div>
  )
}

interface WhatHappenedProps {
  newest: CertificateView | null
  stopped: 'revoked' | 'suspended' | null
  exhausted: boolean
}

function WhatHappened({ newest, stopped, exhausted }: WhatHappenedProps) {
  const { timeZone } = usePlace()
  const saved = useDraftState().kind === 'saved'
  if (stopped) return <Notice kind="stop" title={conflictWords[stopped]} />
  const last = newest?.lineage.history[0]
  if (!last) return <Notice kind="info" title={conflictWords.pending} />
  if (!exhausted)
    return <Notice kind="warn" title={conflictWords.who(last.by.name, whenOf(last.issuedAt, timeZone), last.channel)} />
  return (
    <Notice kind="stop" title={words.refused.limitBy(last.by.name, whenOf(last.issuedAt, timeZone))}>
      <p>{saved ? conflictWords.limitSaved : conflictWords.limit}</p>
    </Notice>
  )
}

interface MergingProps {
  draft: Draft
  newest: CertificateView
  leave: React.ReactNode
}

function Merging({ draft, newest, leave }: MergingProps) {
  const { timeZone } = usePlace()
  const type = useType()
  const flow = useFlow()
  const keeper = useDraftKeeper()
  const router = useRouter()
  const theirs = useMemo(() => valuesOf(newest.record, type, timeZone), [newest, type, timeZone])
  const merge = useMemo(() => {
    const base = valuesOf(draft.base.record, type, timeZone)
    return mergeCorrections({ base, yours: draft.values, theirs }, type, timeZone)
  }, [draft, theirs, type, timeZone])
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const [turn, setTurn] = useState(0)
  const open = merge.overlaps.filter(({ field }) => choices[field.path] === undefined)

  const values = useMemo(() => {
    const chosen = structuredClone(merge.values)
    for (const overlap of merge.overlaps) {
      const choice = choices[overlap.field.path]
      if (choice) put(chosen.record, overlap.field.path, structuredClone(chosenValue(overlap, choice)))
    }
    return chosen
  }, [merge, choices])
  const left = changesBetween(newest.record, itemOf(values, newest.record, type, timeZone), type)
  const nothing = open.length === 0 && left.length === 0 && draft.moveTo === undefined

  const proceed = async (event: FormEvent) => {
    event.preventDefault()
    if (open.length > 0) return setTurn((n) => n + 1)
    const { certificateId } = newest
    const ready = Object.keys(await errorsOf(values, newest.record, type, timeZone)).length === 0
    flow.drop(draft.base.certificateId)
    flow.keep(certificateId, { base: newest, values, attempt: newAttempt(), moveTo: draft.moveTo, ready })
    // From now on it is a draft of the new certificate; saving that one forgets the old one.
    keeper.begin(certificateId, draftContentOf(type, theirs, theirs), null)
    keeper.note(draftContentOf(type, values, theirs, draft.moveTo))
    void keeper.flush()
    if (!ready) flow.leaveBehind({ notice: 'mergedOdd' })
    router.push(`/certificates/${certificateId}/correct${ready ? '/check' : ''}`)
  }
  const finish = async () => {
    if (!(await keeper.discard())) return
    flow.drop(draft.base.certificateId)
    router.push(`/certificates/${newest.certificateId}`)
  }
  return (
    <form noValidate onSubmit={(event) => void proceed(event)}>
      <div className="mt-5 empty:hidden">
        <ErrorSummary
          turn={turn}
          problems={
            turn === 0
              ? []
              : open.map(({ field }) => ({ target: choiceId(field), message: conflictWords.missing(field.label) }))
          }
        />
      </div>
      {merge.overlaps.length > 0 && (
        <section aria-labelledby="overlaps" className="mt-6">
          <h2 id="overlaps" className="text-lg">
            {conflictWords.chooseTitle}
          </h2>
          <p className="text-ink-2">{conflictWords.asks(merge.overlaps.length)}</p>
          <OverlapTable
            overlaps={merge.overlaps}
            choices={choices}
            wrong={turn > 0 ? new Set(open.map(({ field }) => field.path)) : new Set()}
            onChoose={(path, choice) => setChoices((before) => ({ ...before, [path]: choice }))}
          />
        </section>
      )}
      {merge.settled.length > 0 && (
        <section aria-labelledby="settled" className="mt-6">
          <h2 id="settled" className="text-lg">
            {conflictWords.settledTitle}
          </h2>
          {merge.overlaps.length === 0 && !nothing && <p className="text-ink-2">{conflictWords.noQuestions}</p>}
          <SettledTable settled={merge.settled} />
        </section>
      )}
      <div role="status" className="mt-5 empty:hidden">
        {nothing && <Notice kind="ok" title={conflictWords.nothingLeft} />}
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        {nothing ? (
          <Button kind="main" data-continue className="max-sm:flex-1" onClick={() => void finish()}>
            {conflictWords.openNew}
          </Button>
        ) : (
          <Button type="submit" kind="main" data-continue className="max-sm:flex-1">
            {conflictWords.next}
          </Button>
        )}
        {!nothing && leave}
      </div>
    </form>
  )
}
