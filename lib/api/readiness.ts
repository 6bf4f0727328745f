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
import { loadPublicKey, loadPublicKey2 } from '@/lib/signing/keys'
import { isPublished } from '@/lib/status-lists/read'
import { lastCheck } from '@/lib/status-lists/checks'

export interface Check {
  ok: boolean
  note?: string
}

/** A worker says that it is alive every 2 seconds, and between two claims at the latest. */
const WORKER_SILENT_SECONDS = 30
const LONGEST_CHECK_MS = 5000
const PAGE_EVERY_MS = 60_000

/**
 * All checks at once, each answered within 5 seconds. What is only watched does not make it unready: nobody is helped by
 * a registry that is taken away because a certificate in it is damaged or a list is late.
 */
export async function readiness(context: Context): Promise<{ ready: boolean; checks: Record<string, Check> }> {
  const needed = await answered({
    database: canAnswer(context.db).then(() => ({ ok: true })),
    migrations: migrations(context),
    worker: worker(context),
    signingKey: signingKey(context),
    pages: pages(),
  })
  const watched = await answered({ statusLists: statusLists(context), certificates: certificates(context) })
  return { ready: Object.values(needed).every(({ ok }) => ok), checks: { ...needed, ...watched } }
}

async function answered(checks: Record<string, Promise<Check>>): Promise<Record<string, Check>> {
  const named = Object.entries(checks).map(async ([name, check]) => [name, await settled(check)] as const)
  return Object.fromEntries(await Promise.all(named))
}

async function statusLists(context: Context): Promise<Check> {
  return (await isPublished(context)) ? { ok: true } : { ok: false, note: 'changes wait, or a list has run out' }
}

/** What the last check of a sample found. */
async function certificates(context: Context): Promise<Check> {
  const last = await lastCheck(context)
  if (!last) return { ok: true, note: 'not checked yet' }
  const { problems, checked, finishedAt } = last
  const note = `${problems.length} problems in ${checked} checked, ${finishedAt}`
  return { ok: problems.length === 0, note }
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
  const [{ type }] = await Promise.all([loadPublicKey(settings), loadPublicKey2(settings)])
  return { ok: true, note: type }
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
