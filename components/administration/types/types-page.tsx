'use client'
/** All certificate types. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Loaded } from '@/components/administration/loaded'
import { ListRow } from '@/components/administration/list'
import { useBrought } from '@/components/brought'
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { TypeOverview } from '@/lib/type-checks/answers'
import { addressOfType, TYPES } from './addresses'
import { VersionState } from './version-state'
import { words } from './words'

export function TypesPage() {
  const brought = useBrought('GET /v3/type-overview')
  const asked = useQuery({ ...brought, queryKey: ['type-overview'], queryFn: () => call('GET /v3/type-overview') })
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 flex-[1_1_20rem]">
          <h1>{words.title}</h1>
          <p className="mt-1 text-ink-2">{words.lead}</p>
        </div>
        <Link href={`${TYPES}/new`} className={`${buttonClass('main')} max-sm:w-full`}>
          <Plus aria-hidden className="size-4" />
          {words.list.add}
        </Link>
      </div>
      <div className="mt-6">
        <Loaded asked={asked} listHref={TYPES}>
          {({ types }) => (
            <>
              <p role="status" className="text-sm text-ink-2">
                {types.length === 0 ? words.list.none : words.list.count(types.length)}
              </p>
              {types.length > 0 && (
                <ul className="sheet mt-3 divide-y divide-line">
                  {types.map((type) => (
                    <TypeRow key={type.name} type={type} />
                  ))}
                </ul>
              )}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function TypeRow({ type: { name, title, inForce, drafts, versions } }: { type: TypeOverview }) {
  const { timeZone } = usePlace()
  return (
    <ListRow
      href={addressOfType(name)}
      name={<Value>{title}</Value>}
      flags={drafts > 0 && <VersionState state="draft">{words.list.drafts(drafts)}</VersionState>}
    >
      <Facts className="numbers text-sm text-ink-2">
        <span>
          <Value ltr>{name}</Value>
        </span>
        <span>
          {inForce?.publishedAt
            ? words.list.inForce(inForce.version, dayOf(inForce.publishedAt, timeZone))
            : words.list.never}
        </span>
        {versions > 1 && <span>{words.list.versions(versions)}</span>}
      </Facts>
    </ListRow>
  )
}
