'use client'
/** One operator: the details, a one-time password, and whether the person can sign in. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { OperatorView } from '@/lib/people/answers'
import { ActionOutcome } from './action-outcome'
import { Card } from './card'
import { FactorCard, PasswordCard } from './operator-cards'
import { ConfirmDialog, type Question } from './confirm-dialog'
import { HELD, Loaded } from './loaded'
import { OperatorForm } from './operator-form'
import { OperatorFlags } from './operators-page'
import { SecretPanel } from './secret-panel'
import { useSaving } from './use-saving'
import { words } from './words'

const LIST = '/administration/operators'

export function OperatorPage({ operatorId }: { operatorId: string }) {
  const asked = useQuery({
    queryKey: ['operator', operatorId],
    queryFn: () => call('GET /v3/operators/{operatorId}', { params: { operatorId } }),
    ...HELD,
  })
  return (
    <Loaded asked={asked} listHref={LIST}>
      {(operator) => <Operator operator={operator} />}
    </Loaded>
  )
}

function Operator({ operator }: { operator: OperatorView }) {
  const { operatorId, name, you } = operator
  const queries = useQueryClient()
  const router = useRouter()
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState('')
  const [password, setPassword] = useState<string | null>(null)
  const saving = useSaving({}, 'operator-actions')
  const params = { operatorId }

  const take = (fresh: OperatorView, sentence: string) => {
    // Who disabled oneself is not at home here any more.
    if (you && fresh.disabled) {
      router.replace('/')
      return router.refresh()
    }
    queries.setQueryData(['operator', operatorId], fresh)
    void queries.invalidateQueries({ queryKey: ['operators'] })
    setSaid(sentence)
  }
  const setDisabled = (disabled: boolean) =>
    void saving.run(
      () => call('PUT /v3/operators/{operatorId}', { params, body: { disabled } }),
      (fresh) => take(fresh, (disabled ? words.operators.disabledDone : words.operators.enabledDone)(name)),
    )
  const reset = () =>
    void saving.run(
      () => call('POST /v3/operators/{operatorId}/reset', { params }),
      (answer) => {
        take(answer.operator, words.operators.resetDone(name))
        setPassword(answer.password)
      },
    )
  const askReset = () =>
    setQuestion({
      title: words.operators.resetTitle(name),
      body: words.operators.resetBody,
      action: words.operators.reset,
      onConfirm: reset,
    })
  const askTakeAway = () =>
    setQuestion({
      title: words.operators.takeAwayTitle(name),
      body: words.operators.takeAwayBody,
      action: words.operators.takeAway,
      onConfirm: () =>
        void saving.run(
          () => call('DELETE /v3/operators/{operatorId}/second-factor', { params }),
          (fresh) => take(fresh, words.operators.takenAway(name)),
        ),
    })
  const signOut = () =>
    void saving.run(
      () => call('DELETE /v3/operators/{operatorId}/sessions', { params }),
      ({ ended }) => setSaid(words.operators.signedOut(name, ended)),
    )
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.operators.title, href: LIST }]}
        title={<Value>{name}</Value>}
        tag={
          <span className="flex flex-wrap gap-2">
            <OperatorFlags operator={operator} />
          </span>
        }
        lead={<Value ltr>{operator.username}</Value>}
      />
      <ActionOutcome id="operator-actions" said={said} saving={saving} />
      <div className="mt-5 space-y-5">
        {password && (
          <SecretPanel
            title={words.operators.passwordTitle}
            lead={words.operators.passwordFor(operator.username)}
            secret={password}
            next={words.operators.passwordNext}
          />
        )}
        <Card
          id="details"
          title={words.operators.details}
          lead={operator.external ? words.operators.externalLead : undefined}
        >
          <OperatorForm
            operator={operator}
            send={({ username: _fixed, ...body }) => call('PUT /v3/operators/{operatorId}', { params, body })}
            done={(fresh) => take(fresh, words.saved(fresh.name))}
          />
        </Card>
        <PasswordCard operator={operator} busy={saving.busy} onReset={askReset} />
        <FactorCard operator={operator} busy={saving.busy} onReset={askTakeAway} onSignOut={signOut} />
        <Card
          id="access"
          title={words.operators.access}
          lead={operator.disabled ? words.operators.accessOff : words.operators.accessOn}
        >
          {operator.disabled ? (
            <Button busy={saving.busy} onClick={() => setDisabled(false)}>
              {words.enable}
            </Button>
          ) : (
            <Button
              kind="stop"
              busy={saving.busy}
              onClick={() =>
                setQuestion({
                  title: you ? words.operators.disableSelfTitle : words.operators.disableTitle(name),
                  body: you ? words.operators.disableSelfBody : words.operators.disableBody,
                  action: words.disable,
                  onConfirm: () => setDisabled(true),
                })
              }
            >
              {words.disable}
            </Button>
          )}
        </Card>
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </>
  )
}
