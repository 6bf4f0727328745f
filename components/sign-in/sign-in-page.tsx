'use client'
/** Signing in with a username and a password, then a code where somebody has one, or through the sign-in service; pasting and password managers work. */
import { Eye, EyeOff } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { useState, type FormEvent } from 'react'
import { ThemeButton } from '@/components/header/theme-button'
import { Wordmark } from '@/components/header/wordmark'
import { useHydrated } from '@/components/hydrated'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { words } from '@/components/words'
import { CodeStep } from './code-step'
import { SERVICE_BUTTON, ServiceButton } from './service-button'
import { Specimen } from './specimen'
import { signInWords } from './words'

const FIELD = 'mt-1.5 min-h-12 w-full rounded-control border bg-sheet px-3.5'

interface SignInPageProps {
  issuer: string
  /** Name of the sign-in service; null = there is none. */
  service: string | null
  /** What went wrong at the service; "" = nothing. */
  problem: string
}

export function SignInPage({ issuer, service, problem }: SignInPageProps) {
  const [problems, setProblems] = useState<FormProblem[]>(() =>
    problem ? [{ target: SERVICE_BUTTON, message: problem }] : [],
  )
  /** What was typed in the first step, while the second one is open. */
  const [known, setKnown] = useState<{ username: string; password: string } | null>(null)
  const [turn, setTurn] = useState(0)
  const [sending, setSending] = useState(false)
  const [shown, setShown] = useState(false)
  const hydrated = useHydrated()
  const wrong = (target: string) => problems.find((problem) => problem.target === target)

  const fail = (found: FormProblem[]) => {
    setProblems(found)
    setTurn((n) => n + 1)
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [username, password] = [String(form.get('username') ?? ''), String(form.get('password') ?? '')]
    const missing = [
      ...(username.trim() ? [] : [{ target: 'username', message: words.signIn.usernameMissing }]),
      ...(password ? [] : [{ target: 'password', message: words.signIn.passwordMissing }]),
    ]
    if (missing.length > 0) return fail(missing)
    await send({ username, password }, '')
  }
  const send = async (given: { username: string; password: string }, code: string) => {
    const target = code === '' ? 'username' : 'code'
    setSending(true)
    try {
      const answer = await signIn('credentials', { ...given, code, redirect: false })
      if (answer?.ok && !answer.error) return location.assign(wanted())
      if (answer?.error === 'SECOND_FACTOR') {
        setKnown(given)
        setProblems([])
      } else fail([{ target, message: sentence(answer?.error) }])
    } catch {
      fail([{ target, message: words.signIn.unavailable }])
    }
    setSending(false)
  }

  return (
    <main className="grid min-h-dvh desk:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <div className="flex flex-col bg-sheet px-6 py-6 sm:px-12">
        <div className="flex items-center justify-between">
          <span className="text-sm text-ink-3">{issuer}</span>
          <ThemeButton className="-me-2" />
        </div>
        <div className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-8">
          <Wordmark large />
          <p className="mt-2 mb-8 text-ink-2">{words.signIn.lead}</p>
          <ErrorSummary problems={problems} turn={turn} />
          {known && (
            <CodeStep
              problems={problems}
              sending={sending}
              onSend={(code) => {
                if (code.trim()) void send(known, code)
                else fail([{ target: 'code', message: signInWords.code.missing }])
              }}
              onBack={() => {
                setKnown(null)
                setProblems([])
              }}
            />
          )}
          {!known && (
            <form method="post" noValidate onSubmit={submit} className={problems.length > 0 ? 'mt-6' : ''}>
              <h1 className="text-2xl">{words.signIn.title}</h1>
              <label htmlFor="username" className="mt-5 block text-sm font-semibold">
                {words.signIn.username}
              </label>
              <FieldError id="username-error" problem={wrong('username')} />
              <input
                id="username"
                aria-describedby={wrong('username') ? 'username-error' : undefined}
                name="username"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                aria-invalid={wrong('username') ? true : undefined}
                className={`${FIELD} ${wrong('username') ? 'border-stop' : 'border-edge'}`}
              />
              <label htmlFor="password" className="mt-4 block text-sm font-semibold">
                {words.signIn.password}
              </label>
              <FieldError id="password-error" problem={wrong('password')} />
              <div className="relative">
                <input
                  id="password"
                  aria-describedby={wrong('password') ? 'password-error' : undefined}
                  name="password"
                  type={shown ? 'text' : 'password'}
                  autoComplete="current-password"
                  aria-invalid={wrong('password') ? true : undefined}
                  className={`${FIELD} pe-12 ${wrong('password') ? 'border-stop' : 'border-edge'}`}
                />
                <button
                  type="button"
                  aria-label={shown ? words.signIn.hide : words.signIn.show}
                  aria-pressed={shown}
                  onClick={() => setShown(!shown)}
                  className="absolute end-1 bottom-1 grid size-10 place-items-center rounded-control text-ink-3 hover:text-act"
                >
                  {shown ? <EyeOff aria-hidden className="size-4.5" /> : <Eye aria-hidden className="size-4.5" />}
                </button>
              </div>
              <Button
                type="submit"
                kind="main"
                busy={sending}
                disabled={!hydrated}
                className={`mt-6 min-h-12 w-full ${sending ? '' : 'disabled:opacity-100'}`}
              >
                {sending ? words.signIn.sending : words.signIn.submit}
              </Button>
            </form>
          )}
          {service !== null && !known && (
            <>
              <p className="my-4 flex items-center gap-3 text-sm text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                {signInWords.service.or}
              </p>
              <ServiceButton
                name={service}
                backTo={wanted}
                onFailure={() => fail([{ target: SERVICE_BUTTON, message: signInWords.serviceFailed }])}
              />
            </>
          )}
        </div>
      </div>
      <Specimen />
    </main>
  )
}

function FieldError({ id, problem }: { id: string; problem: FormProblem | undefined }) {
  if (!problem) return null
  return (
    <p id={id} className="mt-1 text-sm font-semibold text-stop">
      {problem.message}
    </p>
  )
}

/** next-auth has two words of its own; everything else is a sentence written for the person. */
function sentence(error: string | null | undefined): string {
  if (!error) return words.signIn.unavailable
  return error === 'CredentialsSignin' ? words.signIn.wrong : /\s/.test(error) ? error : words.signIn.unavailable
}

/** The page somebody came from, if it is one of ours. */
function wanted(): string {
  const asked = new URLSearchParams(location.search).get('next') ?? '/'
  const target = URL.canParse(asked, location.origin) ? new URL(asked, location.origin) : null
  return target && target.origin === location.origin ? `${target.pathname}${target.search}` : '/'
}
