'use client'
/** The second step of signing in: a code of the app, or one of the recovery codes. */
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import type { FormProblem } from '@/components/ui/error-summary'
import { words } from '@/components/words'
import { signInWords } from './words'

interface CodeStepProps {
  problems: FormProblem[]
  sending: boolean
  onSend: (code: string) => void
  onBack: () => void
}

const text = signInWords.code

export function CodeStep({ problems, sending, onSend, onBack }: CodeStepProps) {
  const [recovery, setRecovery] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const problem = problems[0]
  useEffect(() => field.current?.focus(), [recovery])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSend(String(new FormData(event.currentTarget).get('code') ?? ''))
  }
  return (
    <form method="post" noValidate onSubmit={submit} className={problem ? 'mt-6' : ''}>
      <h1 className="text-2xl">{text.title}</h1>
      <p className="mt-2 text-ink-2">{recovery ? text.recoveryLead : text.lead}</p>
      <label htmlFor="code" className="mt-5 block text-sm font-semibold">
        {recovery ? text.recoveryLabel : text.label}
      </label>
      {problem && (
        <p id="code-error" className="mt-1 text-sm font-semibold text-stop">
          {problem.message}
        </p>
      )}
      <input
        key={recovery ? 'recovery' : 'app'}
        ref={field}
        id="code"
        name="code"
        dir="ltr"
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={problem ? 'code-error' : undefined}
        aria-invalid={problem ? true : undefined}
        className={`numbers mt-1.5 min-h-12 w-full rounded-control border bg-sheet px-3.5 font-mono text-xl tracking-widest ${problem ? 'border-stop' : 'border-edge'}`}
      />
      <Button type="submit" kind="main" busy={sending} className="mt-6 min-h-12 w-full">
        {sending ? words.signIn.sending : words.signIn.submit}
      </Button>
      <div className="mt-3 flex flex-wrap justify-between gap-x-4">
        <Button kind="quiet" className="-ms-5" onClick={() => setRecovery(!recovery)}>
          {recovery ? text.app : text.recovery}
        </Button>
        <Button kind="quiet" className="-me-5" onClick={onBack}>
          {text.back}
        </Button>
      </div>
      <p className="mt-2 text-sm text-ink-3">{text.lost}</p>
    </form>
  )
}
