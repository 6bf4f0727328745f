'use client'
/** What the two people said to each other. */
import { Card } from '@/components/administration/card'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import type { ApprovalAnswer } from '@/lib/approvals/answers'
import { words } from './words'

export function Messages({ messages }: { messages: ApprovalAnswer['messages'] }) {
  const { timeZone } = usePlace()
  return (
    <Card id="messages" title={words.messages}>
      <ol className="space-y-4">
        {messages.map(({ kind, by, text, at }, index) => (
          <li key={index}>
            <Facts className="text-sm text-ink-2">
              <span className="font-semibold text-ink">{words.kinds[kind]}</span>
              <span>
                <Value>{words.by(by.name, by.you)}</Value>
              </span>
              <time dateTime={at} className="numbers">
                {momentOf(at, timeZone)}
              </time>
            </Facts>
            <p className="mt-1 border-s-2 border-line-strong ps-3 whitespace-pre-line">
              <Value>{text}</Value>
            </p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
