'use client'
/** Connecting the own account with the sign-in service: the password first, then the way there and back. */
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import type { AccountView } from '@/lib/people/answers'
import { ProveForm } from './prove-form'
import { useSending } from './use-sending'
import { words } from './words'

interface ConnectCardProps {
  service: NonNullable<AccountView['service']>
  /** Whether the account has a second factor, a code of which is asked for, too. */
  withCode: boolean
  onChange: (sentence: string) => void
}

export function ConnectCard({ service, withCode, onChange }: ConnectCardProps) {
  const [asking, setAsking] = useState(false)
  const sending = useSending('connect-', service.connected ? 'connect-end' : 'connect-password')
  const { name, connected } = service
  return (
    <Card
      id="service"
      title={words.service.title(name)}
      lead={connected ? words.service.connected : words.service.lead(name)}
    >
      {!connected && !asking && <Button onClick={() => setAsking(true)}>{words.service.connect}</Button>}
      {connected && (
        <>
          <div className="mb-4 empty:hidden">
            <ErrorSummary problems={sending.problems} turn={sending.turn} />
          </div>
          <Button
            id="connect-end"
            kind="stop"
            busy={sending.busy}
            onClick={() =>
              void sending.run(
                () => call('DELETE /v3/account/connect'),
                () => onChange(words.service.disconnected),
              )
            }
          >
            {words.service.disconnect}
          </Button>
        </>
      )}
      {!connected && asking && (
        <ProveForm
          prefix="connect-"
          title={withCode ? words.setUp.proveTitle : words.setUp.passwordTitle}
          action={words.service.connect}
          withCode={withCode}
          sending={sending}
          onCancel={() => setAsking(false)}
          onSend={({ password, code }) =>
            void sending.run(
              () => call('POST /v3/account/connect', { body: withCode ? { password, code } : { password } }),
              () => void signIn('oidc', { callbackUrl: '/account' }),
            )
          }
        />
      )}
    </Card>
  )
}
