'use client'
/** Everybody who can sign in. */
import { useBroughtPage } from '@/components/brought'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { OperatorView } from '@/lib/people/answers'
import { Flag } from './flag'
import { List, ListRow } from './list'
import { Whose } from './whose'
import { words } from './words'

export function OperatorsPage() {
  const brought = useBroughtPage('GET /v3/operators')
  return (
    <List
      brought={brought}
      name="operators"
      text={words.operators}
      count={words.operators.count}
      ask={(query) => call('GET /v3/operators', { query })}
      rowsOf={(page) => page.operators}
      addHref="/administration/operators/new"
    >
      {(operator) => <OperatorRow key={operator.operatorId} operator={operator} />}
    </List>
  )
}

function OperatorRow({ operator }: { operator: OperatorView }) {
  const { timeZone } = usePlace()
  const { operatorId, username, name, lastSignedInAt } = operator
  return (
    <ListRow
      href={`/administration/operators/${operatorId}`}
      name={<Value>{name}</Value>}
      aside={operator.you && <span className="text-sm text-ink-3">({words.operators.you})</span>}
      flags={<OperatorFlags operator={operator} />}
    >
      <Facts className="text-sm text-ink-2">
        <span>
          <Value ltr>{username}</Value>
        </span>
        <span>
          <Whose of={operator} />
        </span>
        <span className="numbers text-ink-3">
          {lastSignedInAt ? words.operators.last(momentOf(lastSignedInAt, timeZone)) : words.operators.never}
        </span>
      </Facts>
    </ListRow>
  )
}

/** What is special about an operator. */
export function OperatorFlags({ operator }: { operator: OperatorView }) {
  return (
    <>
      {operator.roles.map((role) => (
        <Flag key={role} kind={role}>
          {words.operators.roleNames[role][0]!}
        </Flag>
      ))}
      {operator.external && <Flag kind="service">{words.operators.external}</Flag>}
      {operator.disabled && <Flag kind="disabled">{words.disabled}</Flag>}
      {!operator.disabled && operator.facility?.disabled && (
        <Flag kind="disabled">{words.operators.facilityDisabled}</Flag>
      )}
      {!operator.disabled && operator.mustChangePassword && <Flag kind="oneTime">{words.operators.oneTime}</Flag>}
    </>
  )
}
