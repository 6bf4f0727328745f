/** While the new certificate is made: what is done, what is next, and that one may leave. */
import { Check, LoaderCircle } from 'lucide-react'
import { Notice } from '@/components/ui/notice'
import { words } from '@/components/words'
import type { TransactionView } from '@/lib/api/contract'

export function Signing({ transaction }: { transaction: TransactionView | undefined }) {
  return (
    <div className="sheet overflow-hidden border-s-4 border-s-act px-6 py-6 sm:px-8">
      <h1 className="text-2xl">{words.done.signing}</h1>
      <p className="mt-1 text-ink-2">{words.done.signingLead}</p>
      <ul className="mt-5 space-y-2.5">
        <li className="flex items-center gap-3">
          <Check aria-hidden className="size-5 text-ok" />
          {words.done.steps.accepted}
        </li>
        <li className="flex items-center gap-3 text-ink-2">
          <LoaderCircle aria-hidden className="size-5 animate-[turn_1.2s_linear_infinite] text-act" />
          {words.done.steps.signing}
        </li>
      </ul>
      {transaction?.stuck && (
        <Notice kind="info" className="mt-5">
          <p>{words.done.stuck}</p>
        </Notice>
      )}
    </div>
  )
}
