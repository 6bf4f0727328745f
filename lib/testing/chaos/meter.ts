/** Looks at the installation again and again while it is struck: when is anything issued, how much waits. */
import type pg from 'pg'
import { pause, type World } from './world'

const EVERY_MS = 250

export interface Sample {
  /** Milliseconds after the load began. */
  at: number
  issued: number
  pending: number
  /** Events that wait for the broker. */
  unsent: number
}

/** Samples until stopped; while the database is away there are none. */
export function startMeter(world: World, began: number): { samples: Sample[]; stop(): Promise<void> } {
  const samples: Sample[] = []
  let stopped = false
  const running = (async () => {
    while (!stopped) {
      await world.database
        .ask(async (client) => {
          while (!stopped) {
            samples.push({ at: Date.now() - began, ...(await look(client)) })
            await pause(EVERY_MS)
          }
        })
        .catch(() => {})
      await pause(EVERY_MS)
    }
  })()
  return {
    samples,
    async stop() {
      stopped = true
      await running
    },
  }
}

/** How much is done and how much waits. */
export async function look(client: pg.Client): Promise<Omit<Sample, 'at'>> {
  const { rows } = await client.query<Omit<Sample, 'at'>>(
    `select (select count(*)::int from certificate) as issued,
            (select count(*)::int from transaction where state = 'pending') as pending,
            (select count(*)::int from outbox where published_at is null and failure is null) as unsent`,
  )
  return rows[0]!
}

/** Milliseconds from the end of a fault until a certificate was issued that was not there at its end; null = never again. */
export function recoveryAfter(until: number, samples: Sample[]): number | null {
  const atEnd = samples.findLast(({ at }) => at <= until)?.issued ?? 0
  const after = samples.find(({ at, issued }) => at > until && issued > atEnd)
  return after ? after.at - until : null
}
