/** What clients ask for, and which messages other components send: decided by the seed alone, before anything runs. */
import { chanceOf, type Chance } from './random'

export type Action = 'certify' | 'update' | 'race' | 'revoke' | 'suspend' | 'lift' | 'certify again' | 'wrong'

/** One request of a client; a race is several at the same moment. */
export interface Step {
  /** From 1; its contents carry this number, so that what came of it can be told. */
  n: number
  /** Milliseconds after the load began. */
  at: number
  client: number
  action: Action
  /** Numbers of the people it is about. */
  subjects: number[]
  /** Of a race: how many at once. */
  times: number
  /** With an Idempotency-Key. */
  keyed: boolean
  /** If-Match with the newest number that the client knows, or with one that was replaced. */
  ifMatch: 'newest' | 'old' | null
  /** Whether it asks again when no answer comes. */
  patient: boolean
  /** Sent once more after its answer, with the same key or without one. */
  repeated: boolean
}

export type Shape = 'v3' | 'v1' | 'v4' | 'again' | 'update' | 'poison'

/** One message of another component on the topic `certify`. */
export interface PlannedMessage {
  n: number
  at: number
  shape: Shape
  /** Whose: the number of the message that was first about this person; `again` is that message once more. */
  of: number
  poison: string | null
}

/** Names of the contents that no component can have meant. */
export const POISON = ['not JSON', 'empty', 'no object', 'half a character', 'without a name', 'dose 1.5', 'of no type']

const WEIGHTS: [action: Action, weight: number][] = [
  ['certify', 34],
  ['update', 36],
  ['race', 7],
  ['suspend', 5],
  ['lift', 4],
  ['revoke', 5],
  ['certify again', 5],
  ['wrong', 4],
]

/** Before this many steps everything is new. */
const NEW_UNTIL = 10
const LARGEST_ARRAY = 12

/** The requests of `clients` clients over so many seconds, `perSecond` steps a second in all. */
export function planSteps(seed: number, seconds: number, clients: number, perSecond: number): Step[] {
  const chance = chanceOf(seed, 'requests')
  let known = 0
  return Array.from({ length: Math.round(seconds * perSecond) }, (_, index) => {
    const action = index < NEW_UNTIL ? 'certify' : actionOf(chance)
    const many = chance.is(0.2) ? chance.between(2, LARGEST_ARRAY) : 1
    const subjects =
      action === 'certify'
        ? Array.from({ length: many }, () => known++)
        : someOf(chance, known, action === 'update' ? many : 1)
    return {
      n: index + 1,
      at: Math.round((index / perSecond) * 1000),
      client: index % clients,
      action,
      subjects,
      times: action === 'race' ? chance.between(3, 7) : 1,
      keyed: chance.is(0.5),
      ifMatch: action === 'update' && subjects.length === 1 && chance.is(0.2) ? chance.one(['newest', 'old']) : null,
      patient: chance.is(0.7),
      repeated: chance.is(0.1),
    }
  })
}

/** The messages over so many seconds, one every 400 ms. */
export function planMessages(seed: number, seconds: number): PlannedMessage[] {
  const chance = chanceOf(seed, 'messages')
  const known: { n: number; shape: Shape }[] = []
  return Array.from({ length: Math.floor(seconds * 2.5) }, (_, index) => {
    const n = index + 1
    const shape: Shape = index < 5 ? 'v3' : chance.one(['v3', 'v3', 'v1', 'v4', 'again', 'update', 'poison'])
    const of = shape === 'again' ? chance.one(known).n : shape === 'update' ? ofSecond(chance, known) : n
    if (shape === 'v3' || shape === 'v1' || shape === 'v4') known.push({ n, shape })
    return { n, at: index * 400, shape, of, poison: shape === 'poison' ? chance.one(POISON) : null }
  })
}

/** Few people, so that some are corrected again and again. */
function ofSecond(chance: Chance, known: { n: number; shape: Shape }[]): number {
  return chance.one(known.filter(({ shape }) => shape === 'v3').slice(-8)).n
}

function actionOf(chance: Chance): Action {
  let left = chance.next() * WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0)
  return WEIGHTS.find(([, weight]) => (left -= weight) < 0)![0]
}

/** Different ones. Of single ones half are among the newest, which may still be on their way, or not accepted yet. */
function someOf(chance: Chance, known: number, count: number): number[] {
  const ofNewest = chance.is(0.5) && count === 1
  const [from, to] = ofNewest ? [Math.max(0, known - 15), known - 1] : [0, Math.max(5, known - 30)]
  const found = Array.from({ length: count }, () => chance.between(from, to))
  return [...new Set(found)]
}
