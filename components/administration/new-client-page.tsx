'use client'
/** A new source system, then its access token to hand over. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { call, type AnswerOf } from '@/lib/api/call'
import { ClientForm } from './client-form'
import { SecretPanel } from './secret-panel'
import { words } from './words'

export function NewClientPage() {
  const queries = useQueryClient()
  const [added, setAdded] = useState<AnswerOf<'POST /v3/clients'> | null>(null)
  const crumbs = [{ key: 'list', label: words.clients.title, href: '/administration/clients' }]
  if (!added) {
    return (
      <>
        <PageHeading crumbs={crumbs} title={words.clients.add} />
        <div className="sheet mt-6 px-5 py-6 sm:px-7">
          <ClientForm
            client={null}
            send={(body) => call('POST /v3/clients', { body })}
            done={(answer) => {
              void queries.invalidateQueries({ queryKey: ['clients'] })
              setAdded(answer)
            }}
          />
        </div>
      </>
    )
  }
  const { client, token } = added
  return (
    <>
      <PageHeading crumbs={crumbs} title={words.clients.added(client.name)} />
      <div className="mt-6">
        <SecretPanel title={words.clients.tokenTitle} lead={words.clients.tokenFor(client.name)} secret={token} />
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button kind="main" onClick={() => setAdded(null)}>
          {words.clients.another}
        </Button>
        <Link href="/administration/clients" className={buttonClass('second')}>
          {words.back}
        </Link>
      </div>
    </>
  )
}
