'use client'
/** What an administrator does about an operator's password, second factor and sessions. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import type { OperatorView } from '@/lib/people/answers'
import { Card } from './card'
import { words } from './words'

interface OperatorCardProps {
  operator: OperatorView
  busy: boolean
  onReset: () => void
}

const text = words.operators

export function PasswordCard({ operator, busy, onReset }: OperatorCardProps) {
  const { timeZone } = usePlace()
  const { you, external, passwordExpiresAt } = operator
  if (external) return null
  return (
    <Card id="password" title={text.password} lead={you ? undefined : text.passwordLead}>
      {passwordExpiresAt && <p className="mb-4 numbers">{text.until(momentOf(passwordExpiresAt, timeZone))}</p>}
      {you ? (
        <Link href="/password" className={buttonClass('second')}>
          {text.ownPassword}
        </Link>
      ) : (
        <Button busy={busy} onClick={onReset}>
          {text.reset}
        </Button>
      )}
    </Card>
  )
}

export function FactorCard({ operator, busy, onReset, onSignOut }: OperatorCardProps & { onSignOut: () => void }) {
  const { you, external, secondFactor, secondFactorRequired } = operator
  const state = secondFactor
    ? text.secondFactorOn
    : secondFactorRequired && !external
      ? text.secondFactorDue
      : text.secondFactorOff
  const more = you ? text.secondFactorOwn : secondFactor ? text.secondFactorLost : ''
  return (
    <Card id="second-factor" title={text.secondFactor} lead={`${state} ${more}`.trim()}>
      <div className="flex flex-wrap gap-3">
        {you ? (
          <Link href="/account" className={buttonClass('second')}>
            {text.ownAccount}
          </Link>
        ) : (
          <>
            {secondFactor && (
              <Button busy={busy} onClick={onReset}>
                {text.takeAway}
              </Button>
            )}
            <Button busy={busy} onClick={onSignOut}>
              {text.signOut}
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}
