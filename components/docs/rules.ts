/** What is good to know besides the single endpoints. */
import { ANCHORS, below } from './anchors'
import { words } from './words'

export interface Rule {
  /** Its anchor. */
  id: string
  title: string
  text: string[]
}

/** The anchor of the rule about the typed client, which has an example below it. */
export const CLIENT_RULE = below(ANCHORS.rules, 'client')

/** The rules; `perMinute` requests may a client make in a minute, 0 = as many as it likes. */
export function rulesFor(perMinute: number): Rule[] {
  const { repeat, wait, limits, batches, ids, doors, client, unlimited, limited } = words.rules
  const rate = limits(perMinute === 0 ? unlimited : limited(perMinute))
  return Object.entries({ repeat, wait, rate, batches, ids, doors, client }).map(([name, { title, text }]) => {
    return { id: below(ANCHORS.rules, name), title, text }
  })
}
