/** Signatures for requests: asked in one process, made in another, nothing of it left behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { config } from '@/lib/config'
import { setEnvironment } from '@/lib/testing/api'
import { openTestDatabase } from '@/lib/testing/database'
import { answerSigningJobs, runSigningJobs, signThrough, sweepSigningJobs } from './signing-jobs'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let web: Database
let worker: Database
let second: Database

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url)
  web = connect(database.url, 5)
  worker = connect(database.url, 5)
  second = connect(database.url, 5)
})

afterAll(async () => {
  for (const db of [web, worker, second]) await db.$disconnect()
  await database.close()
})

beforeEach(() => web.signingJob.deleteMany())

const echo = { echo: async ({ text }: { text: string }) => `signed ${text}` }
const rows = () => web.signingJob.findMany()

/** Until the row is there, which a worker could take. */
async function isWaiting(count = 1): Promise<void> {
  while ((await web.signingJob.count({ where: { state: 'waiting' } })) < count) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a job', () => {
  test('is answered by a running worker at the nudge, and nothing of it stays', async () => {
    const stop = new AbortController()
    const running = runSigningJobs({ db: worker, settings: config() }, echo, stop.signal)
    const texts = Array.from({ length: 50 }, (_, n) => `“${n}” {"a":'`)
    const answers = await Promise.all(texts.map((text) => signThrough({ db: web }, 'echo', { text }, 10_000)))
    expect(answers).toEqual(texts.map((text) => `signed ${text}`))
    stop.abort()
    await running
    expect(await rows()).toEqual([])
  })

  test('is refused to the asker as the handler refuses it', async () => {
    const refusing = {
      picky: async () => {
        throw new Refusal('VALIDATION_ERROR', 'Not like this.')
      },
    }
    const asked = signThrough({ db: web }, 'picky', {}, 10_000).catch((error) => error)
    await isWaiting()
    expect(await answerSigningJobs(worker, refusing)).toBe(1)
    expect(await asked).toMatchObject({ code: 'VALIDATION_ERROR', status: 400, message: 'Not like this.' })
    expect(await rows()).toEqual([])
  })

  test('without a worker is answered with 503 and Retry-After when its time is over, and taken back', async () => {
    await expect(signThrough({ db: web }, 'echo', { text: 'a name' }, 50)).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
      status: 503,
      retryAfter: 5,
    })
    expect(await rows()).toEqual([])
  })

  test('of a worker that fails is tried again by whoever comes next', async () => {
    const asked = signThrough({ db: web }, 'echo', { text: 'x' }, 10_000)
    await isWaiting()
    const away = {
      echo: async () => {
        throw new Error('the external signer is away')
      },
    }
    expect(await answerSigningJobs(worker, away)).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'waiting' }])
    expect(await answerSigningJobs(second, echo)).toBe(1)
    expect(await asked).toBe('signed x')
  })

  test('that always fails ends as unavailable after three attempts, and the jobs behind it are signed', async () => {
    const handlers = {
      ...echo,
      bad: async () => {
        throw new TypeError('always')
      },
    }
    const bad = Array.from({ length: 8 }, () => signThrough({ db: web }, 'bad', {}, 10_000).catch((error) => error))
    await isWaiting(8)
    const good = signThrough({ db: web }, 'echo', { text: 'x' }, 10_000)
    await isWaiting(9)
    const failures = new Map<string, number>()
    const answered = []
    for (let look = 0; look < 4; look++) answered.push(await answerSigningJobs(worker, handlers, failures))
    expect(answered).toEqual([0, 0, 8, 1])
    expect(await good).toBe('signed x')
    for (const refusal of await Promise.all(bad)) {
      expect(refusal).toMatchObject({ code: 'SIGNER_UNAVAILABLE', status: 503, retryAfter: 5 })
    }
    expect(await rows()).toEqual([])
  })

  test('is made by one of several workers, and by another one when that dies over it', async () => {
    const asked = signThrough({ db: web }, 'echo', { text: 'x' }, 10_000)
    await isWaiting()
    let made = 0
    let die = () => {}
    const dying = {
      echo: () => {
        made++
        return new Promise<string>((_resolve, reject) => (die = () => reject(new Error('killed'))))
      },
    }
    const first = answerSigningJobs(worker, dying)
    while (made === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    // The row is locked: nobody else takes it, and nobody waits for it.
    expect(await answerSigningJobs(second, echo)).toBe(0)
    die()
    expect(await first).toBe(0)
    expect(await answerSigningJobs(second, echo)).toBe(1)
    expect(await asked).toBe('signed x')
  })

  test('of another kind is left to a worker that knows it', async () => {
    const asked = signThrough({ db: web }, 'unknown', {}, 200).catch((error) => error)
    await isWaiting()
    expect(await answerSigningJobs(worker, echo)).toBe(0)
    expect(await asked).toMatchObject({ code: 'SIGNER_UNAVAILABLE' })
  })

  test('that nobody picks up keeps no payload, and is swept after two minutes', async () => {
    const [id, old] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
    await web.signingJob.create({ data: { id, kind: 'echo', payload: { text: 'a name' } } })
    const createdAt = new Date(Date.now() - 121_000)
    await web.signingJob.create({ data: { id: old, kind: 'other', payload: { text: 'a name' }, createdAt } })
    await answerSigningJobs(worker, echo)
    expect(await web.signingJob.findUnique({ where: { id } })).toMatchObject({ payload: {}, state: 'ended' })
    expect(await sweepSigningJobs(worker)).toBe(1)
    expect((await rows()).map((row) => row.id)).toEqual([id])
  })
})
