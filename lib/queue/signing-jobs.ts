/**
 * What a web request needs signed is signed by a worker: the web server has no private keys. A job is a row that lives for
 * as long as somebody waits for it; what it holds (credentials of people) is gone when the answer is picked up.
 */
import { randomUUID } from 'node:crypto'
import type { Config } from '@/lib/config'
import type { Database } from '@/lib/db'
import { Refusal, STATUS_OF, type RefusalCode } from '@/lib/errors'
import { log, traceOf } from '@/lib/log'
import { Bell } from './bell'
import { listenForNudges, nudgeWorkers } from './nudge'

/** Makes the text of what is asked for. A Refusal reaches the one who asked; any other error is tried again a few times. */
export type SigningHandler = (payload: never) => Promise<string>

/** What a web process needs to ask. */
export interface Asking {
  db: Database
}

/** What a worker needs to answer. */
export interface Answering extends Asking {
  settings: Pick<Config, 'database'>
}

/** Of its own: every request for a certificate rings the other bell, and three statements would follow. */
const CHANNEL = 'errata_signing_jobs'
const ASK_EVERY_MS = 20
/** Of a process: each holds what it asks for in memory, and there is no use in asking faster than workers sign. */
const MOST_WAITING = 200
const JOBS_AT_ONCE = 8
/** Then a job ends as unavailable: the oldest come first, and those that never succeed must not keep the others waiting. */
const MOST_ATTEMPTS = 3
const LOOK_EVERY_MS = 1000
/** Longer than anybody waits. What is older was left by a web process that died. */
const SWEEP_AFTER_SECONDS = 120
const RETRY_AFTER_SECONDS = 5

/**
 * The answer of the worker's handler for `kind`. Refuses with what the handler refuses, or with SIGNER_UNAVAILABLE (503)
 * when there is no answer in time; then nothing is left behind.
 */
export async function signThrough({ db }: Asking, kind: string, payload: object, deadlineMs: number): Promise<string> {
  const room = roomOf(db)
  if (room.size >= MOST_WAITING) throw unavailable()
  const id = randomUUID()
  const answer = new Promise<Ended | null>((resolve) => {
    const timer = setTimeout(() => room.leave(id, null), deadlineMs)
    room.enter(id, (ended) => {
      clearTimeout(timer)
      resolve(ended)
    })
  })
  try {
    await db.$executeRaw`
      insert into signing_job (id, kind, payload) values (${id}::uuid, ${kind}, ${JSON.stringify(payload)}::jsonb)`
    nudgeWorkers(db, CHANNEL)
    const ended = await answer
    if (!ended) {
      // Whoever has it at hand waits with its own statement, and finds it gone.
      await db.$executeRaw`delete from signing_job where id = ${id}::uuid`
      throw unavailable()
    }
    if (ended.result !== null) return ended.result
    throw refusalIn(ended.error)
  } finally {
    room.leave(id, null)
  }
}

/**
 * Answers jobs until `signal` aborts. A job is signed and marked in one transaction: a worker that dies leaves it to the
 * next one. An error (keys or database away) is logged without its sentence, and the jobs wait for the next look.
 */
export async function runSigningJobs(
  { db, settings }: Answering,
  handlers: Record<string, SigningHandler>,
  signal: AbortSignal,
): Promise<void> {
  const bell = new Bell()
  signal.addEventListener('abort', () => bell.ring())
  const nudges = await listenForNudges(settings.database.url, () => bell.ring(), { channel: CHANNEL })
  const failures: Failures = new Map()
  let swept = 0
  while (!signal.aborted) {
    try {
      if (Date.now() - swept >= 60_000) {
        await sweepSigningJobs(db)
        failures.clear()
        swept = Date.now()
      }
      if ((await answerSigningJobs(db, handlers, failures)) === 0) await bell.wait(LOOK_EVERY_MS)
    } catch (error) {
      log().error(traceOf(error), 'signing for requests paused')
      await bell.wait(LOOK_EVERY_MS)
    }
  }
  await nudges.close()
}

/** How often this worker failed at a job, by its id. */
type Failures = Map<string, number>

/** Answers what waits now, several at once. Returns how many were answered. */
export async function answerSigningJobs(
  db: Database,
  handlers: Record<string, SigningHandler>,
  failures: Failures = new Map(),
): Promise<number> {
  return db.$transaction(async (tx) => {
    const jobs = await tx.$queryRaw<{ id: string; kind: string; payload: unknown }[]>`
      select id, kind, payload from signing_job where state = 'waiting' and kind = any(${Object.keys(handlers)})
      order by created_at limit ${JOBS_AT_ONCE} for update skip locked`
    const ended = await Promise.all(jobs.map((job) => attempt(job, handlers[job.kind]!, failures)))
    const rows = ended.filter((row) => row !== null)
    if (rows.length === 0) return 0
    await tx.$executeRaw`
      update signing_job j set state = 'ended', result = e.result, error = e.error, payload = '{}', finished_at = now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id uuid, result text, error text) where j.id = e.id`
    return rows.length
  })
}

/** Removes what nobody will pick up any more. Returns how many. */
export function sweepSigningJobs(db: Database): Promise<number> {
  return db.$executeRaw`
    delete from signing_job where created_at < now() - ${SWEEP_AFTER_SECONDS}::int * interval '1 second'`
}

interface Ended {
  id: string
  result: string | null
  /** A Refusal as JSON. */
  error: string | null
}

async function attempt(
  job: { id: string; payload: unknown },
  handler: SigningHandler,
  failures: Failures,
): Promise<Ended | null> {
  try {
    return { id: job.id, result: await handler(job.payload as never), error: null }
  } catch (error) {
    if (error instanceof Refusal) return refused(job.id, error)
    const count = (failures.get(job.id) ?? 0) + 1
    failures.set(job.id, count)
    log().error({ attempts: count, ...traceOf(error) }, 'a signature failed')
    return count < MOST_ATTEMPTS ? null : refused(job.id, unavailable())
  }
}

function refused(id: string, refusal: Refusal): Ended {
  return { id, result: null, error: JSON.stringify(refusal.toBody()) }
}

function refusalIn(text: string | null): Refusal {
  const { code, message, details } = JSON.parse(text ?? '{}') as Partial<ReturnType<Refusal['toBody']>>
  if (!code || !(code in STATUS_OF)) throw new Error('A signing job ended with neither a result nor a refusal.')
  const retryAfter = code === 'SIGNER_UNAVAILABLE' ? RETRY_AFTER_SECONDS : undefined
  return new Refusal(code as RefusalCode, message ?? '', details, retryAfter)
}

function unavailable(): Refusal {
  const sentence = 'Nothing can be signed at the moment. Try again in a few seconds.'
  return new Refusal('SIGNER_UNAVAILABLE', sentence, [], RETRY_AFTER_SECONDS)
}

const rooms = new WeakMap<Database, WaitingRoom>()

function roomOf(db: Database): WaitingRoom {
  const room = rooms.get(db) ?? new WaitingRoom(db)
  rooms.set(db, room)
  return room
}

/** All who wait in this process: one question a moment for all of them, no connection held by any. */
class WaitingRoom {
  private readonly waiting = new Map<string, (ended: Ended | null) => void>()
  private asking = false

  constructor(private readonly db: Database) {}

  get size(): number {
    return this.waiting.size
  }

  enter(id: string, tell: (ended: Ended | null) => void): void {
    this.waiting.set(id, tell)
    if (!this.asking) void this.askOnAndOn()
  }

  leave(id: string, ended: Ended | null): void {
    const tell = this.waiting.get(id)
    this.waiting.delete(id)
    tell?.(ended)
  }

  private async askOnAndOn(): Promise<void> {
    this.asking = true
    while (this.waiting.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
      try {
        // Picked up and gone in one statement.
        const ended = await this.db.$queryRaw<Ended[]>`
          delete from signing_job where state = 'ended' and id = any(${[...this.waiting.keys()]}::uuid[])
          returning id, result, error`
        for (const one of ended) this.leave(one.id, one)
      } catch (error) {
        // Those who wait hear "unavailable" when their time is over.
        log().warn(traceOf(error), 'signatures cannot be picked up')
      }
    }
    this.asking = false
  }
}
