'use client'
/** Tries an endpoint from the page: fill in, send, see what comes back; or copy the request to send it elsewhere. */
import { Play } from 'lucide-react'
import { useId, useRef, useState, type FormEvent } from 'react'
import { useHydrated } from '@/components/hydrated'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { asCurl, asFetch, type WrittenToken } from './as-code'
import { CopyButton } from './copy-button'
import { TokenForm, useHeldToken } from './token'
import { TryAnswer } from './try-answer'
import { TryField } from './try-field'
import { missingIn, requestOf, untouched, valueKey, type Filled, type Tried } from './try-request'
import { useTry } from './use-try'
import { words } from './words'

export function TryIt({ tried }: { tried: Tried }) {
  const [open, setOpen] = useState(false)
  const hydrated = useHydrated()
  const id = useId()
  return (
    <div data-screen-only className="mt-5">
      <Button
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={!hydrated}
        onClick={() => setOpen(!open)}
        aria-label={open ? undefined : words.tryIt.title(tried.summary)}
      >
        <Play aria-hidden className="size-4" />
        {open ? words.tryIt.close : words.tryIt.open}
      </Button>
      {open && (
        <div
          id={id}
          role="group"
          aria-label={words.tryIt.title(tried.summary)}
          className="sheet mt-3 px-4 py-5 sm:px-5"
        >
          <Panel tried={tried} />
        </div>
      )}
    </div>
  )
}

function Panel({ tried }: { tried: Tried }) {
  const held = useHeldToken()
  const id = useId()
  const [filled, setFilled] = useState(() => untouched(tried))
  const [missing, setMissing] = useState<string | null>(null)
  const { outcome, sending, send } = useTry()
  const form = useRef<HTMLFormElement>(null)
  const set = (key: string, value: string) => setFilled({ ...filled, values: { ...filled.values, [key]: value } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const absent = missingIn(tried, filled)
    setMissing(absent)
    if (absent)
      return form.current?.querySelector<HTMLElement>(`[name="path ${absent}"], [name="query ${absent}"]`)?.focus()
    void send(requestOf(tried, filled, location.origin), held?.token ?? null)
  }
  const lacksToken = tried.needsToken && !held
  const isReal = tried.needsToken && held?.client.sandbox === false && !['GET', 'HEAD'].includes(tried.method)
  return (
    <>
      {lacksToken && (
        <div className="mb-5 border-b border-line pb-5">
          <p className="mb-2 text-[0.9375rem] text-ink-2">{words.tryIt.needsToken}</p>
          <TokenForm />
        </div>
      )}
      <form ref={form} onSubmit={submit} noValidate autoComplete="off" className="space-y-4">
        {tried.parameters.map((parameter) => (
          <TryField
            key={valueKey(parameter)}
            parameter={parameter}
            value={filled.values[valueKey(parameter)] ?? ''}
            problem={missing === parameter.name ? words.tryIt.missing(parameter.name) : ''}
            onChange={(value) => set(valueKey(parameter), value)}
          />
        ))}
        {tried.accepts.length > 1 && (
          <div>
            <label htmlFor={`${id}-accept`} className="text-[0.9375rem] font-semibold">
              {words.tryIt.accept}
            </label>
            <select
              id={`${id}-accept`}
              value={filled.accept}
              onChange={(event) => setFilled({ ...filled, accept: event.target.value })}
              className="mt-1 block min-h-11 w-full rounded-control border border-edge bg-sheet px-3 font-mono text-sm"
            >
              {tried.accepts.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
          </div>
        )}
        {tried.body && (
          <div>
            <label htmlFor={`${id}-body`} className="text-[0.9375rem] font-semibold">
              {words.tryIt.body}
            </label>
            <textarea
              id={`${id}-body`}
              dir="ltr"
              spellCheck={false}
              autoCapitalize="none"
              autoCorrect="off"
              rows={Math.min(18, filled.body.split('\n').length + 1)}
              value={filled.body}
              onChange={(event) => setFilled({ ...filled, body: event.target.value })}
              className="mt-1 block w-full rounded-control border border-edge bg-sheet px-3 py-2 font-mono text-[0.8125rem] leading-5.5"
            />
          </div>
        )}
        {isReal && <Notice kind="warn">{words.token.realLead}</Notice>}
        <Button type="submit" kind={isReal ? 'stop' : 'main'} busy={sending} disabled={lacksToken}>
          {sending ? words.tryIt.sending : isReal ? words.tryIt.sendForReal : words.tryIt.send}
        </Button>
      </form>
      <Copies tried={tried} filled={filled} />
      <TryAnswer outcome={outcome} />
    </>
  )
}

function Copies({ tried, filled }: { tried: Tried; filled: Filled }) {
  const held = useHeldToken()
  const [written, setWritten] = useState(false)
  const id = useId()
  const token = (): WrittenToken => (written && held ? { value: held.token } : { name: 'ERRATA_TOKEN' })
  const request = () => requestOf(tried, filled, location.origin)
  return (
    <div className="mt-5 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <CopyButton text={() => asCurl(request(), token())} className={buttonClass('second')}>
          {words.tryIt.asCurl}
        </CopyButton>
        <CopyButton text={() => asFetch(request(), token())} className={buttonClass('second')}>
          {words.tryIt.asFetch}
        </CopyButton>
      </div>
      {tried.needsToken && held && (
        <div className="mt-3 flex items-start gap-3">
          <input
            id={id}
            type="checkbox"
            checked={written}
            onChange={(event) => setWritten(event.target.checked)}
            aria-describedby={`${id}-note`}
            className="mt-0.5 size-5 shrink-0 accent-(--act)"
          />
          <span className="min-w-0">
            <label htmlFor={id} className="block text-[0.9375rem]">
              {words.tryIt.withToken}
            </label>
            <span id={`${id}-note`} className="text-sm text-ink-3">
              {words.tryIt.withTokenNote}
            </span>
          </span>
        </div>
      )}
    </div>
  )
}
