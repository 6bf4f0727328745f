'use client'
/** Where the person is signed in, and signing out there. */
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { momentOf } from '@/components/display'
import { useSignOut } from '@/components/idle/idle-guard'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Facts } from '@/components/ui/facts'
import { call } from '@/lib/api/call'
import type { AccountView } from '@/lib/people/answers'
import { useSending } from './use-sending'
import { words } from './words'

type Session = AccountView['sessions'][number]

const text = words.sessions

export function SessionsCard({
  sessions,
  external,
  onChange,
}: {
  sessions: Session[]
  /** Comes through the sign-in service: has no password here. */
  external: boolean
  onChange: (sentence: string) => void
}) {
  const sending = useSending('', 'sessions-list')
  const signOut = useSignOut()
  const [ending, setEnding] = useState('')
  const end = (session: Session) => {
    if (session.here) return void signOut()
    setEnding(session.sessionId)
    void sending.run(
      () => call('DELETE /v3/account/sessions/{sessionId}', { params: { sessionId: session.sessionId } }),
      () => onChange(text.ended(session.device)),
    )
  }
  const endOthers = () => {
    setEnding('others')
    void sending.run(
      () => call('DELETE /v3/account/sessions'),
      ({ ended }) => onChange(text.othersEnded(ended)),
    )
  }
  return (
    <Card id="sessions" title={text.title} lead={external ? text.leadExternal : text.lead}>
      <div id="sessions-list" tabIndex={-1} className="focus-visible:shadow-none">
        <div className="mb-4 empty:hidden">
          <ErrorSummary problems={sending.problems} turn={sending.turn} />
        </div>
        <ul className="divide-y divide-line border-y border-line">
          {sessions.map((session) => (
            <li key={session.sessionId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-ink-3 max-sm:hidden" />
              <SessionFacts session={session} />
              <Button
                aria-label={session.here ? undefined : text.endName(session.device)}
                busy={sending.busy && ending === session.sessionId}
                onClick={() => end(session)}
              >
                {session.here ? text.endHere : text.end}
              </Button>
            </li>
          ))}
        </ul>
        {sessions.length > 1 && (
          <Button kind="stop" className="mt-4" busy={sending.busy && ending === 'others'} onClick={endOthers}>
            {text.endOthers}
          </Button>
        )}
      </div>
    </Card>
  )
}

function SessionFacts({ session }: { session: Session }) {
  const { timeZone } = usePlace()
  const { device, here, address, method, startedAt, lastSeenAt } = session
  return (
    <div className="min-w-0 flex-[1_1_14rem]">
      <p className="font-semibold">
        {device}
        {here && (
          <span className="ms-2 rounded-full bg-ok-soft px-2.5 py-0.5 text-xs font-semibold text-ok">{text.here}</span>
        )}
      </p>
      <Facts className="numbers text-sm text-ink-2">
        <span>{text.seen(momentOf(lastSeenAt, timeZone))}</span>
        <span>{text.started(momentOf(startedAt, timeZone))}</span>
        <span>{text.methods[method]}</span>
        <span>{address ? <bdi dir="ltr">{address}</bdi> : text.unknownPlace}</span>
      </Facts>
    </div>
  )
}
