'use client'
/** Both doses, what a move does, which dose it really is, and why. */
import type { UseQueryResult } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { problemsOf } from '@/components/certificate-form/problems'
import { ReasonSection } from '@/components/certificate-form/reason-section'
import { useCorrection } from '@/components/certificate-form/use-correction'
import { storedValue, type FormValues } from '@/components/certificate-form/values'
import { Allowance } from '@/components/certificate/allowance'
import { localMinute } from '@/components/display'
import { useFlow, type Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { newAttempt } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { CertificateNumber, Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import { instantOf, minuteOf, sequenceFieldOf } from '@/lib/certificate-types/sequence'
import { isCounted, type Field } from '@/lib/certificate-types/type'
import type { DosesAnswer } from '@/lib/api/contract'
import { InstantChoice } from './instant-choice'
import { TargetChoice } from './target-choice'
import { targetsOf } from './targets'
import { moveWords } from './words'

export function MoveForm({ draft, doses }: { draft: Draft; doses: UseQueryResult<DosesAnswer> }) {
  const flow = useFlow()
  const which = useWhich()
  const router = useRouter()
  const { base } = draft
  const { certificateId, lineage } = base
  const { timeZone } = usePlace()
  const { form, type, changes } = useCorrection(draft)
  const field = isCounted(type) ? undefined : sequenceFieldOf(type)
  const [target, setTarget] = useState<number | null>(draft.moveTo ?? null)
  const [typed, setTyped] = useState(() =>
    field ? localMinute(instantOf(draft.moveTo ?? lineage.dose), timeZone) : '',
  )
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const targets = doses.data ? targetsOf(doses.data, lineage.totalDoses) : []
  const chosen = field
    ? otherMinute(field, typed, lineage.dose, timeZone)
    : targets.find(({ dose, blocked }) => dose === target && blocked === null)?.dose
  const wrong = field ? moveWords.instant.missing : moveWords.targetMissing
  const missing = chosen === undefined ? [{ target: 'move-target', message: wrong }] : []
  const title = (dose: number) => which.title({ ...lineage, dose })

  const proceed = (values: FormValues) => {
    if (chosen === undefined) return fail([])
    const ready = { ...draft, values: structuredClone(values), moveTo: chosen, attempt: newAttempt(), ready: true }
    flow.keep(certificateId, ready)
    router.push(`/certificates/${certificateId}/correct/check`)
  }
  const fail = (found: FormProblem[]) => {
    setProblems([...missing, ...found])
    setTurn((n) => n + 1)
  }
  const submit = form.handleSubmit(proceed, (errors) => fail(problemsOf(errors, type)))
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      className="mx-auto max-w-4xl"
    >
      <div className="mb-5 space-y-4 empty:hidden">
        <ErrorSummary problems={problems} turn={turn} />
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
        title={field ? moveWords.instant.title(field.label) : moveWords.title}
        lead={
          <>
            <Facts>
              <span>
                <Value>{lineage.holderName}</Value>
              </span>
              <span>
                {words.certificateLower} <CertificateNumber id={certificateId} />
              </span>
            </Facts>
            <p>{field ? moveWords.instant.lead(field.label) : moveWords.lead(lineage.dose)}</p>
          </>
        }
        aside={<Allowance allowance={lineage} which={which.inside(lineage)} className="w-full sm:w-auto sm:max-w-96" />}
      />
      <div className="sheet mt-6 divide-y divide-line overflow-hidden">
        <Both
          from={title(lineage.dose)}
          to={chosen === undefined ? undefined : title(chosen)}
          vaccine={lineage.vaccine}
        />
        <Part>
          {field ? (
            <InstantChoice
              label={field.label}
              value={typed}
              onChange={setTyped}
              wrong={problems.some((problem) => problem.target === 'move-target') && chosen === undefined}
            />
          ) : doses.data ? (
            <TargetChoice
              targets={targets}
              total={lineage.totalDoses}
              chosen={target}
              onChoose={setTarget}
              wrong={problems.some((problem) => problem.target === 'move-target') && chosen === undefined}
            />
          ) : doses.isError ? (
            <Notice kind="warn" title={moveWords.failed}>
              <button type="button" className="link min-h-6" onClick={() => void doses.refetch()}>
                {words.retry}
              </button>
            </Notice>
          ) : (
            <p role="status" className="text-ink-2">
              {moveWords.doses}
            </p>
          )}
        </Part>
        <Part title={moveWords.happens}>
          <ul className="list-disc space-y-1.5 ps-5 text-[0.9375rem]">
            {(field ? moveWords.instant.steps : moveWords.steps(lineage.dose)).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
          {changes.size > 0 && (
            <Notice
              kind="info"
              className="mt-3"
              title={moveWords.alsoSent([...changes.values()].map(({ label }) => label))}
            />
          )}
        </Part>
        <ReasonSection control={form.control} register={form.register} />
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button type="submit" kind="main" className="max-sm:flex-1">
          {field ? moveWords.instant.check : moveWords.check}
        </Button>
        {/* Who typed into the form before goes on there. */}
        <Button onClick={() => router.push(`/certificates/${certificateId}${changes.size > 0 ? '/correct' : ''}`)}>
          {moveWords.cancel}
        </Button>
      </div>
    </form>
  )
}

/** The minute of what was typed; undefined while it is none, or the one that the certificate has already. */
function otherMinute(field: Field, typed: string, own: number, timeZone: string): number | undefined {
  const instant = storedValue(field, typed, timeZone)
  const minute = typeof instant === 'string' ? minuteOf(instant) : NaN
  return Number.isNaN(minute) || minute === own ? undefined : minute
}

function Part({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="px-5 py-5 sm:px-7">
      {title && <h2 className="mb-3 text-xs tracking-[0.06em] text-ink-2 uppercase">{title}</h2>}
      {children}
    </section>
  )
}

interface BothProps {
  from: string
  to: string | undefined
  vaccine: string
}

/** Where it is and where it goes, side by side. */
function Both({ from, to, vaccine }: BothProps) {
  const card = 'min-w-0 flex-1 rounded-control border px-4 py-3'
  return (
    <div className="flex items-stretch gap-3 px-5 py-5 max-sm:flex-col sm:px-7" aria-live="polite">
      <div className={`${card} border-line`}>
        <p className="text-xs text-ink-3">{moveWords.is}</p>
        <p className="text-lg font-semibold">{to === undefined ? from : <del>{from}</del>}</p>
        <p className="text-sm text-ink-2">
          <Value>{vaccine}</Value>
        </p>
      </div>
      <ArrowRight aria-hidden className="size-5 shrink-0 self-center text-ink-3 max-sm:rotate-90 rtl:-scale-x-100" />
      <div className={`${card} ${to === undefined ? 'border-dashed border-line-strong' : 'border-act bg-act-soft'}`}>
        <p className="text-xs text-ink-3">{moveWords.becomes}</p>
        {to === undefined ? (
          <p className="text-lg text-ink-3">{moveWords.noTarget}</p>
        ) : (
          <>
            <p className="text-lg font-semibold">
              <ins>{to}</ins>
            </p>
            <p className="text-sm text-ink-2">
              <Value>{vaccine}</Value>
            </p>
          </>
        )}
      </div>
    </div>
  )
}
