'use client'
/** The own account: password, second factor, recovery codes, and where one is signed in. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { useBrought } from '@/components/brought'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import { call } from '@/lib/api/call'
import type { AccountView } from '@/lib/people/answers'
import { ConnectCard } from './connect-card'
import { FactorCard } from './factor-card'
import { SessionsCard } from './sessions-card'
import { words } from './words'

const KEY = ['account']

export function AccountPage() {
  const brought = useBrought('GET /v3/account')
  const asked = useQuery({ ...brought, queryKey: KEY, queryFn: () => call('GET /v3/account'), gcTime: 0 })
  if (asked.data) return <Account account={asked.data} />
  if (asked.isError) {
    return (
      <Notice kind="stop" title={words.unavailable} live="alert">
        <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
          {shared.retry}
        </Button>
      </Notice>
    )
  }
  return (
    <div aria-busy className="space-y-4">
      <span className="sr-only">{shared.loading}</span>
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-64 w-full rounded-sheet" />
    </div>
  )
}

function Account({ account }: { account: AccountView }) {
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const { external, service } = account
  const refresh = (sentence: string) => {
    setSaid(sentence)
    void queries.invalidateQueries({ queryKey: KEY })
  }
  return (
    <>
      <PageHeading
        title={words.title}
        lead={
          <>
            <Value>{account.name}</Value> · <Value ltr>{account.username}</Value>
          </>
        }
      />
      <div role="status" className="mt-5 empty:hidden">
        {said && <Notice kind="ok" title={said} />}
      </div>
      <div className="mt-5 space-y-5">
        <Card
          id="password"
          title={external ? words.password.externalTitle : words.password.title}
          lead={external ? words.password.external(service?.name ?? '') : words.password.lead}
        >
          {!external && (
            <Link href="/password" className={buttonClass('second')}>
              {words.password.change}
            </Link>
          )}
        </Card>
        {!external && <FactorCard account={account} onChange={refresh} />}
        {!external && service && (
          <ConnectCard service={service} withCode={account.secondFactor.since !== null} onChange={refresh} />
        )}
        <SessionsCard sessions={account.sessions} external={external} onChange={refresh} />
      </div>
    </>
  )
}
