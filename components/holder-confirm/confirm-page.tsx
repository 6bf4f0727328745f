'use client'
/** The holder reads what will change, and says that it is right or what is wrong. */
import { CircleCheck, Clock, MessageSquareWarning, TriangleAlert, WifiOff } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useWords } from '@/components/public/language-provider'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import type { ChangesToConfirm } from '@/lib/desk/answers'
import { ChangeCard } from './change-card'
import { useConfirm, type Confirm } from './use-confirm'
import { confirmWords } from './words'

export function ConfirmPage({ token }: { token: string }) {
  const words = useWords(confirmWords)
  const confirm = useConfirm(token)
  const { stage } = confirm
  switch (stage.at) {
    case 'loading':
      return <Loading label={words.loading} title={words.title} />
    case 'open':
      return <Changes shown={stage.shown} confirm={confirm} />
    case 'done': {
      const right = stage.verdict === 'right'
      return (
        <Outcome
          icon={right ? <CircleCheck className="text-ok" /> : <MessageSquareWarning className="text-act" />}
          title={words.thanks}
        >
          <p>{right ? words.confirmed : words.reported}</p>
          <p className="mt-2 text-ink-2">{words.close}</p>
        </Outcome>
      )
    }
    case 'away':
      return (
        <Outcome icon={<WifiOff className="text-warn" />} title={words.title}>
          <p>{stage.unreachable ? words.unreachable : words.busy}</p>
          <Button kind="main" className="mt-5 w-full" onClick={confirm.load}>
            {words.retry}
          </Button>
        </Outcome>
      )
    default: {
      const [title, body] = {
        over: [words.overTitle, words.over] as const,
        unusable: [words.cannotTitle, words.cannot] as const,
        tooMany: [words.tooManyTitle, words.tooMany] as const,
      }[stage.at]
      return (
        <Outcome
          icon={stage.at === 'over' ? <Clock className="text-warn" /> : <TriangleAlert className="text-warn" />}
          title={title}
        >
          <p>{body}</p>
        </Outcome>
      )
    }
  }
}

function Changes({ shown, confirm }: { shown: ChangesToConfirm; confirm: Confirm }) {
  const words = useWords(confirmWords)
  /** Path of a field -> what is right. */
  const [marked, setMarked] = useState<ReadonlyMap<string, string>>(new Map())
  const several = shown.corrections.length > 1
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = [...marked].map(([path, note]) => ({ path, note: note.trim() }))
    confirm.send(wrong.length === 0 ? { verdict: 'right' } : { verdict: 'wrong', marked: wrong })
  }
  return (
    <form onSubmit={submit}>
      <h1>{words.title}</h1>
      <p className="mt-2 text-ink-2">{words.lead}</p>
      {shown.corrections.map(({ kind, dose, totalDoses, changes }, index) => (
        <section key={index} aria-label={kind ?? words.dose(dose, totalDoses)} className="mt-5 space-y-4">
          {several && <h2 className="text-lg">{kind ?? words.dose(dose, totalDoses)}</h2>}
          {changes.map((change) => (
            <ChangeCard
              key={change.path}
              change={change}
              timeZone={shown.timeZone}
              level={several ? 3 : 2}
              // A field is marked for all doses: it is one and the same detail.
              id={`${index}-${change.path}`}
              right={marked.get(change.path) ?? null}
              onMark={(right) => setMarked(withMark(marked, change.path, right))}
            />
          ))}
        </section>
      ))}
      <div className="sticky bottom-0 -mx-4 mt-6 border-t border-line bg-paper px-4 pt-3 pb-4">
        {confirm.failed && (
          <Notice
            kind="warn"
            live="alert"
            className="mb-3"
            title={confirm.failed === 'unreachable' ? words.unreachable : words.busy}
          />
        )}
        <Button type="submit" kind="main" busy={confirm.sending} className="min-h-12 w-full whitespace-normal">
          {confirm.sending ? words.sending : marked.size === 0 ? words.allRight : words.sendWrong(marked.size)}
        </Button>
        <p role="timer" className="numbers mt-2 text-center text-sm text-ink-3">
          {words.timeLeft(clock(confirm.secondsLeft))}
        </p>
      </div>
    </form>
  )
}

function withMark(marked: ReadonlyMap<string, string>, path: string, right: string | null) {
  const next = new Map(marked)
  if (right === null) next.delete(path)
  else next.set(path, right)
  return next
}

/** How it ended. The title takes the focus: it is read out, and the keyboard goes on from here. */
function Outcome({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div role="status" className="sheet px-5 py-6">
      <span aria-hidden className="block [&>svg]:size-9">
        {icon}
      </span>
      <h1 ref={heading} tabIndex={-1} className="mt-3 text-2xl">
        {title}
      </h1>
      <div className="mt-2">{children}</div>
    </div>
  )
}

function Loading({ label, title }: { label: string; title: string }) {
  return (
    <div role="status">
      <h1>{title}</h1>
      <span className="sr-only">{label}</span>
      <Skeleton className="mt-4 h-5 w-4/5" />
      <Skeleton className="mt-6 h-40 w-full rounded-sheet" />
    </div>
  )
}

/** 67 as "1:07". */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
