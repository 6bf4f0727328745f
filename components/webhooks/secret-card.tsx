'use client'
/** Putting a new secret in the place of the old one, with or without a time for both. */
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { Choices } from '@/components/administration/form-parts'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import type { WebhookView } from '@/lib/webhooks/answers'
import { words } from './words'

interface SecretCardProps {
  webhook: WebhookView
  busy: boolean
  onReplace: (overlapHours: number) => void
}

export function SecretCard({ webhook: { previousSecretUntil }, busy, onReplace }: SecretCardProps) {
  const { timeZone } = usePlace()
  const [overlap, setOverlap] = useState('24')
  // What is over is told as it was when the page came.
  const [now] = useState(() => new Date().toISOString())
  return (
    <Card id="secret" title={words.secret} lead={words.secretLead}>
      {previousSecretUntil !== null && previousSecretUntil > now && (
        <p className="numbers mb-4">{words.bothUntil(momentOf(previousSecretUntil, timeZone))}</p>
      )}
      <div className="max-w-md space-y-5">
        <Choices
          legend={words.overlap}
          name="overlap"
          value={overlap}
          onChange={setOverlap}
          options={words.overlaps.map(([value, label, hint]) => ({
            value: value!,
            label: label!,
            hint: hint || undefined,
          }))}
        />
        <Button busy={busy} onClick={() => onReplace(Number(overlap))}>
          {words.newSecret}
        </Button>
      </div>
    </Card>
  )
}
