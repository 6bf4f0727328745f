'use client'
/** Setting the own password: at once after a one-time one, or because somebody wants to. */
import { signOut } from 'next-auth/react'
import NextLink from 'next/link'
import { useState, type FormEvent } from 'react'
import { ThemeButton } from '@/components/header/theme-button'
import { Wordmark } from '@/components/header/wordmark'
import { useHydrated } from '@/components/hydrated'
import { codeOf } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { ApiError, call } from '@/lib/api/call'
import { PasswordField } from './password-field'
import { words } from './words'

interface PasswordPageProps {
  username: string
  name: string
  /** Signed in with a one-time password: there is no way around this page. */
  first: boolean
}

export function PasswordPage({ username, name, first }: PasswordPageProps) {
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const [sending, setSending] = useState(false)
  const [shown, setShown] = useState(false)
  const hydrated = useHydrated()
  const fail = (found: FormProblem[]) => {
    setProblems(found)
    setTurn((n) => n + 1)
    setSending(false)
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [current, password, again] = ['current', 'password', 'again'].map((key) => String(form.get(key) ?? ''))
    const wrong = wrongWith({ current: current!, password: password!, again: again! }, first)
    if (wrong.length > 0) return fail(wrong)
    setSending(true)
    try {
      await call('POST /v3/password', { body: { ...(first ? {} : { current }), password: password! } })
      location.replace('/')
    } catch (error) {
      fail(problemsIn(error))
    }
  }
  return (
    <main className="flex min-h-dvh flex-col px-6 py-6 sm:px-12">
      <div className="flex items-center justify-between">
        <Wordmark />
        <ThemeButton className="-me-2" />
      </div>
      <div className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center py-8">
        <ErrorSummary problems={problems} turn={turn} />
        <form
          method="post"
          noValidate
          onSubmit={(event) => void submit(event)}
          className={`sheet px-6 py-7 sm:px-8 ${problems.length > 0 ? 'mt-6' : ''}`}
        >
          <h1 className="text-2xl">{first ? words.titleFirst : words.title}</h1>
          <p className="mt-2 text-ink-2">{first ? words.leadFirst(name) : words.lead}</p>
          {/* For password managers: whose password this is. */}
          <input type="text" name="username" autoComplete="username" defaultValue={username} hidden readOnly />
          {!first && (
            <PasswordField
              id="current"
              label={words.current}
              autoComplete="current-password"
              shown={shown}
              problems={problems}
            />
          )}
          <PasswordField
            id="password"
            label={words.fresh}
            hint={words.freshHint}
            autoComplete="new-password"
            shown={shown}
            problems={problems}
          />
          <PasswordField id="again" label={words.again} autoComplete="new-password" shown={shown} problems={problems} />
          <label className="mt-4 flex min-h-11 items-center gap-3 text-[0.9375rem]">
            <input
              type="checkbox"
              checked={shown}
              onChange={(event) => setShown(event.target.checked)}
              className="size-5 accent-act"
            />
            {words.show}
          </label>
          <Button
            type="submit"
            kind="main"
            busy={sending}
            disabled={!hydrated}
            className={`mt-4 min-h-12 w-full ${sending ? '' : 'disabled:opacity-100'}`}
          >
            {sending ? words.sending : words.submit}
          </Button>
        </form>
        <p className="mt-4 text-center">
          {first ? (
            <Button kind="quiet" onClick={() => void signOut({ callbackUrl: '/sign-in' })}>
              {words.signOut}
            </Button>
          ) : (
            <NextLink href="/" prefetch={false} className={buttonClass('quiet')}>
              {words.back}
            </NextLink>
          )}
        </p>
      </div>
    </main>
  )
}

/** What can be told before anything is sent. */
function wrongWith(given: { current: string; password: string; again: string }, first: boolean): FormProblem[] {
  const { current, password, again } = given
  return [
    ...(!first && current === '' ? [{ target: 'current', message: words.currentMissing }] : []),
    ...(password === ''
      ? [{ target: 'password', message: words.freshMissing }]
      : Array.from(password).length < 12
        ? [{ target: 'password', message: words.tooShort }]
        : password !== again
          ? [{ target: 'again', message: words.different }]
          : []),
  ]
}

function problemsIn(error: unknown): FormProblem[] {
  const code = codeOf(error)
  if (code === 'UNREACHABLE') return [{ target: 'password', message: words.unknownOutcome }]
  if (code === 'UNAUTHENTICATED') return [{ target: 'password', message: words.signedOut }]
  if (!(error instanceof ApiError) || error.status >= 500) return [{ target: 'password', message: words.unavailable }]
  const details = error.body.details ?? []
  if (details.length === 0) return [{ target: 'current', message: error.body.message }]
  return details.map(({ path, message }) => ({ target: path.slice(1), message }))
}
