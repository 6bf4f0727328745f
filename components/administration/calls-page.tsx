'use client'
/** The last calls of one source system, with the reasons of what was refused; new ones appear by themselves. */
import { useQuery } from '@tanstack/react-query'
import { CallList } from '@/components/docs/call-list'
import { words } from '@/components/docs/words'
import { secondOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { CallsAnswer } from '@/lib/developers/answers'
import { Loaded } from './loaded'

const LIST = '/administration/clients'
const LOOK_EVERY_MS = 3000

export function CallsPage({ clientId }: { clientId: string }) {
  const asked = useQuery({
    queryKey: ['client-calls', clientId],
    queryFn: () => call('GET /v3/clients/{clientId}/calls', { params: { clientId } }),
    refetchInterval: LOOK_EVERY_MS,
  })
  return (
    <Loaded asked={asked} listHref={LIST}>
      {(answer) => <Shown answer={answer} stale={asked.isError} />}
    </Loaded>
  )
}

function Shown({ answer: { client, calls }, stale }: { answer: CallsAnswer; stale: boolean }) {
  const { timeZone } = usePlace()
  return (
    <>
      <PageHeading
        crumbs={[
          { key: 'list', label: words.calls.crumb, href: LIST },
          { key: 'client', label: <Value>{client.name}</Value>, href: `${LIST}/${client.clientId}` },
        ]}
        title={words.calls.title}
        lead={words.calls.lead}
      />
      <div className="mt-6">
        <CallList calls={calls} stale={stale} momentOf={(instant) => secondOf(instant, timeZone)} />
      </div>
    </>
  )
}
