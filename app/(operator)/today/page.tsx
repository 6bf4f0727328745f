/** The address of the list of a day. */
import type { Metadata } from 'next'
import { TodayPage } from '@/components/today/today-page'
import { DAY_KINDS } from '@/lib/desk/kinds'
import { words } from '@/components/today/words'
import { Brought, wanted } from '../brought'

export const metadata: Metadata = { title: words.title }

type Params = { searchParams: Promise<{ day?: string | string[]; kind?: string | string[]; mine?: string | string[] }> }

export default async function Page({ searchParams }: Params) {
  const { day, kind, mine } = await searchParams
  const query = {
    ...(typeof day === 'string' && day !== '' ? { day } : {}),
    ...(DAY_KINDS.some((known) => known === kind) ? { kind: kind as (typeof DAY_KINDS)[number] } : {}),
    ...(mine === undefined ? {} : { mine: 'true' as const }),
  }
  return (
    <Brought
      answers={[
        wanted('GET /v3/today', { query }),
        wanted('GET /v3/approvals', { query: { list: 'to_decide' } }),
        wanted('GET /v3/approvals', { query: { list: 'mine' } }),
        wanted('GET /v3/openings/review'),
        wanted('GET /v3/look-ups/stops'),
        wanted('GET /v3/webhooks/stopped'),
      ]}
    >
      <TodayPage />
    </Brought>
  )
}
