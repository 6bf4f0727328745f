/** Checks a random sample of certificates against everything that is published about them: every night, and when somebody asks. */
import { publishedTypes } from '@/lib/certificate-types/live'
import type { Context } from '@/lib/certificates/context'
import { dayIn } from '@/lib/certificates/dates'
import { STATUS_PURPOSES } from '@/lib/certificates/status-entries'
import { statusOf } from '@/lib/certificates/store-status'
import { clockAt } from '@/lib/certificates/time-zones'
import type { Statements } from '@/lib/db'
import { log } from '@/lib/log'
import { verifyCredential2 } from '@/lib/signing/eddsa'
import { multikeyOf } from '@/lib/signing/multikey'
import { verificationMethod2 } from '@/lib/signing/did-web'
import { loadPublishedKeys, type PublicKey } from '@/lib/signing/keys'
import { issuerKeysOf, type IssuerKeys } from '@/lib/verification/issuer-keys'
import { PAGE_ENTRIES, readPage, type ListEntry } from '@/lib/verification/revocation-list'
import { didDocument } from '@/lib/signing/did-document'
import type { CheckProblem } from './answers'
import { decodeList } from './bitstring'
import { problemsOf, type CheckKeys, type Published } from './check-certificate'
import { publishedList } from './store-read'
import { pageAt } from './store-revocation'
import {
  beginNightly,
  forgetChecks,
  leaseCheck,
  noteProgress,
  sampleOf,
  sampleRows,
  type CheckLease,
} from './store-sample'

/** Looked at in one go, as of one moment. */
const AT_ONCE = 20
/** Far more than that takes. */
const LEASE_SECONDS = 60
/** More of them say nothing new. */
const MOST_PROBLEMS = 100
const KEPT_DAYS = 400

/** Begins the check of this night once its hour has come, whichever worker is first; after a pause on the same day too. */
export async function beginNight(context: Context): Promise<void> {
  const { hour, size } = context.settings.sampleCheck
  const { timeZone } = context.settings.issuer
  const now = context.now()
  if (size === 0 || hourIn(now, timeZone) < hour) return
  if (!(await beginNightly(context.db, dayIn(now, timeZone), size, now))) return
  await forgetChecks(context.db, new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000))
}

/**
 * Works at the check that waits, if there is one and nobody else does. What was done before a worker died counts: another
 * one goes on with the rest. Problems are logged, without numbers, and stay with the check. Returns whether it finished one.
 */
export async function runCheck(context: Context, signal?: AbortSignal): Promise<boolean> {
  let lease = await leaseCheck(context.db, LEASE_SECONDS)
  if (!lease) return false
  const keys = await checkKeys(context)
  const memory: Memory = { lists: new Map(), pages: new Map() }
  const ids = shuffledBy(context, await drawn(context, lease.size))
  const rest = ids.slice(0, Math.max(0, lease.size - lease.checked))
  while (rest.length > 0) {
    if (signal?.aborted) return false
    const found = await checkSome(context, rest.splice(0, AT_ONCE), keys, memory)
    const progress = {
      checked: lease.checked + found.checked,
      problems: [...lease.problems, ...found.problems].slice(0, MOST_PROBLEMS),
      finishedAt: null,
    }
    const held: CheckLease | null = await noteProgress(context.db, lease, progress, LEASE_SECONDS)
    if (!held) return false
    lease = held
  }
  const { checked, problems } = lease
  const done = await noteProgress(context.db, lease, { checked, problems, finishedAt: context.now() }, 0)
  if (!done) return false
  const kinds = [...new Set(problems.map(({ problem }) => problem))]
  if (problems.length > 0)
    log().error(
      { checkId: done.id, checked, problems: problems.length, kinds },
      'the check of certificates found problems',
    )
  else log().info({ checkId: done.id, checked }, 'the check of certificates found nothing wrong')
  return true
}

/** Random numbers to begin at, half of the sample among all certificates, half among those to which something happened. */
async function drawn(context: Context, size: number): Promise<string[]> {
  const half = Math.ceil(size / 2)
  // Numbers have 9 to 18 digits and are compared as text: a random beginning is enough.
  const starts = Array.from({ length: half }, () =>
    String(100_000_000_000 + Math.floor(fraction(context) * 900_000_000_000)),
  )
  const parts = Array.from({ length: half }, () => fraction(context))
  return sampleOf(context.db, starts, parts)
}

interface Memory {
  lists: Map<string, { text: string; bits: Uint8Array | null }>
  pages: Map<number, { signed: string; entries: ListEntry[] | null }>
}

interface Keys extends CheckKeys {
  /** As verifiers read them from did.json. */
  issuers: IssuerKeys[]
}

/** Reads everything as of one moment: a publication in between must not look like a mistake. */
async function checkSome(
  context: Context,
  ids: string[],
  keys: Keys,
  memory: Memory,
): Promise<{ checked: number; problems: CheckProblem[] }> {
  const at = context.now()
  const { rows, published } = await context.db.$transaction(
    async (db) => {
      const rows = await sampleRows(db, ids, at)
      const lists = new Map<string, Uint8Array | null>()
      const entries = new Map<number, ListEntry | null | undefined>()
      const answers = new Map<string, { state: string; credentialHash: string | null } | null>()
      for (const { certificateId, listId, entry } of rows) {
        answers.set(certificateId, await statusOf(db, certificateId, at))
        for (const purpose of listId === null ? [] : STATUS_PURPOSES) {
          const key = `${listId}/${purpose}`
          if (!lists.has(key))
            lists.set(key, await bitsOf(await publishedList(db, listId!, purpose), key, keys, memory))
        }
        if (entry?.position) entries.set(entry.position, await entryOfPage(db, entry.position, keys, memory))
      }
      const published: Published = {
        bits: (listId, purpose) => lists.get(`${listId}/${purpose}`) ?? null,
        listed: (position) => entries.get(position),
        answered: (certificateId) => answers.get(certificateId) ?? null,
      }
      return { rows, published }
    },
    { isolationLevel: 'RepeatableRead' },
  )
  const problems: CheckProblem[] = []
  // Signatures are checked with the words of all types of today.
  await publishedTypes(context)
  for (const row of rows) {
    for (const problem of await problemsOf(row, published, keys, context.settings, at)) {
      problems.push({ certificateId: row.certificateId, problem })
    }
  }
  return { checked: rows.length, problems }
}

/** The bits of a signed list; each text is checked and unpacked once. Null where there is none, or not a good one. */
async function bitsOf(
  text: string | null,
  key: string,
  { keyOf2 }: Keys,
  { lists }: Memory,
): Promise<Uint8Array | null> {
  if (text === null) return null
  const known = lists.get(key)
  if (known?.text === text) return known.bits
  const bits = await unpacked(text, keyOf2)
  lists.set(key, { text, bits })
  return bits
}

async function unpacked(text: string, keyOf2: CheckKeys['keyOf2']): Promise<Uint8Array | null> {
  try {
    const credential = JSON.parse(text) as { credentialSubject: { encodedList: string } }
    const { verified } = await verifyCredential2(credential, keyOf2)
    return verified ? await decodeList(credential.credentialSubject.encodedList) : null
  } catch {
    // Not even a list: that is what the check is for.
    return null
  }
}

/** Undefined when the page has not come to this position yet, null when the page is not a good one. */
async function entryOfPage(
  db: Statements,
  position: number,
  { issuers }: Keys,
  { pages }: Memory,
): Promise<ListEntry | null | undefined> {
  const number = Math.ceil(position / PAGE_ENTRIES)
  const index = position - (number - 1) * PAGE_ENTRIES - 1
  const page = await pageAt(db, number)
  if (!page || index >= page.entries) return undefined
  let known = pages.get(number)
  if (known?.signed !== page.signed) {
    const read = await readPage(page.signed, issuers, number)
    known = { signed: page.signed, entries: typeof read === 'string' ? null : read.entries }
    // A page is a megabyte: the last ones are kept.
    if (pages.size >= 4) pages.delete(pages.keys().next().value!)
    pages.set(number, known)
  }
  return known.entries?.[index] ?? null
}

async function checkKeys({ settings }: Context): Promise<Keys> {
  const published = await loadPublishedKeys(settings)
  const { present, present2, others } = published
  const all = [present.publicKey, present2.publicKey, ...others]
  const named = new Map(
    all
      .filter((key) => key.asymmetricKeyType === 'ed25519')
      .map((key) => [verificationMethod2(settings.publicUrl, multikeyOf(key)), key]),
  )
  return {
    keys: all.map((key): PublicKey => ({
      ...present,
      type: key.asymmetricKeyType === 'rsa' ? 'RSA' : 'ED25519',
      publicKey: key,
    })),
    keyOf2: (name) => named.get(name) ?? null,
    issuers: [issuerKeysOf(didDocument(published, settings))],
  }
}

/** 0 to 1, never 1. */
function fraction({ random }: Context): number {
  return Buffer.from(random(6)).readUIntBE(0, 6) / 2 ** 48
}

/** In a random order: the first ones are a sample too. */
function shuffledBy(context: Context, ids: string[]): string[] {
  return ids
    .map((id) => ({ id, at: fraction(context) }))
    .sort((a, b) => a.at - b.at)
    .map(({ id }) => id)
}

function hourIn(instant: Date, timeZone: string): number {
  return clockAt(instant.getTime(), timeZone).getUTCHours()
}
