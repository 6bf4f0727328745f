'use client'
/** The token of a source system: until when it works, and putting a new one in its place, with or without a time for both. */
import { useState } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import type { ClientView } from '@/lib/people/answers'
import { Card } from './card'
import { isDays } from './client-form'
import { Choices, TextField } from './form-parts'
import { words } from './words'

/** How a token is replaced. */
export interface Replacement {
  overlapHours: number
  expiresInDays?: number
}

interface TokenCardProps {
  client: ClientView
  busy: boolean
  onReplace: (replacement: Replacement) => void
  onEndPrevious: () => void
}

const text = words.clients
const DAYS = 'token-days'

export function TokenCard({ client, busy, onReplace, onEndPrevious }: TokenCardProps) {
  const { timeZone } = usePlace()
  const [overlap, setOverlap] = useState('0')
  const [days, setDays] = useState('')
  const [wrong, setWrong] = useState(false)
  // What is over is told as it was when the page came.
  const [now] = useState(() => new Date().toISOString())
  const { tokenExpiresAt, previousTokenUntil, lastUsedAt } = client
  const replace = () => {
    setWrong(!isDays(days))
    if (!isDays(days)) return document.getElementById(DAYS)?.focus()
    onReplace({
      overlapHours: Number(overlap),
      ...(days.trim() === '' ? {} : { expiresInDays: Number(days) }),
    })
  }
  return (
    <Card id="token" title={text.token} lead={text.tokenLead}>
      <ul className="numbers mb-5 space-y-1">
        <li>
          {tokenExpiresAt === null
            ? text.tokenEndless
            : (tokenExpiresAt > now ? text.tokenEnds : text.tokenEnded)(momentOf(tokenExpiresAt, timeZone))}
        </li>
        {previousTokenUntil !== null && previousTokenUntil > now && (
          <li className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {text.previousUntil(momentOf(previousTokenUntil, timeZone))}
            <Button kind="stop" size="small" className="min-h-11" busy={busy} onClick={onEndPrevious}>
              {text.endPrevious}
            </Button>
          </li>
        )}
        <li className="text-ink-2">
          {lastUsedAt ? capital(text.lastUsed(momentOf(lastUsedAt, timeZone))) : capital(text.neverUsed)}
        </li>
      </ul>
      <div className="max-w-md space-y-5">
        <Choices
          legend={text.overlap}
          name="overlap"
          value={overlap}
          onChange={setOverlap}
          options={text.overlaps.map(([value, label, hint]) => ({
            value: value!,
            label: label!,
            hint: hint || undefined,
          }))}
        />
        <TextField
          id={DAYS}
          label={text.expires}
          hint={text.expiresHint}
          value={days}
          onChange={setDays}
          problems={wrong ? [{ target: DAYS, message: text.expiresWrong }] : []}
          ltr
          numeric
        />
        <Button busy={busy} onClick={replace}>
          {text.newToken}
        </Button>
      </div>
    </Card>
  )
}

function capital(sentence: string): string {
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
}
