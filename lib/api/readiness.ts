/** Whether everything that issuing needs works, check by check. */
import type { Context } from '@/lib/certificates/context'
import { renderer } from '@/lib/certificates/page'
import { secondsSinceHeartbeat } from '@/lib/certificates/store-issue'
import { answered, database, migrations, type Check, type Readiness } from '@/lib/operations/checks'
import { sameSettings } from '@/lib/operations/same-settings'
import { drawQr, qrSvg } from '@/lib/rendering/qr'
import { loadPublicKey, loadPublicKey2 } from '@/lib/signing/keys'
import { isPublished } from '@/lib/status-lists/read'
import { lastCheck } from '@/lib/status-lists/checks'

/** A worker says that it is alive every 2 seconds, and between two claims at the latest. */
const WORKER_SILENT_SECONDS = 30
const PAGE_EVERY_MS = 60_000

/**
 * All checks at once, each answered within 5 seconds. What is only watched does not make it unready: nobody is helped by
 * a registry that is taken away because a certificate in it is damaged, a list is late or a setting is just being changed, or,
 * where workers are processes of their own, because all of them are being replaced: what is asked for waits for them.
 */
export async function readiness(context: Context): Promise<Readiness> {
  const seen = answered({ worker: worker(context) })
  const watched = answered({
    statusLists: statusLists(context),
    certificates: certificates(context),
    settings: sameSettings(context),
  })
  const ours = context.settings.roles.includes('worker')
  const needed = {
    ...(await answered({
      database: database(context),
      migrations: migrations(context),
      signingKey: signingKey(context),
      pages: pages(),
    })),
    ...(ours ? await seen : {}),
  }
  return {
    ready: Object.values(needed).every(({ ok }) => ok),
    checks: { ...needed, ...(await seen), ...(await watched) },
  }
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

/** Made by the worker and nobody else: the web server waits for it. */
async function signingKey({ settings }: Context): Promise<Check> {
  const [{ type }] = await Promise.all([loadPublicKey(settings), loadPublicKey2(settings)])
  return { ok: true, note: type }
}

async function worker({ db }: Context): Promise<Check> {
  const seconds = await secondsSinceHeartbeat(db)
  if (seconds === null) return { ok: false, note: 'no worker was ever seen' }
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
