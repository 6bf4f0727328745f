/** The holder looks at a correction on the own phone before it is sent: a code that opens once, and the answer to it. */
import { publishedType } from '@/lib/certificate-types/live'
import { fieldsOf, isCounted } from '@/lib/certificate-types/type'
import type { Caller } from '@/lib/certificates/caller'
import { changesHash } from '@/lib/certificates/changes-hash'
import { withKept } from '@/lib/certificates/kept-parts'
import type { Context } from '@/lib/certificates/context'
import { changesBetween } from '@/lib/certificates/diff'
import { refuseUnfit } from '@/lib/certificates/draft-credential'
import { withDots } from '@/lib/certificates/hidden'
import { sequenceOf } from '@/lib/certificates/lineage-key'
import { maskFor } from '@/lib/certificates/masks'
import { totalIn } from '@/lib/certificates/person'
import { ownCredential } from '@/lib/certificates/read'
import { readItem } from '@/lib/certificates/read-items'
import { wholeDraft } from '@/lib/certificates/whole-draft'
import { hashToken } from '@/lib/auth/tokens'
import { Refusal } from '@/lib/errors'
import type { Change } from '@/lib/certificates/answers'
import { isUuid } from '@/lib/uuid'
import type { ChangesToConfirm, ConfirmationAsked, ConfirmationView, MarkedField } from './answers'
import {
  answerConfirmation,
  confirmationOf,
  deleteConfirmation,
  forgetConfirmations,
  insertConfirmation,
  openConfirmation,
  openedConfirmation,
  type ConfirmationRow,
  type CorrectionShown,
} from './store-confirmation'

const SECOND = 1000
const MINUTE = 60 * SECOND
/** How long a code can be opened, and how long whoever opened it may take to answer. */
const TO_OPEN = MINUTE
export const TO_ANSWER = 5 * MINUTE
/** Until then an answer can be used and is kept. */
const KEPT = 15 * MINUTE
/** 144 random bits. */
const TOKEN_BYTES = 18

/** What an operator wants to show: the certificate and the item that is to replace it. */
export interface CorrectionToShow {
  certificateId: string
  item: unknown
}

export type HolderAnswer = { verdict: 'right' } | { verdict: 'wrong'; marked: MarkedField[] }

/**
 * Makes a code for the holder. The changes are worked out here, from the registry's own records. Refusals: those of a
 * preview, STALE_VERSION for a certificate that is not current any more, VALIDATION_ERROR when nothing changes.
 */
export async function askHolder(
  context: Context,
  caller: Caller,
  corrections: CorrectionToShow[],
): Promise<ConfirmationAsked> {
  const worked: WorkedOut[] = []
  for (const correction of corrections) worked.push(await changesOf(context, caller, correction))
  if (worked.every(({ changes }) => changes.length === 0)) {
    throw new Refusal('VALIDATION_ERROR', 'Nothing would change, so there is nothing to confirm.')
  }
  const now = context.now()
  await forgetOldConfirmations(context)
  const token = Buffer.from(context.random(TOKEN_BYTES)).toString('base64url')
  const id = context.uuid()
  await insertConfirmation(context.db, {
    id,
    tokenHash: hashToken(token),
    operatorId: caller.id,
    certificateId: worked[0]!.certificateId,
    changesHash: changesHash(worked),
    corrections: worked.map(({ shown, ...correction }) => ({ ...correction, changes: shown })),
    createdAt: now,
    expiresAt: new Date(now.getTime() + TO_OPEN),
  })
  const url = new URL(`/c/confirm/${token}`, context.settings.publicUrl).href
  return { confirmationId: id, state: 'waiting', secondsLeft: TO_OPEN / SECOND, marked: [], url }
}

/** Where a confirmation stands. Refusal NOT_FOUND also for those of other operators. */
export async function findConfirmation(context: Context, caller: Caller, id: string): Promise<ConfirmationView> {
  const row = isUuid(id) ? await confirmationOf(context.db, caller.id, id) : null
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such confirmation.')
  return viewOf(row, context.now())
}

/** Withdraws a confirmation: its code opens nothing any more, its answer counts for nothing. Refusal NOT_FOUND. */
export async function withdrawConfirmation(context: Context, caller: Caller, id: string): Promise<void> {
  const gone = isUuid(id) && (await deleteConfirmation(context.db, caller.id, id))
  if (!gone) throw new Refusal('NOT_FOUND', 'There is no such confirmation.')
}

/**
 * Opens a code on a phone, or shows it again to the phone that opened it (`openedHere`: the confirmation that this phone
 * has opened). One sentence for everything that cannot be shown: unknown, expired, used, opened elsewhere.
 */
export async function openForHolder(
  context: Context,
  token: string,
  openedHere: string | null,
): Promise<{ confirmationId: string; shown: ChangesToConfirm }> {
  const now = context.now()
  const tokenHash = hashToken(token)
  const row =
    (await openConfirmation(context.db, tokenHash, now)) ??
    (openedHere && isUuid(openedHere) ? await openedConfirmation(context.db, tokenHash, openedHere) : null)
  if (!row || stateOf(row, now) !== 'opened') throw cannotBeUsed()
  return {
    confirmationId: row.id,
    shown: {
      secondsLeft: secondsLeft(row, now),
      timeZone: context.settings.issuer.timeZone,
      corrections: await Promise.all(row.corrections.map((correction) => shownToHolder(context, correction))),
    },
  }
}

/** A correction with how its fields are written. */
async function shownToHolder(context: Context, { type: name, dose, totalDoses, changes }: CorrectionShown) {
  const type = await publishedType(context, name)
  const fields = new Map(fieldsOf(type).map(({ path, kind, ltr, unit, labels }) => [path, { kind, ltr, unit, labels }]))
  return {
    kind: isCounted(type) ? null : type.title,
    dose,
    totalDoses,
    changes: changes.map((change) => ({ ...change, ...(fields.get(change.path) ?? PLAIN) })),
  }
}

/**
 * Takes the holder's answer from the phone that opened the code; the same answer again is taken for the first one, whose
 * receipt may have been lost. Refusals: NOT_FOUND as above, VALIDATION_ERROR for a field that was not shown.
 */
export async function answerAsHolder(
  context: Context,
  token: string,
  openedHere: string | null,
  answer: HolderAnswer,
): Promise<void> {
  const now = context.now()
  const marked = answer.verdict === 'wrong' ? answer.marked : []
  const row =
    openedHere && isUuid(openedHere) ? await openedConfirmation(context.db, hashToken(token), openedHere) : null
  if (row && row.verdict === answer.verdict) return
  if (!row || stateOf(row, now) !== 'opened') throw cannotBeUsed()
  const paths = new Set(row.corrections.flatMap(({ changes }) => changes.map(({ path }) => path)))
  if (marked.some(({ path }) => !paths.has(path))) {
    throw new Refusal('VALIDATION_ERROR', 'Only fields that were shown can be marked.')
  }
  const first = await answerConfirmation(context.db, row.id, { verdict: answer.verdict, marked }, now)
  if (!first) throw cannotBeUsed()
}

/** Removes what is older than a confirmation is good for. Called before each new one and by the worker every minute. */
export function forgetOldConfirmations({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  return forgetConfirmations(db, new Date(now().getTime() - KEPT))
}

interface WorkedOut extends CorrectionShown {
  /** The changes as they are shown. */
  shown: Change[]
}

/**
 * What would change, and how it is shown: the person who asks has the address of the page, so nothing stands on it that is
 * hidden from that person. What was typed anew is shown.
 */
async function changesOf(
  context: Context,
  caller: Caller,
  { certificateId, item }: CorrectionToShow,
): Promise<WorkedOut> {
  const replaced = await ownCredential(context, caller, certificateId)
  if (replaced.state !== 'current') {
    throw new Refusal('STALE_VERSION', 'This certificate is not the current one any more.')
  }
  const type = await publishedType(context, replaced.type)
  const read = readItem(item, type, context)
  if ('issues' in read) {
    refuseUnfit(read.issues)
    throw new Error('An item that cannot be read has at least one issue.')
  }
  const dose = sequenceOf(replaced.record, type)
  const totalDoses = totalIn(replaced.record, type)
  const { record } = wholeDraft(context, caller, read, replaced.record, type)
  const changes = changesBetween(replaced.record, withKept(record, replaced.record), type)
  const mask = maskFor(context, caller, { ...replaced.record, type: type.name, sandbox: replaced.sandbox })
  const written = new Map(
    changesBetween({}, withKept(read.record, replaced.record), type).map(({ path, after }) => [path, after]),
  )
  const shown = changes.map((change) => ({
    ...change,
    before: withDots(mask && change.before !== null ? mask.value(change.path, change.before) : change.before),
    after: withDots(written.get(change.path) ?? null),
  }))
  return { certificateId, type: type.name, dose, totalDoses, changes, shown }
}

function viewOf(row: ConfirmationRow, now: Date): ConfirmationView {
  const state = stateOf(row, now)
  return { confirmationId: row.id, state, secondsLeft: secondsLeft(row, now), marked: row.marked }
}

function stateOf(row: ConfirmationRow, now: Date): ConfirmationView['state'] {
  return row.verdict ?? (endOf(row) <= now.getTime() ? 'expired' : row.openedAt ? 'opened' : 'waiting')
}

function secondsLeft(row: ConfirmationRow, now: Date): number {
  return row.verdict ? 0 : Math.max(0, Math.ceil((endOf(row) - now.getTime()) / SECOND))
}

function endOf({ openedAt, expiresAt }: ConfirmationRow): number {
  return openedAt ? openedAt.getTime() + TO_ANSWER : expiresAt.getTime()
}

/** How a field is written that the type has no more. */
const PLAIN = { kind: 'text', ltr: false }

function cannotBeUsed(): Refusal {
  return new Refusal('NOT_FOUND', 'This code cannot be used, or not any more. Ask for a new one.')
}
