/** The status of an answer as number, word and icon; the colour only repeats it. */
import { Ban, CircleAlert, CircleCheck, RefreshCw, type LucideIcon } from 'lucide-react'
import { words } from './words'

export function StatusTag({ status }: { status: number }) {
  const { icon: Icon, word, colours } = lookOf(status)
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pe-2.5 ps-2 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      <span className="numbers">{status}</span> {word}
    </span>
  )
}

function lookOf(status: number): { icon: LucideIcon; word: string; colours: string } {
  if (status >= 500) return { icon: CircleAlert, word: words.calls.failed, colours: 'bg-stop-soft text-stop' }
  if (status >= 400) return { icon: Ban, word: words.calls.refused, colours: 'bg-warn-soft text-warn' }
  if (status === 304) return { icon: RefreshCw, word: words.calls.unchanged, colours: 'bg-act-soft text-act' }
  return { icon: CircleCheck, word: words.calls.done, colours: 'bg-ok-soft text-ok' }
}
