'use client'
/** What the check says: how much is wrong, and each of it as a way to its place. */
import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { DraftType } from '@/lib/certificate-types/draft'
import { words } from '../words'
import { saidPlace } from './place-of'
import type { Checking, Finding } from './use-check'

interface ProblemsListProps {
  checking: Checking
  type: DraftType | null
  onGo: (finding: Finding) => void
}

export function ProblemsList({ checking: { answer, fresh, failed }, type, onGo }: ProblemsListProps) {
  const [errors, warnings] = [answer?.errors ?? [], answer?.warnings ?? []]
  const said = failed
    ? words.problems.unavailable
    : !answer
      ? words.problems.checking
      : errors.length > 0
        ? words.problems.errors(errors.length)
        : words.problems.none
  const Icon = failed || errors.length > 0 ? CircleAlert : answer ? CircleCheck : LoaderCircle
  const ink = failed || errors.length > 0 ? 'text-stop' : answer ? 'text-ok' : 'text-ink-3'
  return (
    <section aria-label={words.problems.title} aria-busy={!fresh} className="sheet mt-4 px-5 py-3.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <p role="status" className={`flex items-center gap-2.5 text-[0.9375rem] font-semibold ${ink}`}>
          <Icon aria-hidden className="size-5 shrink-0" />
          {said}
        </p>
        <p className="text-xs text-ink-3">{fresh || failed ? '' : words.problems.checking}</p>
      </div>
      <Findings found={errors} label={words.problems.list} type={type} onGo={onGo} colour="text-stop" />
      {warnings.length > 0 && (
        <p className="mt-2 flex items-center gap-2.5 text-[0.9375rem] font-semibold text-warn">
          <TriangleAlert aria-hidden className="size-5 shrink-0" />
          {words.problems.warnings(warnings.length)}
        </p>
      )}
      <Findings
        found={warnings}
        label={words.problems.warnings(warnings.length)}
        type={type}
        onGo={onGo}
        colour="text-warn"
      />
    </section>
  )
}

interface FindingsProps {
  found: Finding[]
  label: string
  type: DraftType | null
  onGo: (finding: Finding) => void
  colour: string
}

function Findings({ found, label, type, onGo, colour }: FindingsProps) {
  if (found.length === 0) return null
  return (
    <ul aria-label={label} className="mt-1.5 max-h-56 overflow-y-auto ps-[1.875rem]">
      {found.map((finding, index) => (
        <li key={`${finding.path} ${index}`}>
          <button
            type="button"
            className={`py-1 text-start text-sm underline underline-offset-3 hover:decoration-2 ${colour}`}
            onClick={() => onGo(finding)}
          >
            <bdi className="font-semibold">{saidPlace(finding.path, type)}</bdi>
            {': '}
            {finding.message}
          </button>
        </li>
      ))}
    </ul>
  )
}
