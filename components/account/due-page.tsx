'use client'
/** Setting up a second factor before anything else, where the account has to have one. */
import { signOut } from 'next-auth/react'
import { useState } from 'react'
import { ThemeButton } from '@/components/header/theme-button'
import { Wordmark } from '@/components/header/wordmark'
import { useHydrated } from '@/components/hydrated'
import { words as passwordWords } from '@/components/password/words'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import { Enrolment, type Begun } from './enrolment'
import { RecoveryCodes } from './recovery-codes'
import { useSending } from './use-sending'
import { words } from './words'

export function DuePage({ username, name }: { username: string; name: string }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const sending = useSending('', 'begin')
  const hydrated = useHydrated()
  return (
    <main className="flex min-h-dvh flex-col px-6 py-6 sm:px-12">
      <div className="flex items-center justify-between">
        <Wordmark />
        <ThemeButton className="-me-2" />
      </div>
      <div className="mx-auto flex w-full max-w-xl flex-1 flex-col justify-center py-8">
        <div className="sheet px-6 py-7 sm:px-8">
          <h1 className="text-2xl">{words.setUp.title}</h1>
          {!begun && !codes && (
            <>
              <p className="mt-2 mb-6 text-ink-2">{words.setUp.dueLead(name)}</p>
              <ErrorSummary problems={sending.problems} turn={sending.turn} />
              <Button
                id="begin"
                kind="main"
                busy={sending.busy}
                disabled={!hydrated}
                className="mt-4 min-h-12 w-full"
                onClick={() => void sending.run(() => call('POST /v3/account/second-factor', { body: {} }), setBegun)}
              >
                {words.factor.setUp}
              </Button>
            </>
          )}
          {begun && !codes && (
            <div className="mt-5">
              <Enrolment begun={begun} onDone={setCodes} heading="h2" />
            </div>
          )}
          {codes && (
            <div className="mt-5">
              {/* With a load of its own: from here on everything is open. */}
              <RecoveryCodes codes={codes} username={username} onDone={() => location.replace('/')} heading="h2" />
            </div>
          )}
        </div>
        {!codes && (
          <p className="mt-4 text-center">
            <Button kind="quiet" onClick={() => void signOut({ callbackUrl: '/sign-in' })}>
              {passwordWords.signOut}
            </Button>
          </p>
        )}
      </div>
    </main>
  )
}
