'use client'
/** All source systems. */
import { useBroughtPage } from '@/components/brought'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { ClientView } from '@/lib/people/answers'
import { Flag } from './flag'
import { List, ListRow } from './list'
import { Whose } from './whose'
import { words } from './words'

export function ClientsPage() {
  const brought = useBroughtPage('GET /v3/clients')
  return (
    <List
      brought={brought}
      name="clients"
      text={words.clients}
      count={words.clients.count}
      ask={(query) => call('GET /v3/clients', { query })}
      rowsOf={(page) => page.clients}
      addHref="/administration/clients/new"
    >
      {(client) => <ClientRow key={client.clientId} client={client} />}
    </List>
  )
}

function ClientRow({ client }: { client: ClientView }) {
  const { timeZone } = usePlace()
  const { clientId, name, programs, batch, ratePerMinute, scopes, tokenExpiresAt, lastUsedAt } = client
  return (
    <ListRow
      href={`/administration/clients/${clientId}`}
      name={<Value>{name}</Value>}
      flags={<ClientFlags client={client} />}
    >
      <Facts className="numbers text-sm text-ink-2">
        <span>
          <Whose of={client} />
        </span>
        {programs.length > 0 && (
          <span>
            <Value>{programs.join(', ')}</Value>
          </span>
        )}
        <span>
          {scopes.length > 0
            ? words.clients.scopesFact(scopes.map((scope) => words.clients.scopeNames[scope][0]!))
            : words.clients.scopesNone}
        </span>
        {tokenExpiresAt && <span>{words.clients.tokenFact(momentOf(tokenExpiresAt, timeZone))}</span>}
        {batch === 'each' && <span>{words.clients.batchEachFact}</span>}
        {ratePerMinute !== null && <span>{words.clients.ratePerMinute(ratePerMinute)}</span>}
        <span className="text-ink-3">
          {lastUsedAt ? words.clients.lastUsed(momentOf(lastUsedAt, timeZone)) : words.clients.neverUsed}
        </span>
      </Facts>
    </ListRow>
  )
}

/** What is special about a client. */
export function ClientFlags({ client }: { client: ClientView }) {
  return (
    <>
      {client.sandbox && <Flag kind="sandbox">{words.clients.sandbox}</Flag>}
      {client.disabled && <Flag kind="disabled">{words.disabled}</Flag>}
      {!client.disabled && client.facility?.disabled && <Flag kind="disabled">{words.operators.facilityDisabled}</Flag>}
    </>
  )
}
