/** Checks of a process: each answered in time, and never with more than the kind of an error. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '@/lib/certificates/context'
import { appliedMigrations, canAnswer } from '@/lib/certificates/store-health'
import { Refusal } from '@/lib/errors'
import { traceOf } from '@/lib/log'

export interface Check {
  ok: boolean
  note?: string
}

export interface Readiness {
  ready: boolean
  checks: Record<string, Check>
}

const LONGEST_CHECK_MS = 5000

/** Asks all at once. What throws, or takes longer than 5 seconds, has failed. */
export async function answered(checks: Record<string, Promise<Check>>): Promise<Record<string, Check>> {
  const named = Object.entries(checks).map(async ([name, check]) => [name, await settled(check)] as const)
  return Object.fromEntries(await Promise.all(named))
}

/** The database answers. */
export async function database({ db }: Context): Promise<Check> {
  await canAnswer(db)
  return { ok: true }
}

/** It has every migration that this version brings along. */
export async function migrations({ db }: Context): Promise<Check> {
  const applied = new Set(await appliedMigrations(db))
  const entries = await readdir(join(process.cwd(), 'prisma', 'migrations'), { withFileTypes: true })
  const missing = entries.filter((entry) => entry.isDirectory() && !applied.has(entry.name))
  return missing.length === 0 ? { ok: true } : { ok: false, note: `${missing.length} not applied` }
}

/** Only the kind of error is told: anyone may ask this. */
async function settled(check: Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, note: 'no answer in time' }), LONGEST_CHECK_MS)
  })
  const failed = (error: unknown): Check => {
    if (error instanceof Refusal) return { ok: false, note: error.message }
    const { name, code } = traceOf(error)
    return { ok: false, note: code ?? name }
  }
  return Promise.race([check.catch(failed), late]).finally(() => clearTimeout(timer))
}
