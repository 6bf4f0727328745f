/** How a webhook stands, as a word with an icon. */
import { Ban, CircleCheck, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { WebhookView } from '@/lib/webhooks/answers'
import { words } from './words'

type State = 'off' | 'stopped' | 'failing' | 'arrives'

const LOOK: Record<State, { icon: LucideIcon; colours: string }> = {
  off: { icon: Ban, colours: 'bg-mute-soft text-mute' },
  stopped: { icon: CircleX, colours: 'bg-stop-soft text-stop' },
  failing: { icon: TriangleAlert, colours: 'bg-warn-soft text-warn' },
  arrives: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
}

/** Nothing for one to which everything arrives, unless `always`. */
export function StateFlag({ webhook, always = false }: { webhook: WebhookView; always?: boolean }) {
  const state = stateOf(webhook)
  if (state === 'arrives' && !always) return null
  const { icon: Icon, colours } = LOOK[state]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {words[state]}
    </span>
  )
}

function stateOf({ disabled, stoppedAt, failingSince }: WebhookView): State {
  if (disabled) return 'off'
  if (stoppedAt) return 'stopped'
  return failingSince ? 'failing' : 'arrives'
}
