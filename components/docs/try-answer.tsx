'use client'
/** What came back: status, time, request id, headers and body. */
import { Notice } from '@/components/ui/notice'
import { CodeBlock } from './code-block'
import { CopyButton } from './copy-button'
import { StatusTag } from './status-tag'
import type { Outcome, TryAnswer as Answer } from './use-try'
import { words } from './words'

export function TryAnswer({ outcome }: { outcome: Outcome }) {
  const answer = outcome && 'answer' in outcome ? outcome.answer : null
  return (
    <>
      <p role="status" className="sr-only">
        {answer && `${words.tryIt.answer} ${answer.status}, ${words.tryIt.took(answer.milliseconds)}`}
      </p>
      {outcome && 'unreachable' in outcome && (
        <Notice kind="stop" live="alert" title={words.tryIt.noAnswer} className="mt-5" />
      )}
      {answer && <Shown answer={answer} />}
    </>
  )
}

function Shown({ answer }: { answer: Answer }) {
  const { status, milliseconds, bytes, requestId, headers, content } = answer
  return (
    <div className="mt-5 space-y-3 border-t border-line pt-4">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StatusTag status={status} />
        <span className="numbers text-sm text-ink-2">{words.tryIt.took(milliseconds)}</span>
        <span className="numbers text-sm text-ink-2">{words.tryIt.size(bytes)}</span>
      </p>
      {requestId && (
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="text-ink-3">{words.tryIt.requestId}</span>
          <bdi dir="ltr" className="font-mono text-[0.8125rem] wrap-anywhere">
            {requestId}
          </bdi>
          <CopyButton text={requestId} name={words.tryIt.copyRequestId} />
        </p>
      )}
      <details>
        <summary className="min-h-8 py-1 text-sm font-semibold text-act">{words.tryIt.headers(headers.length)}</summary>
        <CodeBlock
          label={words.tryIt.headers(headers.length)}
          code={headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
          className="max-h-72"
        />
      </details>
      {content === null ? (
        <p className="text-sm text-ink-2">{words.tryIt.empty}</p>
      ) : 'text' in content ? (
        <CodeBlock label={words.tryIt.answer} code={content.text} className="max-h-[28rem]" />
      ) : (
        <File {...content} />
      )}
    </div>
  )
}

function File({ file, type, name }: { file: string; type: string; name: string }) {
  return (
    <div className="space-y-3">
      {type.startsWith('image/') && (
        // eslint-disable-next-line @next/next/no-img-element -- made in this page's memory, nothing to fetch or resize
        <img
          src={file}
          alt={words.tryIt.picture}
          className="max-h-80 max-w-full rounded-control border border-line bg-white"
        />
      )}
      <a href={file} download={name} className="link inline-flex min-h-11 items-center">
        {words.tryIt.save}
      </a>
    </div>
  )
}
