/** Whether everything that issuing needs works, check by check. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '@/lib/certificates/context'
import { renderer } from '@/lib/certificates/page'
import { appliedMigrations, canAnswer } from '@/lib/certificates/store-health'
import { lastHeartbeat } from '@/lib/certificates/store-issue'
import { Refusal } from '@/lib/errors'
import { traceOf } from '@/lib/log'
import { drawQr, qrSvg } from '@/lib/rendering/qr'
import { loadPublishedKeys } from '@/lib/signing/keys'

export interface Check {
  ok: boolean
  note?: string
}

/** A worker says that it is alive every 2 seconds, and between two claims at the latest. */
const WORKER_SILENT_SECONDS = 30
const LONGEST_CHECK_MS = 5000
const PAGE_EVERY_MS = 60_000

/** All checks at once, each answered within 5 seconds. */
export async function readiness(context: Context): Promise<{ ready: boolean; checks: Record<string, Check> }> {
  const named: Record<string, Promise<Check>> = {
    database: canAnswer(context.db).then(() => ({ ok: true })),
    migrations: migrations(context),
    worker: worker(context),
    signingKey: signingKey(context),
    pages: pages(),
  }
  const results = await Promise.all(
    Object.entries(named).map(async ([name, check]) => [name, await settled(check)] as const),
  )
  return { ready: results.every(([, { ok }]) => ok), checks: Object.fromEntries(results) }
}

/** A check that throws or hangs has failed. Only the kind of error is told: anyone may ask this. */
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

/** Made by the worker and nobody else: the web server waits for it. */
async function signingKey({ settings }: Context): Promise<Check> {
  const { present } = await loadPublishedKeys(settings)
  return { ok: true, note: present.type }
}

async function migrations({ db }: Context): Promise<Check> {
  const applied = new Set(await appliedMigrations(db))
  const entries = await readdir(join(process.cwd(), 'prisma', 'migrations'), { withFileTypes: true })
  const missing = entries.filter((entry) => entry.isDirectory() && !applied.has(entry.name))
  return missing.length === 0 ? { ok: true } : { ok: false, note: `${missing.length} not applied` }
}

async function worker({ db, now }: Context): Promise<Check> {
  const seen = await lastHeartbeat(db)
  if (!seen) return { ok: false, note: 'no worker was ever seen' }
  const seconds = Math.round((now().getTime() - seen.getTime()) / 1000)
  return seconds <= WORKER_SILENT_SECONDS ? { ok: true } : { ok: false, note: `last seen ${seconds} s ago` }
}

let lastPage = -Infinity

/** Draws a page, at most once a minute: a request a second must not keep the renderer busy. */
async function pages(): Promise<Check> {
  if (performance.now() - lastPage < PAGE_EVERY_MS) return { ok: true }
  await renderer().render({
    language: 'en',
    title: 'Ready',
    issuer: { name: 'Ready', logo: null },
    certificateId: '0',
    issuedAt: '2000-01-01T00:00:00.000Z',
    version: 1,
    sections: [],
    doses: [],
    replaces: null,
    codeLabel: 'Code',
    code: '0',
    qrSvg: qrSvg(drawQr('ready')),
    qrMillimetres: 35,
    watermark: null,
    paper: 'a4',
    variant: 'normal',
    printed: null,
  })
  lastPage = performance.now()
  return { ok: true }
}
