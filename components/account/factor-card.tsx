'use client'
/** The second factor of the own account: setting it up, moving it to another phone, new recovery codes, doing without. */
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { call } from '@/lib/api/call'
import type { AccountView } from '@/lib/people/answers'
import { Enrolment, type Begun } from './enrolment'
import { ProveForm } from './prove-form'
import { RecoveryCodes } from './recovery-codes'
import { useSending } from './use-sending'
import { words } from './words'

type Step =
  | { kind: 'rest' }
  | { kind: 'prove-begin' | 'prove-remove' | 'prove-codes' }
  | { kind: 'enrol'; begun: Begun }
  | { kind: 'codes'; codes: string[]; sentence: string }

/** Fewer recovery codes than this are few. */
const FEW = 4

export function FactorCard({ account, onChange }: { account: AccountView; onChange: (sentence: string) => void }) {
  const [step, setStep] = useState<Step>({ kind: 'rest' })
  const sending = useSending('factor-', 'factor-password')
  const { timeZone } = usePlace()
  const { since, required, codesLeft } = account.secondFactor
  const rest = () => {
    sending.fail([])
    setStep({ kind: 'rest' })
  }
  const lead = since ? words.factor.on(dayOf(since, timeZone)) : words.factor.off
  const common = { prefix: 'factor-', sending, onCancel: rest }
  return (
    <Card id="second-factor" title={words.factor.title} lead={required ? `${lead} ${words.factor.required}` : lead}>
      {step.kind === 'rest' && (
        <>
          {since && (
            <p className="mb-4 text-[0.9375rem]">
              <span className="font-semibold">{words.codes.title}:</span> {words.codes.left(codesLeft)}
              {codesLeft < FEW && <span className="font-semibold text-warn"> {words.codes.few}</span>}
            </p>
          )}
          <div className="flex flex-wrap gap-3">
            <Button onClick={() => setStep({ kind: 'prove-begin' })}>
              {since ? words.factor.move : words.factor.setUp}
            </Button>
            {since && <Button onClick={() => setStep({ kind: 'prove-codes' })}>{words.codes.fresh}</Button>}
            {since && !required && (
              <Button kind="stop" onClick={() => setStep({ kind: 'prove-remove' })}>
                {words.factor.remove}
              </Button>
            )}
          </div>
        </>
      )}
      {step.kind === 'prove-begin' && (
        <ProveForm
          {...common}
          title={since ? words.setUp.proveTitle : words.setUp.passwordTitle}
          action={words.setUp.go}
          withCode={since !== null}
          onSend={({ password, code }) =>
            void sending.run(
              () => call('POST /v3/account/second-factor', { body: since ? { password, code } : { password } }),
              (begun) => setStep({ kind: 'enrol', begun }),
            )
          }
        />
      )}
      {step.kind === 'prove-remove' && (
        <ProveForm
          {...common}
          title={words.factor.removeTitle}
          lead={words.factor.removeLead}
          action={words.factor.remove}
          withCode
          onSend={(body) =>
            void sending.run(
              () => call('POST /v3/account/second-factor/remove', { body }),
              () => {
                rest()
                onChange(words.factor.removed)
              },
            )
          }
        />
      )}
      {step.kind === 'prove-codes' && (
        <ProveForm
          {...common}
          title={words.codes.freshTitle}
          lead={words.codes.freshLead}
          action={words.codes.fresh}
          withCode
          onSend={(body) =>
            void sending.run(
              () => call('POST /v3/account/recovery-codes', { body }),
              ({ recoveryCodes }) => setStep({ kind: 'codes', codes: recoveryCodes, sentence: '' }),
            )
          }
        />
      )}
      {step.kind === 'enrol' && (
        <Enrolment
          begun={step.begun}
          onCancel={rest}
          onDone={(codes) => setStep({ kind: 'codes', codes, sentence: words.factor.added })}
        />
      )}
      {step.kind === 'codes' && (
        <RecoveryCodes
          codes={step.codes}
          username={account.username}
          onDone={() => {
            rest()
            onChange(step.sentence)
          }}
        />
      )}
    </Card>
  )
}
