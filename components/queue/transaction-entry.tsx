'use client'
/** One request of the queue: what it is about, why it is there, and what can be done with it. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { momentOf, timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { ApiError, call } from '@/lib/api/call'
import type { QueueItem } from '@/lib/operations/answers'
import { useLookAgain } from './use-queue'
import { reasonOf, words } from './words'

interface TransactionEntryProps {
  item: QueueItem
  onSaid: (said: { kind: 'ok' | 'stop'; text: string }) => void
}

export function TransactionEntry({ item, onSaid }: TransactionEntryProps) {
  const { transactionId, record, may } = item
  const [question, setQuestion] = useState<Question | null>(null)
  const lookAgain = useLookAgain()
  const params = { transactionId }
  const after = {
    onSuccess: (text: string) => onSaid({ kind: 'ok', text }),
    onError: (error: Error) =>
      onSaid({ kind: 'stop', text: error instanceof ApiError ? error.body.message : words.failedToAct }),
    onSettled: lookAgain,
  }
  const retry = useMutation({
    mutationFn: async () =>
      words.outcomes[(await call('POST /v3/transactions/{transactionId}/retry', { params })).outcome],
    ...after,
  })
  const giveUp = useMutation({
    mutationFn: async () =>
      words.givenUp((await call('POST /v3/transactions/{transactionId}/give-up', { params })).ended),
    ...after,
  })
  const name = record ? record.preEnrollmentCode : words.request(transactionId)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0 flex-[1_1_20rem]">
        <p className="font-semibold wrap-anywhere">
          {words.kinds[item.kind]} · <Value ltr>{name}</Value>
          {record && `, ${words.dose(record.dose)}`}
        </p>
        <Details item={item} />
        {record?.certificateId && (
          <Link href={`/certificates/${record.certificateId}`} className="link inline-flex min-h-11 items-center">
            {words.record}
            <span className="sr-only">: {name}</span>
          </Link>
        )}
      </div>
      {(may.retry || may.giveUp) && (
        <div className="flex gap-2 max-sm:w-full">
          {may.retry && (
            <Button
              size="small"
              className="max-sm:flex-1"
              aria-label={words.retryOf(name)}
              busy={retry.isPending}
              onClick={() => retry.mutate()}
            >
              {words.retry}
            </Button>
          )}
          {may.giveUp && (
            <Button
              size="small"
              kind="quiet"
              className="max-sm:flex-1"
              aria-label={words.giveUpOf(name)}
              busy={giveUp.isPending}
              onClick={() =>
                setQuestion({
                  title: words.giveUpTitle,
                  body: words.giveUpBody,
                  action: words.giveUpAction,
                  onConfirm: () => giveUp.mutate(),
                })
              }
            >
              {words.giveUp}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </li>
  )
}

function Details({ item }: { item: QueueItem }) {
  const { timeZone } = usePlace()
  const { state, facility, acceptedAt, by, attempts, nextAttemptAt, behind, reason, message, failedAt } = item
  return (
    <>
      {reason !== null && <p className="mt-0.5 text-[0.9375rem]">{message ?? reasonOf(reason).title}</p>}
      <Facts className="mt-1 text-sm text-ink-2">
        <span>
          <Value>{facility.name}</Value>
        </span>
        <span className="numbers">
          {failedAt === null
            ? words.since(momentOf(acceptedAt, timeZone))
            : words.failedAt(momentOf(failedAt, timeZone))}
        </span>
        <span className="wrap-anywhere">
          {words.by('')}
          <Value>{by.name}</Value>
        </span>
        {state === 'held' && <span className="numbers">{words.attempts(attempts)}</span>}
        {state === 'held' && (
          <span className="numbers">
            {nextAttemptAt === null ? words.trying : words.next(timeOf(nextAttemptAt, timeZone))}
          </span>
        )}
        {behind > 0 && <span className="numbers">{words.behind(behind)}</span>}
      </Facts>
    </>
  )
}
