/** How many updates a certificate has left: dots for the eye, the same in words, and the rule. */
import { words as approvalWords } from '@/components/approvals/words'
import { words } from '@/components/words'
import type { Allowance as AllowanceView } from '@/lib/api/contract'

interface AllowanceProps {
  /** updatesExtra: of the limit, granted by supervisors. */
  allowance: AllowanceView & { updatesExtra?: number }
  /** "dose 1", "this certificate" */
  which: string
  className?: string
}

export function Allowance({ allowance, which, className = '' }: AllowanceProps) {
  const { updatesRemaining: left, updatesLimit: limit, updatesPending: pending, updatesExtra: extra = 0 } = allowance
  const none = left === 0
  return (
    <section
      aria-label={words.allowance.left(left, limit)}
      className={`sheet flex items-center gap-x-4 gap-y-2 px-4 py-3 max-sm:flex-col max-sm:items-start ${className}`}
    >
      <Dots left={left} limit={limit} />
      <div className="min-w-0">
        <p className="numbers font-semibold">
          {none ? words.allowance.none : words.allowance.left(left, limit)}{' '}
          <span className="font-normal text-ink-2">{words.allowance.forOne(which)}</span>
        </p>
        <p className={`text-xs ${left === 1 ? 'font-semibold text-warn' : 'text-ink-3'}`}>
          {none
            ? words.allowance.rule
            : left === 1
              ? words.allowance.last
              : pending > 0
                ? words.allowance.pending(pending)
                : words.allowance.rule}
        </p>
        {extra > 0 && <p className="text-xs text-ink-3">{approvalWords.extraOf(limit, extra)}</p>}
      </div>
    </section>
  )
}

/** A dot for each update; more than ten would be a texture, not a count. */
function Dots({ left, limit }: { left: number; limit: number }) {
  if (limit === 0 || limit > 10) return null
  return (
    <span aria-hidden className="flex shrink-0 flex-wrap gap-1.5">
      {Array.from({ length: limit }, (_, index) => (
        <span
          key={index}
          className={`size-2.5 rounded-full border ${index < left ? (left === 1 ? 'border-warn bg-warn' : 'border-act bg-act') : 'border-edge'}`}
        />
      ))}
    </span>
  )
}
