import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { aCaller, aContext, anIssuer, aRequest, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import type { Context } from './context'
import { issueNext, type Step } from './issue'
import { findLineages } from './read'

/*
 * Random sequences of certify, update, replay, issuing, failing and crashing, against a model of one lineage: a list of
 * issued contents and a queue of accepted ones. After every command the registry must say what the model says.
 */

const LIMIT = 3
type Content = number

type Command =
  | { do: 'certify'; content: Content }
  | { do: 'update'; content: Content; onScreen: boolean }
  | { do: 'update if newest is'; content: Content; version: number }
  | { do: 'issue'; readable: boolean }
  | { do: 'crash'; at: Step }

const content = fc.integer({ min: 0, max: 4 })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('certify' as const), content }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('update' as const), content, onScreen: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('update if newest is' as const),
      content,
      version: fc.integer({ min: 0, max: 4 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('issue' as const), readable: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      at: fc.constantFrom<Step>('claimed', 'signed', 'written'),
    }),
  },
)

interface Waiting {
  content: Content
  certificateId: string
  onScreen: boolean
  ifMatch?: string
}

/** What a lineage must be, in as few words as possible. */
class Model {
  issued: { content: Content; certificateId: string }[] = []
  waiting: Waiting[] = []

  get exists() {
    return this.issued.length + this.waiting.length > 0
  }
  get newest() {
    return this.waiting.at(-1) ?? this.issued.at(-1)
  }
  get original() {
    return this.issued[0] ?? this.waiting[0]
  }
  get used() {
    return Math.max(0, this.issued.length + this.waiting.length - 1)
  }

  certify(given: Content): string {
    if (!this.exists) return 'accepted'
    return given === this.original!.content || given === this.newest!.content
      ? 'already_certified'
      : 'ALREADY_CERTIFIED'
  }

  update(given: Content, ifMatch?: string): string {
    if (!this.exists) return 'CERTIFICATE_NOT_FOUND'
    if (given === this.newest!.content) return 'unchanged'
    if (ifMatch !== undefined && ifMatch !== this.newest!.certificateId) return 'STALE_VERSION'
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
  }
}

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let run = 0

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url, { CERTIFICATE_UPDATE_LIMIT: String(LIMIT) })
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

test('whatever is asked in whatever order, the lineage is what the rules say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 14 }), async (commands) => {
      const code = `M${++run}`
      const model = new Model()
      for (const one of commands) {
        await obey(code, model, one)
        await compare(code, model)
      }
      while (model.waiting.length > 0) {
        await obey(code, model, { do: 'issue', readable: true })
        await compare(code, model)
      }
    }),
    { numRuns: 120 },
  )
}, 300_000)

async function obey(code: string, model: Model, command: Command): Promise<void> {
  switch (command.do) {
    case 'certify': {
      const expected = model.certify(command.content)
      const answer = await ask('certify', code, command.content)
      expect(answer.outcome).toBe(expected)
      if (expected === 'accepted') model.waiting.push({ ...answer, content: command.content, onScreen: false })
      return
    }
    case 'update':
    case 'update if newest is': {
      const onScreen = command.do === 'update' && command.onScreen
      const ifMatch =
        command.do === 'update'
          ? undefined
          : ([...model.issued, ...model.waiting][command.version]?.certificateId ?? 'none')
      const expected = model.update(command.content, ifMatch)
      const answer = await ask('update', code, command.content, { onScreen, ifMatch })
      expect(answer.outcome).toBe(expected)
      if (expected !== 'accepted') return
      model.waiting.push({ ...answer, content: command.content, onScreen, ifMatch })
      const replay = await ask('update', code, command.content, { onScreen, ifMatch })
      expect(replay).toEqual({ outcome: 'unchanged', certificateId: answer.certificateId })
      return
    }
    case 'issue': {
      await issueNext(await anIssuer(context, command.readable ? {} : { scan: async () => null }), 1)
      model.settle(command.readable)
      return
    }
    case 'crash': {
      const dying = await anIssuer(context, {
        onStep(step) {
          if (step === command.at) throw new Error('power cut')
        },
      })
      await issueNext(dying, 1).catch(() => {})
      await context.db
        .$executeRaw`update transaction set lease_until = null, lease_token = null, next_attempt_at = now() - interval '1 second'`
    }
  }
}

async function ask(
  kind: 'certify' | 'update',
  code: string,
  given: Content,
  how: { onScreen?: boolean; ifMatch?: string } = {},
) {
  const caller = aCaller({ channel: how.onScreen ? 'screen' : 'api' })
  const request = [aRequest({ preEnrollmentCode: code, recipient: { name: `Content ${given}` } })]
  const accept = kind === 'certify' ? acceptCertify : acceptUpdates
  try {
    const { results } = await accept(
      context,
      caller,
      request,
      options({ ifMatch: how.ifMatch === undefined ? undefined : [how.ifMatch] }),
    )
    return { outcome: results[0]!.status as string, certificateId: results[0]!.certificateId! }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { outcome: error.code as string, certificateId: '' }
  }
}

async function compare(code: string, model: Model): Promise<void> {
  const { lineages } = await findLineages(context, aCaller(), { preEnrollmentCode: code })
  const view = lineages[0]
  const versions = [...(view?.history ?? [])].reverse()
  expect(versions.map((version) => version.certificateId)).toEqual(model.issued.map((one) => one.certificateId))
  expect(versions.map((version) => version.previousCertificateId)).toEqual(
    model.issued.map((_, n) => model.issued[n - 1]?.certificateId ?? null),
  )
  expect(versions.map((version) => version.state)).toEqual(
    model.issued.map((_, n) => (n === model.issued.length - 1 ? 'current' : 'superseded')),
  )
  if (model.exists) expect(view!.updatesUsed).toBe(model.used)
  const waiting = view?.transactions.filter((transaction) => transaction.state === 'pending') ?? []
  expect(waiting.map((transaction) => transaction.certificateId).reverse()).toEqual(
    model.waiting.map((one) => one.certificateId),
  )
}
