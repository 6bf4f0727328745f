'use client'
/** What a holder's report, or a correction that was not issued, says the fields should be: beside them, never filled in. */
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { createContext, use, useEffect, type ReactNode } from 'react'
import { shownValue } from '@/components/display'
import { revealedText, useHiddenValues } from '@/components/openings/hidden-values'
import { usePlace } from '@/components/place'
import { Notice } from '@/components/ui/notice'
import { Value } from '@/components/ui/value'
import { useType } from '@/components/type-in-force'
import { call } from '@/lib/api/call'
import type { Field } from '@/lib/certificate-types/type'
import type { Change } from '@/lib/api/contract'
import type { AdviceAnswer } from '@/lib/desk/answers'
import { words } from './proposal-words'
import { asEdited } from './proposed-value'

interface Proposals {
  advice: AdviceAnswer | undefined
  failed: boolean
}

const ProposalsContext = createContext<Proposals>({ advice: undefined, failed: false })

/** What was asked for with a certificate's form, in the memory of this page: going to the check and back loses the address. */
const askedFor = new Map<string, Source>()

interface Source {
  from: 'report' | 'failure'
  id: string
}

/** Reads from the address whose proposals stand beside the fields: ?report= or ?again= (a transaction). */
export function ProposalsProvider({ certificateId, children }: { certificateId: string; children: ReactNode }) {
  const params = useSearchParams()
  const [report, again] = [params.get('report'), params.get('again')]
  const named: Source | undefined = report
    ? { from: 'report', id: report }
    : again
      ? { from: 'failure', id: again }
      : undefined
  const source = named ?? askedFor.get(certificateId)
  const { from, id } = source ?? {}
  useEffect(() => {
    if (from && id) askedFor.set(certificateId, { from, id })
  }, [certificateId, from, id])
  const asked = useQuery({
    queryKey: ['advice', from, id],
    queryFn: () =>
      from === 'report'
        ? call('GET /v3/reports/{reportId}/advice', { params: { reportId: id! } })
        : call('GET /v3/transactions/{transactionId}/advice', { params: { transactionId: id! } }),
    enabled: source !== undefined,
    staleTime: Infinity,
  })
  return <ProposalsContext value={{ advice: asked.data, failed: asked.isError }}>{children}</ProposalsContext>
}

/** What is proposed for a field; undefined when nothing is. */
export function useProposal(path: string): { from: AdviceAnswer['from']; text: string } | undefined {
  const { advice } = use(ProposalsContext)
  const text = advice?.values[path]
  return advice && text !== undefined ? { from: advice.from, text } : undefined
}

/** Whether something is proposed for one of these fields. */
export function useAnyProposal(paths: string[]): boolean {
  const { advice } = use(ProposalsContext)
  return paths.some((path) => advice?.values[path] !== undefined)
}

/** Says above the form where the proposals come from. */
export function ProposalsNotice() {
  const { advice, failed } = use(ProposalsContext)
  if (failed) return <Notice kind="info" live="status" title={words.unavailable} />
  if (!advice) return null
  const any = Object.keys(advice.values).length > 0
  return (
    <Notice kind="info" live="status" title={advice.from === 'report' ? words.report(advice.reference) : words.failure}>
      <p>{any || advice.note !== '' ? words.nothingFilled : words.nothingLeft}</p>
      {advice.note !== '' && (
        <>
          <p className="mt-2 text-sm text-ink-2">{words.note}</p>
          <blockquote className="border-s-2 border-line-strong ps-3 whitespace-pre-line">
            <Value>{advice.note}</Value>
          </blockquote>
        </>
      )}
    </Notice>
  )
}

interface ProposedValueProps {
  field: Field
  change: Change | undefined
  onUse: (value: unknown) => void
}

/** The line below a field that says what somebody else thinks it should be. */
export function ProposedValue({ field, change, onUse }: ProposedValueProps) {
  const { timeZone } = usePlace()
  const type = useType()
  const { values } = useHiddenValues()
  const proposal = useProposal(field.path)
  if (!proposal) return null
  const { from } = proposal
  // What is hidden is used only by who has seen it.
  const known = revealedText(proposal.text, values)
  const [open, text] = [known !== null, known ?? '']
  const value = from === 'report' && text === '' ? undefined : asEdited(field, text, timeZone, type)
  return (
    <div className="mt-1.5 mb-3 flex items-baseline gap-3 rounded-control bg-act-soft px-3 py-1.5 text-sm">
      <p className="min-w-0 flex-1">
        <span className="me-1.5 font-semibold">{words.says[from]}</span>
        {!open ? (
          words.hidden
        ) : text === '' ? (
          from === 'report' ? (
            words.wrong
          ) : (
            words.empty
          )
        ) : (
          <Value ltr={field.ltr}>{shownValue(field, text, timeZone)}</Value>
        )}
      </p>
      {open && value !== undefined && change?.after !== proposal.text && (
        <button type="button" className="link min-h-6 shrink-0" onClick={() => onUse(value)}>
          {words.use}
          <span className="sr-only"> {words.forField(field.label)}</span>
        </button>
      )}
    </div>
  )
}
