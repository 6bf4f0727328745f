'use client'
/** All facilities. */
import { useBroughtPage } from '@/components/brought'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { FacilityView } from '@/lib/people/answers'
import { Flag } from './flag'
import { List, ListRow } from './list'
import { words } from './words'

export function FacilitiesPage() {
  const brought = useBroughtPage('GET /v3/facilities')
  return (
    <List
      brought={brought}
      name="facilities"
      text={words.facilities}
      count={words.facilities.count}
      ask={(query) => call('GET /v3/facilities', { query })}
      rowsOf={(page) => page.facilities}
      addHref="/administration/facilities/new"
    >
      {(facility) => <FacilityRow key={facility.code} facility={facility} />}
    </List>
  )
}

function FacilityRow({ facility }: { facility: FacilityView }) {
  const { code, name, aliases, operators, clients, builtIn, disabled } = facility
  return (
    <ListRow
      href={`/administration/facilities/${encodeURIComponent(code)}`}
      name={<Value>{name}</Value>}
      flags={disabled && <Flag kind="disabled">{words.disabled}</Flag>}
    >
      <Facts className="numbers text-sm text-ink-2">
        <span>
          <Value ltr>{code}</Value>
        </span>
        {builtIn && <span>{words.facilities.builtIn}</span>}
        <span>{words.facilities.operators(operators)}</span>
        {clients > 0 && <span>{words.facilities.clients(clients)}</span>}
        {aliases.length > 0 && <span>{words.facilities.aliasCount(aliases.length)}</span>}
      </Facts>
    </ListRow>
  )
}
