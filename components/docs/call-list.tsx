'use client'
/** The last calls of a source system with the reasons, and what to do with them: only failures, copy the id. */
import { useState } from 'react'
import { Notice } from '@/components/ui/notice'
import type { Call } from '@/lib/developers/answers'
import { CopyButton } from './copy-button'
import { Method, Path } from './method'
import { StatusTag } from './status-tag'
import { words } from './words'

interface CallListProps {
  /** Newest first. */
  calls: Call[]
  /** The last question for them failed: what is shown may be old. */
  stale: boolean
  momentOf: (instant: string) => string
}

export function CallList({ calls, stale, momentOf }: CallListProps) {
  const [failuresOnly, setFailuresOnly] = useState(false)
  const shown = failuresOnly ? calls.filter(({ status }) => status >= 400) : calls
  return (
    <div className="sheet">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line px-4 py-2 sm:px-5">
        <label className="flex min-h-11 items-center gap-3 text-[0.9375rem]">
          <input
            type="checkbox"
            checked={failuresOnly}
            onChange={(event) => setFailuresOnly(event.target.checked)}
            className="size-5 shrink-0 accent-(--act)"
          />
          {words.calls.failuresOnly}
        </label>
        <p role="status" className="numbers text-sm text-ink-3">
          {words.calls.shown(shown.length)}
        </p>
      </div>
      {stale && <Notice kind="warn" title={words.calls.stale} live="status" className="m-4" />}
      {shown.length === 0 ? (
        <p className="px-4 py-8 text-center text-ink-2 sm:px-5">
          {calls.length === 0 ? words.calls.none : words.calls.noFailures}
        </p>
      ) : (
        <ul>
          {shown.map((call) => (
            <Entry key={`${call.requestId} ${call.at}`} call={call} momentOf={momentOf} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Entry({ call, momentOf }: { call: Call; momentOf: CallListProps['momentOf'] }) {
  const { requestId, at, method, route, status, code, message, details, ms } = call
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Method method={method} />
        <Path path={route} className="min-w-0 font-semibold" />
        <span className="ms-auto">
          <StatusTag status={status} />
        </span>
      </div>
      {message && (
        <p className="mt-1 text-[0.9375rem]">
          <bdi dir="ltr" className="font-mono text-[0.8125rem] font-semibold">
            {code}
          </bdi>{' '}
          {message}
        </p>
      )}
      {details.length > 0 && <Reasons details={details} />}
      <div className="flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
        <time dateTime={at} title={at} className="numbers">
          {momentOf(at)}
        </time>
        <span className="numbers">{words.calls.took(ms)}</span>
        <span className="flex min-w-0 items-center gap-1">
          <bdi dir="ltr" className="min-w-0 font-mono text-xs wrap-anywhere">
            {requestId}
          </bdi>
          <CopyButton text={requestId} name={words.calls.copyId(requestId)} />
        </span>
      </div>
    </li>
  )
}

function Reasons({ details }: Pick<Call, 'details'>) {
  return (
    <details className="mt-0.5">
      <summary className="min-h-8 py-1 text-sm font-semibold text-act">{words.calls.reasons(details.length)}</summary>
      <ul className="mb-2 space-y-1.5 border-s-2 border-line ps-3 text-sm">
        {details.map(({ index, path, code, message }, at) => (
          <li key={at}>
            <span className="text-ink-3">{words.calls.item(index)}</span>{' '}
            <bdi dir="ltr" className="font-mono text-xs wrap-anywhere">
              {path}
            </bdi>
            <span className="block">
              {message}{' '}
              <bdi dir="ltr" className="font-mono text-xs text-ink-3">
                {code}
              </bdi>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
