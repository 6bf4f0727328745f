/**
 * What people do beside the load, each time on records of its own: a batch is recalled while some of it is corrected, a file of
 * corrections is run, certificates are issued anew. Asked through the product's use cases, again until it was taken.
 */
import { refusalOf } from '@/lib/api/faults'
import { startRun } from '@/lib/bulk/act'
import { takeFile } from '@/lib/bulk/upload'
import { confirmRecall } from '@/lib/recalls/decide'
import { proposeRecall } from '@/lib/recalls/propose'
import { addReissue, startReissue } from '@/lib/reissues/decide'
import type { People } from './people'
import { chanceOf } from './random'
import { itemOf } from './requests'
import { pause, TOKEN, type World } from './world'

export type Work = 'recall' | 'corrections' | 'reissue'

/** Sixteen or more records of their own, and what is done with them. */
export interface PlannedWork {
  n: number
  /** Milliseconds after the load began. */
  at: number
  work: Work
  records: number
  /** Of a recall: so many are corrected to another batch meanwhile. */
  corrected: number
  /** The id that it is asked under, however often. */
  attempt: string
}

const KINDS: Work[] = ['recall', 'corrections', 'reissue']
const EVERY_MS = 14_000
const LAST_BEFORE_END = 15_000
const RETRY_AFTER_MS = 700
/** Longer than any fault lasts. */
const PATIENCE_MS = 150_000

/** Each kind has its turn before one comes again. */
export function planWork(seed: number, seconds: number): PlannedWork[] {
  const chance = chanceOf(seed, 'work')
  const count = Math.max(1, Math.floor((seconds * 1000 - LAST_BEFORE_END) / EVERY_MS))
  let deck: Work[] = []
  return Array.from({ length: count }, (_, index) => {
    if (deck.length === 0) deck = chance.shuffled(KINDS)
    return {
      n: index + 1,
      at: 2000 + index * EVERY_MS,
      work: deck.pop()!,
      records: chance.between(16, 40),
      corrected: chance.between(3, 8),
      attempt: uuidOf(chance.between(0, 2 ** 32 - 1), chance.between(0, 2 ** 32 - 1)),
    }
  })
}

function uuidOf(one: number, other: number): string {
  const hex = one.toString(16).padStart(8, '0') + other.toString(16).padStart(8, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8000-${hex.slice(4, 16)}`
}

export const batchOf = (n: number) => `WB${n}`
export const correctedBatchOf = (n: number) => `WX${n}`
const recordOf = (seed: number, n: number, i: number) => `W${seed}-${n}-${i}`

/** The contents that this work asks for: nothing else may come of it. */
export function marksOf(planned: readonly PlannedWork[]): string[] {
  return planned.flatMap(({ n, records }) => [
    ...[batchOf(n), correctedBatchOf(n)],
    ...Array.from({ length: records }, (_, i) => [`W${n}-${i}`, `WC${n}-${i}`]).flat(),
  ])
}

/** Does all of it, each at its time. Rejects when something is refused that nothing is wrong with. */
export async function doWork(
  world: World,
  people: People,
  seed: number,
  planned: PlannedWork[],
  began: number,
): Promise<void> {
  const desk = new Desk(world, people, seed)
  await Promise.all(
    planned.map(async (one) => {
      await pause(began + one.at - Date.now())
      await desk.do(one)
    }),
  )
}

class Desk {
  constructor(
    private readonly world: World,
    private readonly people: People,
    private readonly seed: number,
  ) {}

  async do(planned: PlannedWork): Promise<void> {
    const { n, work, records } = planned
    const items = Array.from({ length: records }, (_, i) => ({
      code: recordOf(this.seed, n, i),
      mark: work === 'recall' ? batchOf(n) : `W${n}-${i}`,
    }))
    await this.ask('POST', '/v3/certify', items, `W${n}`)
    const numbers = await this.issued(items.map(({ code }) => code))
    await this[work](planned, items, numbers)
  }

  /** The second person confirms while some of the records are corrected: those are another batch then, or they are revoked. */
  private async recall({ n, attempt, corrected }: PlannedWork, items: { code: string }[]): Promise<void> {
    const { first, second } = this.people
    const batch = batchOf(n)
    const { vaccination } = itemOf({ code: '', mark: batch }) as { vaccination: { name: string } }
    const wanted = { action: 'revoke' as const, criteria: { vaccine: vaccination.name, batch } }
    await again(() => proposeRecall(this.people.context, first, { ...wanted, attempt, reason: 'Chaos' }))
    const changed = items.slice(0, corrected).map(({ code }) => ({ code, mark: correctedBatchOf(n) }))
    await Promise.all([
      again(() => confirmRecall(this.people.context, second, attempt, { batch })),
      ...changed.map((item, i) => this.ask('PUT', '/v3/certificate', [item], `W${n}.${i}`)),
    ])
  }

  /** One row names a certificate that there is not: it alone is refused. */
  private async corrections({ n, attempt }: PlannedWork, _items: unknown, numbers: string[]): Promise<void> {
    const rows = numbers.map((number, i) => `${number},WC${n}-${i}`)
    const file = ['certificateId,vaccinationBatch', ...rows, '000000000000,WC', ''].join('\n')
    const bytes = async function* () {
      yield new TextEncoder().encode(file)
    }
    await again(() =>
      takeFile(this.people.context, this.people.first, {
        ...{ id: attempt, kind: 'update', origin: 'upload', type: 'VaccinationCertificate', form: 'certifyV3' },
        reason: { requestedBy: 'facility', cause: 'our typing error' },
        file: { name: 'chaos.csv', bytes },
      }),
    )
    await this.until('bulk_run', attempt, 'checked')
    await again(() => startRun(this.people.context, this.people.first, attempt))
  }

  private async reissue({ attempt }: PlannedWork, items: { code: string }[]): Promise<void> {
    const admin = this.people.second
    const all = { key: null, before: null, programId: null, facilityCode: null, district: null }
    const choice = { which: 'all' as const, ...all, codes: items.map(({ code }) => code) }
    const wanted = { type: 'VaccinationCertificate', choice, attempt, reason: 'Chaos', perMinute: 600 }
    await again(() => addReissue(this.people.context, admin, wanted))
    await this.until('reissue', attempt, 'ready')
    await again(() => startReissue(this.people.context, admin, attempt))
  }

  /** A request of a source system, under a key, until it is answered. A correction may come too late for a revoked one. */
  private async ask(method: string, path: string, items: { code: string; mark: string }[], key: string): Promise<void> {
    let asked = 0
    await again(async () => {
      const { url } = this.world.webs[asked++ % this.world.webs.length]!
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(items.map(itemOf)),
        signal: AbortSignal.timeout(25_000),
      })
      if (response.status === 503) throw new NotNow()
      const { code } = (await response.json()) as { code?: string }
      if (response.status !== 200 && code !== 'CERTIFICATE_REVOKED')
        throw new Error(`${key}: ${response.status} ${code}`)
    })
  }

  /** The numbers of the certificates, once all are there. */
  private issued(codes: string[]): Promise<string[]> {
    return again(async () => {
      const { rows } = await this.world.database.ask((client) =>
        client.query<{ number: string }>(
          `select l.head_certificate_id as number from lineage l where l.pre_enrollment_code = any($1)
           and l.head_certificate_id is not null order by l.pre_enrollment_code`,
          [codes],
        ),
      )
      if (rows.length < codes.length) throw new NotNow()
      return rows.map(({ number }) => number)
    })
  }

  private until(table: 'bulk_run' | 'reissue', id: string, state: string): Promise<void> {
    return again(async () => {
      const { rows } = await this.world.database.ask((client) =>
        client.query(`select 1 from ${table} where id = $1 and state = $2`, [id, state]),
      )
      if (rows.length === 0) throw new NotNow()
    })
  }
}

/** Not yet: it is tried again. */
class NotNow extends Error {}

/** Until it is done. What is refused, or still not done after the longest fault, is thrown. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(RETRY_AFTER_MS)) {
    try {
      return await work()
    } catch (error) {
      const passes = error instanceof NotNow || isLost(error) || refusalOf(error)?.code === 'REGISTRY_UNAVAILABLE'
      if (!passes || Date.now() > until) throw error
    }
  }
}

/** No answer came from a web server. */
function isLost(error: unknown): boolean {
  const { name, message } = error as Error
  return name === 'TimeoutError' || name === 'AbortError' || message === 'fetch failed' || message === 'terminated'
}
