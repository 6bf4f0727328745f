/** How a webhook stands, as a word with an icon. */
import { Flag } from '@/components/administration/flag'
import type { WebhookView } from '@/lib/webhooks/answers'
import { words } from './words'

/** Nothing for one to which everything arrives, unless `always`. */
export function StateFlag({ webhook, always = false }: { webhook: WebhookView; always?: boolean }) {
  const { disabled, stoppedAt, failingSince } = webhook
  if (disabled) return <Flag kind="disabled">{words.off}</Flag>
  if (stoppedAt) return <Flag kind="stopped">{words.stopped}</Flag>
  if (failingSince) return <Flag kind="failing">{words.failing}</Flag>
  return always && <Flag kind="arrives">{words.arrives}</Flag>
}
