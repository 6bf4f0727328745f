/** The pipeline step: claimed requests become signed, checked and current certificates, all of a claim in one transaction. */
import { createHash } from 'node:crypto'
import { typeVersion } from '@/lib/certificate-types/live'
import { formOf, type CertificateType } from '@/lib/certificate-types/type'
import { inTransaction, type Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { log, traceOf } from '@/lib/log'
import { ownTurn } from '@/lib/own-turn'
import { writeEvents } from '@/lib/queue/outbox'
import { drawQr, fitInQr, packCredential, qrPng, qrValue } from '@/lib/rendering/qr'
import { scanQr } from '@/lib/rendering/scan'
import type { SigningKey, SigningKey2 } from '@/lib/signing/keys'
import { signCredential } from '@/lib/signing/sign'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import type { SigningKeys } from '@/lib/signing/signing-keys'
import type { Context } from './context'
import { buildCredential } from './credential'
import { changesBetween } from './diff'
import { issuedEvents } from './events'
import { failForGood } from './failing'
import { ClaimWatch, type Outcome } from './issue-watch'
import { readBack, ReadBackError, type ReadBackKeys } from './read-back'
import { planIssue } from './rules'
import { signCertificate2 } from './sign2'
import { claim, lockClaimed, writeIssued, writePostponed, type Claimed, type Issued, type Locked } from './store-issue'
import { allocatePlaces, type Place } from './store-places'
import { tellOfTransactions } from './store-webhook-events'
import { tellVcClients } from './vc-events'

/** Where an issuing step has got to. Tests stop a real process at each of them. */
export type Step = 'claimed' | 'signed' | 'written' | 'committed'

export interface Issuer extends Context, SigningKeys {
  /** Called at each step; the pipeline waits for it. */
  onStep?: (step: Step) => void | Promise<void>
  /** Reads a QR picture back. */
  scan?: (png: Uint8Array) => Promise<string | null>
}

/** Far above what a claim takes; a worker that lost its lease finds that out when it commits. */
const LEASE_SECONDS = 15

/**
 * Issues up to `limit` waiting transactions; re-issues and rows of files only when nothing else waits, or with
 * `bulkFirst` before anything else. Returns how many were claimed: 0 = nothing to do at this moment.
 */
export async function issueNext(live: Issuer, limit: number, { bulkFirst = false } = {}): Promise<number> {
  // The keys of now, whatever is rotated meanwhile: what is signed with them is read back with them.
  const issuer = { ...live }
  const token = issuer.uuid()
  const lease = { token, seconds: LEASE_SECONDS, limit }
  const watch = new ClaimWatch()
  const first = await claim(issuer.db, { ...lease, bulk: bulkFirst })
  const claimed = first.length > 0 ? first : await claim(issuer.db, { ...lease, bulk: !bulkFirst })
  if (claimed.length === 0) return 0
  watch.step('claim')
  await issuer.onStep?.('claimed')
  const placeFor = await placesFor(issuer, claimed)
  const signed = await eachInItsTurn(claimed, (transaction) =>
    attempt(transaction, () => watch.signing(transaction, () => sign(issuer, transaction, placeFor(transaction)))),
  )
  watch.step('sign')
  await issuer.onStep?.('signed')
  try {
    await commit(issuer, token, signed, watch)
  } catch (error) {
    if (signed.length === 1) await postpone(issuer, token, signed[0]!.transaction, error, watch)
    // One bad row must not hold up the others of the claim: each gets a transaction of its own.
    else
      for (const one of signed)
        await commit(issuer, token, [one], watch).catch((e) => postpone(issuer, token, one.transaction, e, watch))
  }
  await issuer.onStep?.('committed')
  return claimed.length
}

/**
 * Begins each in a turn of the event loop of its own, so that nothing else waits for a whole claim; while one waits for an
 * external signer the next is built. `work` must not reject.
 */
async function eachInItsTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const begun: Promise<R>[] = []
  for (const item of items) {
    await ownTurn()
    begun.push(work(item))
  }
  return Promise.all(begun)
}

/** A place in the status lists for each; tests of the sandbox have none. One statement, before anything is locked. */
async function placesFor(issuer: Issuer, claimed: Claimed[]): Promise<(transaction: Claimed) => Place | null> {
  const real = claimed.filter(({ sandbox }) => !sandbox)
  const places = real.length > 0 ? await allocatePlaces(issuer.db, real.length, issuer.random) : []
  const byId = new Map(real.map(({ id }, index) => [id, places[index]!]))
  return ({ id }) => byId.get(id) ?? null
}

interface Signed {
  type: CertificateType
  credential: string
  /** Null for types without this form. */
  credential2: string | null
  place: Place | null
  credentialHash: string
  signedBy: string[]
  issuedAt: Date
  checks: Record<string, unknown>
}

type Attempt = { transaction: Claimed } & ({ signed: Signed } | { refusal: Refusal } | { error: unknown })

async function attempt(transaction: Claimed, work: () => Promise<Signed>): Promise<Attempt> {
  try {
    return { transaction, signed: await work() }
  } catch (error) {
    // A type that this release cannot read is ours to mend, and no fault of the request: it waits.
    const refused = error instanceof Refusal && error.code !== 'REGISTRY_UNAVAILABLE'
    return refused ? { transaction, refusal: error } : { transaction, error }
  }
}

/** Builds and signs both forms, and for corrections on screen scans the QR from its picture. The stored texts are verified later. */
async function sign(issuer: Issuer, transaction: Claimed, place: Place | null): Promise<Signed> {
  const { settings } = issuer
  const key = transaction.sandbox ? issuer.sandboxKey : issuer.key
  const issuedAt = notBefore(transaction.headIssuedAt, issuer.now())
  const { type } = await typeVersion(issuer, transaction.type, transaction.typeVersion)
  const unsigned = buildCredential({
    template: formOf(type, transaction.form).credential,
    request: transaction.record,
    certificateId: transaction.certificateId,
    issuedAt,
    settings: settings.credential,
    codeLists: type.codeLists,
  })
  const credential = JSON.stringify(await signCredential(unsigned, key, issuedAt))
  const value = qrValue(packCredential(credential))
  fitInQr(value)
  const qrScanned = transaction.channel === 'screen'
  if (qrScanned && (await (issuer.scan ?? scanQr)(qrPng(drawQr(value)))) !== value) {
    throw new Refusal('UNREADABLE_QR', 'The QR code of this certificate could not be read back from its picture.')
  }
  const key2 = transaction.sandbox ? issuer.sandboxKey2 : issuer.key2
  const { record: request, certificateId } = transaction
  const credential2 =
    type.credential2 === undefined
      ? null
      : await signCertificate2({ type, request, certificateId, issuedAt, settings, place }, key2)
  return {
    type,
    credential,
    credential2: credential2 && JSON.stringify(credential2),
    // Where the second form would say it, and nothing else does.
    place: credential2 && place,
    credentialHash: createHash('sha256').update(credential).digest('hex'),
    signedBy: [key, ...(credential2 ? [key2] : [])].map(({ publicKey }) => thumbprintOf(publicKey)),
    issuedAt,
    // What does not verify when it is read back is rolled back, and this with it.
    checks: { signatureVerified: true, qrScanned },
  }
}

/** A clock that was put back does not make a certificate older than the one that it replaces. */
function notBefore(head: Date | null, now: Date): Date {
  return head && head > now ? head : now
}

/** One transaction: everything of this claim that is still ours becomes current, or failed, or is put back. */
async function commit(issuer: Issuer, token: string, attempts: Attempt[], watch: ClaimWatch): Promise<void> {
  const ended = new Map<string, Outcome>()
  await inTransaction(issuer.db, async (db) => {
    const locked = new Map<string, Locked>()
    for (const row of await lockClaimed(
      db,
      token,
      attempts.map(({ transaction }) => transaction.id),
      issuer.now(),
    )) {
      locked.set(row.transactionId, row)
    }
    const issued: Issued[] = []
    for (const one of attempts) {
      const row = locked.get(one.transaction.id)
      if (row) ended.set(row.transactionId, await settle(issuer, db, token, one, row, issued))
    }
    if (issued.length > 0) {
      await writeIssued(db, issued, issuer.now())
      watch.step('write')
      const keys = readBackKeys(issuer, attempts)
      await readBack(db, issued, keys, issuer.settings, issuer.now())
      watch.step('read_back')
    }
    await writeEvents(
      db,
      issued.flatMap((one) => one.events),
    )
    const told = issued.map((one) => one.transactionId)
    await tellOfTransactions(db, told, issuer.now())
    await tellVcClients(issuer, db, told)
    await issuer.onStep?.('written')
  })
  watch.step('commit')
  for (const { transaction } of attempts) watch.ended(transaction, ended.get(transaction.id) ?? 'lost')
}

function readBackKeys(issuer: Issuer, attempts: Attempt[]): (transactionId: string) => ReadBackKeys {
  const tests = new Set(attempts.flatMap(({ transaction }) => (transaction.sandbox ? transaction.id : [])))
  const keysOf = (key: SigningKey, key2: SigningKey2): ReadBackKeys => ({
    key,
    keyOf2: (name) => (name === key2.verificationMethod ? key2.publicKey : null),
  })
  const real = keysOf(issuer.key, issuer.key2)
  const sandbox = keysOf(issuer.sandboxKey, issuer.sandboxKey2)
  return (transactionId) => (tests.has(transactionId) ? sandbox : real)
}

async function settle(
  issuer: Issuer,
  db: Statements,
  token: string,
  one: Attempt,
  row: Locked,
  issued: Issued[],
): Promise<Outcome> {
  if ('error' in one) {
    alarm(one.transaction, one.error)
    await writePostponed(db, token, postponed(one.transaction, one.error))
    return 'postponed'
  }
  try {
    if ('refusal' in one) throw one.refusal
    const { revision, predecessorId } = planIssue(row, row)
    const { record } = one.transaction
    const { type, credential, credential2, place, credentialHash, signedBy, issuedAt, checks } = one.signed
    issued.push({
      transactionId: row.transactionId,
      lineageId: row.lineageId,
      revision,
      predecessorId,
      correctedDose: row.correctedDose,
      credential,
      credential2,
      statusListId: place?.listId ?? null,
      statusIndex: place?.index ?? null,
      credentialHash,
      signedBy,
      issuedAt,
      changes: row.headRecord ? changesBetween(row.headRecord, record, type) : [],
      checks,
      events: one.transaction.sandbox ? [] : issuedEvents(issuer, one.transaction, credential, predecessorId),
    })
    return 'issued'
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const { transactionId } = row
    const { code, message } = thrown
    const ended = await failForGood(issuer, db, { transactionId, code, message, sandbox: one.transaction.sandbox })
    return { code, along: ended.filter((other) => other.transactionId !== transactionId) }
  }
}

async function postpone(
  issuer: Issuer,
  token: string,
  transaction: Claimed,
  error: unknown,
  watch: ClaimWatch,
): Promise<void> {
  alarm(transaction, error)
  await writePostponed(issuer.db, token, postponed(transaction, error))
  watch.ended(transaction, 'postponed')
}

/** An error of ours, for whoever watches the log: kind and place, no values. */
function alarm({ id, attempts, requestId }: Claimed, error: unknown): void {
  const problem = error instanceof ReadBackError ? { problem: error.problem } : {}
  log().error(
    { transactionId: id, requestId, attempts, ...problem, ...traceOf(error) },
    'not issued, it is tried again',
  )
}

/** The delay doubles with every attempt, from one second to five minutes. The error's text may name values: it stays in the row. */
function postponed(transaction: Claimed, error: unknown) {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return {
    transactionId: transaction.id,
    seconds: Math.min(300, 2 ** Math.min(transaction.attempts - 1, 9)),
    error: text.slice(0, 500),
  }
}
