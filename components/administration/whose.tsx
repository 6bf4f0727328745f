/** Whose certificates somebody deals with, in a list: a facility's, a district's, all, or none. */
import type { ReactNode } from 'react'
import { Value } from '@/components/ui/value'
import type { ClientView, OperatorView } from '@/lib/people/answers'
import { words } from './words'

export function Whose({ of }: { of: OperatorView | ClientView }): ReactNode {
  const { facility, district } = of
  if ('roles' in of && !of.roles.includes('operator') && !of.roles.includes('supervisor')) return words.noRecords
  if (district !== null) return <Value>{words.operators.inDistrict(district)}</Value>
  return facility ? <Value>{facility.name}</Value> : words.allFacilities
}
