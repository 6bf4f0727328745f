/** Which fault happens when, and to whom: decided by the seed alone, before anything runs. */
import { chanceOf } from './random'

/** How many of each the installation has. */
export interface Shape {
  workers: number
  relays: number
  webs: number
  /** 0 = no Kafka. */
  brokers: number
  /** 1 = the database is on a small disk of its own, which can be filled. */
  disks: number
  /** 1 = there is a version before this one, which can run beside it. */
  before: number
}

type Part = keyof Shape | 'database'

/** Whom each fault strikes, and for how many seconds (from, to). */
export const FAULTS = {
  'worker killed': { part: 'workers', seconds: [0, 3] },
  // Longer than a lease, at times than the database waits in a transaction: it comes back, and its work is somebody else's.
  'worker frozen': { part: 'workers', seconds: [16, 24] },
  'worker ended': { part: 'workers', seconds: [0, 2] },
  'worker with a wrong clock': { part: 'workers', seconds: [8, 15] },
  'workers replaced one by one': { part: 'workers', seconds: [1, 1] },
  'worker of the version before': { part: 'workers', seconds: [10, 20] },
  'relay killed': { part: 'relays', seconds: [0, 3] },
  // Longer than its right to publish lasts: another one publishes meanwhile.
  'relay frozen': { part: 'relays', seconds: [8, 20] },
  'consumer crashed': { part: 'relays', seconds: [0, 0] },
  'relay ended': { part: 'relays', seconds: [0, 2] },
  'web killed': { part: 'webs', seconds: [0, 3] },
  'web frozen': { part: 'webs', seconds: [4, 8] },
  'web ended': { part: 'webs', seconds: [0, 2] },
  'web of the version before': { part: 'webs', seconds: [10, 20] },
  'database killed': { part: 'database', seconds: [0, 4] },
  'database restarted': { part: 'database', seconds: [0, 1] },
  'database connections cut': { part: 'database', seconds: [0, 0] },
  'database connections used up': { part: 'database', seconds: [4, 7] },
  'database disk full': { part: 'disks', seconds: [3, 8] },
  'locks held': { part: 'database', seconds: [3, 7] },
  'broker killed': { part: 'brokers', seconds: [1, 6] },
  'leaders moved': { part: 'brokers', seconds: [0, 0] },
} as const satisfies Record<string, { part: Part; seconds: readonly [number, number] }>

export type FaultName = keyof typeof FAULTS

export interface Fault {
  /** Milliseconds after the load began. */
  at: number
  name: FaultName
  /** Which one of its part, from 0. */
  target: number
  /** How long it lasts, in milliseconds. */
  ms: number
}

const FIRST_AT = 4000
const LAST_BEFORE_END = 6000
/** Milliseconds from one fault to the next; long ones overlap. */
const PAUSE = [4000, 8000] as const

/** The faults of a run of so many seconds. Every kind has its turn before one comes again. */
export function planFaults(seed: number, seconds: number, shape: Shape): Fault[] {
  const chance = chanceOf(seed, 'faults')
  const possible = (Object.keys(FAULTS) as FaultName[]).filter((name) => canHappen(name, shape))
  const faults: Fault[] = []
  let deck: FaultName[] = []
  for (let at = FIRST_AT; at <= seconds * 1000 - LAST_BEFORE_END; at += chance.between(...PAUSE)) {
    if (deck.length === 0) deck = chance.shuffled(possible)
    const name = deck.pop()!
    const { part, seconds: lasts } = FAULTS[name]
    const count = part === 'database' ? 1 : shape[part]
    faults.push({
      at,
      name,
      target: chance.between(0, count - 1),
      ms: chance.between(lasts[0] * 1000, lasts[1] * 1000),
    })
  }
  return faults
}

function canHappen(name: FaultName, shape: Shape): boolean {
  const { part } = FAULTS[name]
  if (name === 'leaders moved') return shape.brokers > 1
  if (name.endsWith('version before') && shape.before === 0) return false
  return part === 'database' || shape[part] > 0
}
