import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { TEST_TYPE, VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { aCaller, aContext, anIssuer, aRequest, aTest, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import { changeStatus, noteEndedSuspensions } from './change-status'
import type { Context } from './context'
import { issueNext, type Step } from './issue'
import { findLineages } from './read'

/*
 * Random sequences of certify, update, move, replay, issuing, failing, crashing, revoking, suspending, lifting and waiting,
 * against a model of one person: for each dose a list of issued contents, a queue of accepted ones and a state. After every
 * command the registry must say what the model says. Of another kind of certificate, too: what is a dose here is there the
 * day on which a sample was taken.
 */

const LIMIT = 3
const DOSES = [1, 2, 3]

type Command =
  | { do: 'certify'; dose: number; content: number }
  | { do: 'update'; dose: number; content: number; onScreen: boolean }
  | { do: 'update if newest is'; dose: number; content: number; version: number }
  | { do: 'move'; dose: number; to: number; content: number; onScreen: boolean }
  | { do: 'issue'; readable: boolean }
  | { do: 'crash'; at: Step }
  | { do: 'revoke'; dose: number; version: number }
  | { do: 'suspend'; dose: number; hours: number | null }
  | { do: 'lift'; dose: number }
  | { do: 'wait'; hours: number; noted: boolean }

const content = fc.integer({ min: 0, max: 3 })
// Mostly one dose: long stories of one lineage are the ones that go wrong.
const dose = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.constantFrom(...DOSES) })
const to = fc.constantFrom(...DOSES)
const onScreen = fc.boolean()
const asked = <T extends Command['do'], R>(name: T, parts: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
  fc.record({ do: fc.constant(name), ...parts } as never) as unknown as fc.Arbitrary<Extract<Command, { do: T }>>
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: asked('certify', { dose, content }) },
  { weight: 6, arbitrary: asked('update', { dose, content, onScreen }) },
  { weight: 2, arbitrary: asked('update if newest is', { dose, content, version: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 5, arbitrary: asked('move', { dose, to, content, onScreen }) },
  { weight: 6, arbitrary: asked('issue', { readable: fc.boolean() }) },
  { weight: 2, arbitrary: asked('revoke', { dose, version: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 2, arbitrary: asked('suspend', { dose, hours: fc.constantFrom(null, 1, 3) }) },
  { weight: 1, arbitrary: asked('lift', { dose }) },
  { weight: 1, arbitrary: asked('wait', { hours: fc.constantFrom(1, 2), noted: fc.boolean() }) },
  { weight: 2, arbitrary: asked('crash', { at: fc.constantFrom<Step>('claimed', 'signed', 'written') }) },
)

/** What a request says: the content is not the same under another dose. */
interface Said {
  content: number
  dose: number
}

interface Accepted extends Said {
  certificateId: string
  onScreen: boolean
  moves: boolean
  ifMatch?: string
}

const same = (one: Said, other: Said) => one.content === other.content && one.dose === other.dose

/** What a lineage must be, in as few words as possible. */
class Lineage {
  issued: Accepted[] = []
  waiting: Accepted[] = []
  revoked = false
  /** null = not suspended; Infinity = until it is lifted; else the hour at which it ends. */
  suspendedUntil: number | null = null
  wasSuspended = false

  constructor(public dose: number) {}

  get head() {
    return this.issued.at(-1)
  }
  get all() {
    return [...this.issued, ...this.waiting]
  }
  get newest() {
    return this.all.at(-1)!
  }
  get used() {
    return Math.max(0, this.all.length - 1)
  }
  /** The dose that is kept for it. */
  get kept() {
    return this.waiting.find((one) => one.moves)?.dose
  }

  get suspended() {
    return this.suspendedUntil !== null && this.suspendedUntil > hour
  }
  get state() {
    return this.revoked ? 'revoked' : this.suspended ? 'suspended' : 'current'
  }

  revoke(certificateId: string): string {
    if (!this.issued.some((one) => one.certificateId === certificateId)) return 'NOT_FOUND'
    if (certificateId !== this.head!.certificateId) return 'STALE_VERSION'
    return this.revoked ? 'unchanged' : 'changed'
  }

  suspend(until: number): string {
    if (!this.head) return 'NOT_FOUND'
    if (this.revoked) return 'CERTIFICATE_REVOKED'
    return this.suspended && this.suspendedUntil === until ? 'unchanged' : 'changed'
  }

  lift(): string {
    if (!this.head) return 'NOT_FOUND'
    if (this.revoked) return 'CERTIFICATE_REVOKED'
    if (this.suspended) return 'changed'
    return this.wasSuspended ? 'unchanged' : 'NOT_SUSPENDED'
  }

  update(said: Said, ifMatch?: string): string {
    if (this.suspended) return 'CERTIFICATE_SUSPENDED'
    if (same(said, this.newest)) return 'unchanged'
    if (ifMatch !== undefined && ifMatch !== this.newest.certificateId) return 'STALE_VERSION'
    if (this.kept !== undefined) return 'UPDATE_PENDING'
    return this.used >= LIMIT ? 'UPDATE_LIMIT_REACHED' : 'accepted'
  }

  /** The oldest waiting one becomes current, or fails for good. */
  settle(readable: boolean): void {
    const next = this.waiting.shift()
    if (!next) return
    const isOriginal = this.issued.length === 0
    const stale = next.ifMatch !== undefined && next.ifMatch !== this.issued.at(-1)?.certificateId
    if ((next.onScreen && !readable) || stale) {
      if (isOriginal) this.waiting = []
      return
    }
    this.issued.push(next)
    this.dose = next.dose
    this.suspendedUntil = null
    this.wasSuspended = false
  }
}

class Person {
  lineages: Lineage[] = []

  at(dose: number) {
    return this.lineages.find((one) => one.dose === dose && !one.revoked)
  }
  /** The one that stands at a dose, else one that was revoked there. */
  newestAt(dose: number) {
    return this.at(dose) ?? this.lineages.findLast((one) => one.dose === dose)
  }
  get kept() {
    return this.lineages.flatMap((one) => one.kept ?? [])
  }

  certify(said: Said): string {
    if (this.kept.includes(said.dose)) return 'DOSE_TAKEN'
    const lineage = this.at(said.dose)
    const standing = this.lineages.filter((one) => !one.revoked)
    if (!lineage) return standing.some((one) => same(one.all[0]!, said)) ? 'already_certified' : 'accepted'
    return same(said, lineage.all[0]!) || same(said, lineage.newest) ? 'already_certified' : 'ALREADY_CERTIFIED'
  }

  update(said: Said, ifMatch?: string): string {
    return this.at(said.dose)?.update(said, ifMatch) ?? 'CERTIFICATE_NOT_FOUND'
  }

  move(from: number, said: Said): string {
    if (from === said.dose) return this.update(said)
    const [lineage, there] = [this.at(from), this.at(said.dose)]
    if (!lineage) {
      return there?.newest.moves && same(there.newest, said) ? 'unchanged' : 'CERTIFICATE_NOT_FOUND'
    }
    if (lineage.suspended) return 'CERTIFICATE_SUSPENDED'
    if (same(said, lineage.newest)) return 'unchanged'
    if (lineage.waiting.length > 0) return 'UPDATE_PENDING'
    if (there || this.kept.includes(said.dose)) return 'DOSE_TAKEN'
    return lineage.used >= LIMIT ? 'UPDATE_LIMIT_REACHED' : 'accepted'
  }

  accept(at: number, accepted: Accepted): void {
    const lineage = this.at(at) ?? new Lineage(at)
    if (!this.lineages.includes(lineage)) this.lineages.push(lineage)
    lineage.waiting.push(accepted)
  }

  settle(readable: boolean): void {
    for (const lineage of this.lineages) lineage.settle(readable)
    this.lineages = this.lineages.filter((one) => one.all.length > 0)
  }
}

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let run = 0
/** Hours since the beginning of a story. */
let hour = 0
const BEGINNING = Date.parse('2026-05-12T10:30:00.000Z')
const at = (hours: number) => new Date(BEGINNING + hours * 3_600_000)
const why = { cause: 'error' as const }

beforeAll(async () => {
  database = await openTestDatabase()
  context = { ...aContext(database.url, { CERTIFICATE_UPDATE_LIMIT: String(LIMIT) }), now: () => at(hour) }
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

/** How a kind of certificate says what the commands say. */
interface Kind {
  type: string
  item: (code: string, dose: number, content: number, to?: number) => Record<string, unknown>
  /** The dose of a lineage's number. */
  doseOf: (number: number) => number
}

const sampleOf = (dose: number) => `2021-07-0${dose}T08:20:00Z`
const name = (content: number) => ({ name: `Content ${content}` })
const VACCINATIONS: Kind = {
  type: VACCINATION_TYPE,
  item: (code, dose, content, to) =>
    aRequest({
      preEnrollmentCode: code,
      recipient: name(content),
      vaccination: { dose },
      ...(to === undefined ? {} : { meta: { correctedDose: to } }),
    }),
  doseOf: (number) => number,
}
const TESTS: Kind = {
  type: TEST_TYPE,
  item: (code, dose, content, to) =>
    aTest({
      preEnrollmentCode: code,
      recipient: name(content),
      testDetails: { sampleCollectionTimestamp: sampleOf(dose) },
      ...(to === undefined ? {} : { meta: { correctedDose: sampleOf(to) } }),
    }),
  doseOf: (number) => new Date(number * 60_000).getUTCDate(),
}
let kind = VACCINATIONS

test.each([
  [VACCINATIONS, 110],
  [TESTS, 40],
])(
  'whatever is asked in whatever order, the lineages are what the rules say: $type',
  async (given, numRuns) => {
    kind = given
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 18 }), async (commands) => {
        const code = `M${++run}`
        hour = 0
        const person = new Person()
        for (const one of commands) {
          await obey(code, person, one)
          await compare(code, person)
        }
        while (person.lineages.some((one) => one.waiting.length > 0)) {
          await obey(code, person, { do: 'issue', readable: true })
          await compare(code, person)
        }
      }),
      { numRuns },
    )
  },
  300_000,
)

async function obey(code: string, person: Person, command: Command): Promise<void> {
  switch (command.do) {
    case 'certify': {
      const expected = person.certify(command)
      const answer = await ask('certify', code, command.dose, command.content)
      expect(answer.outcome).toBe(expected)
      if (expected === 'accepted') person.accept(command.dose, { ...plain(command), ...answer })
      return
    }
    case 'update':
    case 'update if newest is': {
      const onScreen = command.do === 'update' && command.onScreen
      const ifMatch =
        command.do === 'update' ? undefined : (person.at(command.dose)?.all[command.version]?.certificateId ?? 'none')
      const expected = person.update(command, ifMatch)
      const again = () => ask('update', code, command.dose, command.content, { onScreen, ifMatch })
      const answer = await again()
      expect(goneIsGone(person, command.dose, answer.outcome)).toBe(expected)
      if (expected !== 'accepted') return
      person.accept(command.dose, { ...plain(command), ...answer, onScreen, ifMatch })
      expect(await again()).toEqual({ outcome: 'unchanged', certificateId: answer.certificateId })
      return
    }
    case 'move': {
      const { dose, to, content, onScreen } = command
      const said = { content, dose: to }
      const expected = person.move(dose, said)
      const again = () => ask('update', code, dose, content, { onScreen, to })
      const answer = await again()
      expect(goneIsGone(person, dose, answer.outcome)).toBe(expected)
      if (expected !== 'accepted') return
      person.accept(dose, { ...plain(said), ...answer, onScreen, moves: dose !== to })
      expect(await again()).toEqual({ outcome: 'unchanged', certificateId: answer.certificateId })
      return
    }
    case 'issue': {
      // The oldest of each lineage.
      await issueNext(await anIssuer(context, command.readable ? {} : { scan: async () => null }), 16)
      person.settle(command.readable)
      return
    }
    case 'revoke': {
      const lineage = person.newestAt(command.dose)
      const certificateId = lineage?.all[command.version]?.certificateId ?? 'none'
      const expected = lineage?.revoke(certificateId) ?? 'NOT_FOUND'
      const again = () => change(certificateId, 'revoke')
      expect(await again()).toBe(expected)
      if (expected !== 'changed') return
      lineage!.revoked = true
      lineage!.waiting = []
      expect(await again()).toBe('unchanged')
      return
    }
    case 'suspend': {
      const lineage = person.newestAt(command.dose)
      const until = command.hours === null ? Infinity : hour + command.hours
      const expected = lineage?.suspend(until) ?? 'NOT_FOUND'
      const again = () => change(lineage?.head?.certificateId ?? 'none', 'suspend', until)
      expect(await again()).toBe(expected)
      if (expected !== 'changed') return
      Object.assign(lineage!, { suspendedUntil: until, wasSuspended: true, waiting: [] })
      expect(await again()).toBe('unchanged')
      return
    }
    case 'lift': {
      const lineage = person.newestAt(command.dose)
      const expected = lineage?.lift() ?? 'NOT_FOUND'
      const again = () => change(lineage?.head?.certificateId ?? 'none', 'lift')
      expect(await again()).toBe(expected)
      if (expected !== 'changed') return
      lineage!.suspendedUntil = null
      expect(await again()).toBe('unchanged')
      return
    }
    case 'wait': {
      hour += command.hours
      if (command.noted) await noteEndedSuspensions(context)
      return
    }
    case 'crash': {
      const dying = await anIssuer(context, {
        onStep(step) {
          if (step === command.at) throw new Error('power cut')
        },
      })
      await issueNext(dying, 16).catch(() => {})
      await context.db
        .$executeRaw`update transaction set lease_until = null, lease_token = null, next_attempt_at = now() - interval '1 second'`
    }
  }
}

/** Where nothing stands any more an update may hear of the last certificate that was revoked there. */
function goneIsGone(person: Person, dose: number, outcome: string): string {
  const gone = outcome === 'CERTIFICATE_REVOKED' && !person.at(dose) && person.newestAt(dose)
  return gone ? 'CERTIFICATE_NOT_FOUND' : outcome
}

async function change(certificateId: string, action: 'revoke' | 'suspend' | 'lift', until = Infinity): Promise<string> {
  try {
    const end = until === Infinity ? null : at(until)
    return (await changeStatus(context, aCaller(), { certificateId, action, reason: why, until: end })).status
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code
  }
}

function plain({ content, dose }: Said): Omit<Accepted, 'certificateId'> {
  return { content, dose, onScreen: false, moves: false }
}

async function ask(
  what: 'certify' | 'update',
  code: string,
  at: number,
  given: number,
  how: { onScreen?: boolean; ifMatch?: string; to?: number } = {},
) {
  const caller = aCaller({ channel: how.onScreen ? 'screen' : 'api' })
  const request = kind.item(code, at, given, how.to)
  const accept = what === 'certify' ? acceptCertify : acceptUpdates
  const ifMatch = how.ifMatch === undefined ? undefined : [how.ifMatch]
  try {
    const { results } = await accept(context, caller, [request], { ...options({ ifMatch }), type: kind.type })
    return { outcome: results[0]!.status as string, certificateId: results[0]!.certificateId! }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { outcome: error.code as string, certificateId: '' }
  }
}

async function compare(code: string, person: Person): Promise<void> {
  const { lineages } = await findLineages(context, aCaller(), { preEnrollmentCode: code })
  const alive = lineages.filter((view) => view.state !== 'failed')
  expect(alive.map((view) => kind.doseOf(view.dose))).toEqual(person.lineages.map((one) => one.dose).sort())
  for (const view of alive) {
    const first = view.history.at(-1)?.certificateId ?? view.transactions.at(-1)!.certificateId
    const { dose, state, issued, waiting, used } = person.lineages.find((one) => one.all[0]!.certificateId === first)!
    expect([kind.doseOf(view.dose), view.state]).toEqual([dose, issued.length === 0 ? 'being_issued' : state])
    const versions = [...view.history].reverse()
    expect(versions.map((version) => version.certificateId)).toEqual(issued.map((one) => one.certificateId))
    expect(versions.map((version) => version.previousCertificateId)).toEqual(
      issued.map((_, n) => issued[n - 1]?.certificateId ?? null),
    )
    expect(versions.map((version) => version.state)).toEqual(
      issued.map((_, n) => (n === issued.length - 1 ? state : 'superseded')),
    )
    expect(view.updatesUsed).toBe(used)
    expect(used).toBeLessThanOrEqual(LIMIT)
    const pending = view.transactions.filter((transaction) => transaction.state === 'pending').reverse()
    expect(pending.map((transaction) => transaction.certificateId)).toEqual(waiting.map((one) => one.certificateId))
  }
  const kept = await context.db.$queryRaw<{ dose: number }[]>`
    select dose from lineage where pre_enrollment_code = ${code} and reserved_for is not null order by dose`
  expect(kept.map((row) => kind.doseOf(row.dose))).toEqual(person.kept.sort())
}
