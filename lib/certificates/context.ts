/** What every use case is given: the database, the settings, the time and randomness. */
import { randomBytes, randomUUID } from 'node:crypto'
import { followTypes } from '@/lib/certificate-types/live'
import { config, type Config } from '@/lib/config'
import { database, type Database } from '@/lib/db'
import { followKeys } from './shared-keys'

export interface Context {
  db: Database
  settings: Config
  now: () => Date
  /** Cryptographically strong bytes. */
  random: (bytes: number) => Uint8Array
  uuid: () => string
}

/** For what asks no database: how a record would look. */
export type Setting = Pick<Context, 'settings' | 'now'>

let live: Context | undefined

/** The context of a running process: one for its whole life. */
export function liveContext(): Context {
  if (live) return live
  live = { db: database(), settings: config(), now: () => new Date(), random: randomBytes, uuid: randomUUID }
  followTypes(live)
  followKeys(live)
  return live
}
