'use client'
/** Where a source system wants to be told, and of what. */
import { useState, type FormEvent } from 'react'
import { TextField, Tick } from '@/components/administration/form-parts'
import { useSaving } from '@/components/administration/use-saving'
import { words as shared } from '@/components/administration/words'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import type { WebhookView } from '@/lib/webhooks/answers'
import { EVENTS } from '@/lib/webhooks/events'
import { words } from './words'

type Event = WebhookView['events'][number]

export interface WebhookDetails {
  url: string
  events: Event[]
  /** null = none; undefined = as it is. */
  callbackToken?: string | null
}

const FORM = 'webhook-form'
const URL_ID = 'webhook-url'
const TOKEN_ID = 'callback-token'
const FIRST_EVENT = `event-${EVENTS[0]}`
const FIELDS = {
  '/url': { id: URL_ID, label: words.url },
  '/events': { id: FIRST_EVENT, label: words.events },
  '/callbackToken': { id: TOKEN_ID, label: words.callbackToken },
}

interface WebhookFormProps<T> {
  /** null = a new one. */
  webhook: WebhookView | null
  send: (details: WebhookDetails) => Promise<T>
  done: (answer: T) => void
}

export function WebhookForm<T>({ webhook, send, done }: WebhookFormProps<T>) {
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [events, setEvents] = useState<readonly Event[]>(webhook?.events ?? EVENTS)
  const [asDivoc, setAsDivoc] = useState(webhook?.asDivoc ?? false)
  const [token, setToken] = useState('')
  const saving = useSaving(FIELDS, FORM)
  const { problems } = saving
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const keepsToken = asDivoc && token === '' && webhook?.asDivoc === true
    const wrong = [
      ...(events.length === 0 ? [{ target: FIRST_EVENT, message: words.noEvents }] : []),
      ...(asDivoc && token === '' && !keepsToken ? [{ target: TOKEN_ID, message: words.callbackTokenMissing }] : []),
    ]
    if (wrong.length > 0) return saving.fail(wrong)
    const callbackToken = asDivoc ? token : null
    const details = { url: url.trim(), events: [...events], ...(keepsToken ? {} : { callbackToken }) }
    void saving.run(() => send(details), done)
  }
  return (
    <form id={FORM} tabIndex={-1} noValidate onSubmit={submit} className="space-y-5 focus-visible:shadow-none">
      <ErrorSummary problems={problems} turn={saving.turn} />
      <TextField
        id={URL_ID}
        label={words.url}
        hint={words.urlHint}
        value={url}
        onChange={setUrl}
        problems={problems}
        ltr
      />
      <fieldset>
        <legend className="text-sm font-semibold">{words.events}</legend>
        <div className="mt-1">
          {EVENTS.map((name) => (
            <Tick
              key={name}
              id={`event-${name}`}
              label={words.eventNames[name][0]!}
              hint={words.eventNames[name][1]}
              checked={events.includes(name)}
              onChange={(on) => setEvents(on ? [...events, name] : events.filter((one) => one !== name))}
            />
          ))}
        </div>
      </fieldset>
      <div>
        <Tick id="as-divoc" label={words.asDivoc} hint={words.asDivocHint} checked={asDivoc} onChange={setAsDivoc} />
        {asDivoc && (
          <div className="ms-[2.125rem] mt-2">
            <TextField
              id={TOKEN_ID}
              label={words.callbackToken}
              hint={`${words.callbackTokenHint}${webhook?.asDivoc ? ` ${words.callbackTokenKept}` : ''}`}
              value={token}
              onChange={setToken}
              problems={problems}
              ltr
            />
          </div>
        )}
      </div>
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? shared.saving : webhook === null ? words.addSubmit : shared.save}
      </Button>
    </form>
  )
}
