/** A holder opens a link: the questions, and what may be read after they were answered rightly. */
import { forgiveAttempts, holderThrottles, takeOrWait, type Throttle } from '@/lib/auth/throttle'
import { typeVersion } from '@/lib/certificate-types/live'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import { daysOfLooks } from '@/lib/audit/store-list'
import type { Context } from '@/lib/certificates/context'
import { certificateText2 } from '@/lib/certificates/form2'
import { certificatePdf, type Paper } from '@/lib/certificates/page'
import { certificateQrSvg } from '@/lib/certificates/qr-pictures'
import { lineageOfCertificate } from '@/lib/certificates/store-read'
import { Refusal } from '@/lib/errors'
import type { HolderView } from './answers'
import { answerFits, type HolderAnswer } from './identity-check'
import { SESSION_SECONDS, type HolderSession } from './session'
import { openingOf, writeLocked, writeLook, writeRefused, type Opening } from './store'
import { reportsOfLineage } from './store-reports'
import { hashHolderToken } from './token'
import { viewOf } from './view'

/** So many wrong answers since it was last opened end a link for good. */
const WRONG_ANSWERS_END_IT = 20

/** Who tries, for counting the tries. */
export interface Attempt {
  token: string
  /** Where the request came from; null when unknown. */
  address: string | null
  /** Keys the hashes under which tries are counted. */
  secret: string
}

/**
 * What the link leads to, after the right answer. Refusals: NOT_SHOWN, the same for an unknown, expired or ended link and
 * for a wrong answer; TOO_MANY_ATTEMPTS with the time until which nothing is looked at.
 */
export async function openLink(
  context: Context,
  { token, address, secret }: Attempt,
  answer: HolderAnswer,
): Promise<{ linkId: string; view: HolderView }> {
  const { db } = context
  const tokenHash = hashHolderToken(token)
  const throttles = holderThrottles(tokenHash, address, secret)
  if (throttles.address) await attempt(context, throttles.address)
  await attempt(context, throttles.token)
  const at = context.now()
  const opening = await openingOf(db, tokenHash, at)
  if (!opening || !(await fits(context, answer, opening))) {
    await writeRefused(db, opening, WRONG_ANSWERS_END_IT, at)
    throw new Refusal('NOT_SHOWN', 'We could not show a certificate for these details.')
  }
  await forgiveAttempts(db, throttles.token, throttles.address)
  await writeLook(db, opening, 'holder.opened', at)
  return { linkId: opening.linkId, view: await look(context, opening, SESSION_SECONDS) }
}

/** The same again, for a holder who answered before. Refusal CHECK_NEEDED: the questions have to be asked (again). */
export async function readLink(context: Context, token: string, session: HolderSession | null): Promise<HolderView> {
  const opening = await openingFor(context, token, session)
  await writeLook(context.db, opening, 'holder.read', context.now())
  return look(context, opening, session!.secondsLeft)
}

/** The current certificate as PDF. Refusals: CHECK_NEEDED, NOT_SHOWN while it is not valid, RENDERER_UNAVAILABLE. */
export async function linkPdf(
  context: Context,
  token: string,
  session: HolderSession | null,
  paper: Paper,
): Promise<{ certificateId: string; bytes: Uint8Array }> {
  const opening = await openingFor(context, token, session)
  if (opening.state !== 'current') throw new Refusal('NOT_SHOWN', 'This certificate is not valid now.')
  await writeLook(context.db, opening, 'holder.downloaded', context.now())
  const bytes = await certificatePdf(context, holderOf(opening), opening.certificateId, { paper })
  return { certificateId: opening.certificateId, bytes }
}

/** The current certificate as VC Data Model 2.0. Refusals: CHECK_NEEDED, NOT_SHOWN while it is not valid, SIGNER_UNAVAILABLE. */
export async function linkCredential(
  context: Context,
  token: string,
  session: HolderSession | null,
): Promise<{ certificateId: string; text: string }> {
  const opening = await openingFor(context, token, session)
  if (opening.state !== 'current') throw new Refusal('NOT_SHOWN', 'This certificate is not valid now.')
  await writeLook(context.db, opening, 'holder.downloaded', context.now())
  const text = await certificateText2(context, holderOf(opening), opening.certificateId)
  return { certificateId: opening.certificateId, text }
}

/** Writes that a holder closed the certificate. Without a session there is nothing to close. */
export async function closeLink(context: Context, token: string, session: HolderSession | null): Promise<void> {
  const opening = session && (await openingOf(context.db, hashHolderToken(token), context.now()))
  if (opening?.linkId === session?.linkId && opening) {
    await writeLook(context.db, opening, 'holder.closed', context.now())
  }
}

/** Days of looks that a holder is told. */
const LOOKS = 40

/** The link that a session was opened for, as long as it works. Refusal CHECK_NEEDED, whatever is missing. */
export async function openingFor(context: Context, token: string, session: HolderSession | null): Promise<Opening> {
  const opening = session && (await openingOf(context.db, hashHolderToken(token), context.now()))
  if (!opening || opening.linkId !== session.linkId) {
    throw new Refusal('CHECK_NEEDED', 'Answer the questions to open the certificate.')
  }
  return opening
}

/** The answer may fit the current version or the one on the paper the link came with: a date of birth may be what was corrected. */
async function fits(context: Context, answer: HolderAnswer, opening: Opening): Promise<boolean> {
  const { record, recordedAt, madeForRecord, madeForRecordedAt } = opening
  const { type } = await typeVersion(context, opening.type, opening.typeVersion)
  return [
    answerFits(answer, { type, record, recordedAt }),
    answerFits(answer, { type, record: madeForRecord, recordedAt: madeForRecordedAt }),
  ].includes(true)
}

async function look(context: Context, opening: Opening, secondsLeft: number): Promise<HolderView> {
  const { db, settings } = context
  const { certificateId, sandbox, state } = opening
  const { type } = await typeVersion(context, opening.type, opening.typeVersion)
  const [lineage, reports, looks] = await Promise.all([
    lineageOfCertificate(db, certificateId, context.now(), sandbox),
    reportsOfLineage(db, opening.lineageId),
    daysOfLooks(db, opening.lineageId, settings.issuer.timeZone, LOOKS),
  ])
  return viewOf({
    type,
    lineage: lineage!,
    opening,
    reports,
    looks,
    qr: state === 'current' ? await certificateQrSvg(context, holderOf(opening), certificateId) : null,
    secondsLeft,
    settings,
  })
}

/** For the use cases that draw a certificate: somebody who may see what the owning facility sees of it. */
function holderOf({ linkId, facilityCode, sandbox }: Opening): Caller {
  const facts = {
    id: linkId,
    name: 'Holder',
    facilityCode,
    facilities: [facilityCode],
    programs: null,
    roles: [],
    sandbox,
  }
  return provenCaller({ kind: 'system', ...facts, batch: 'all', channel: 'screen' })
}

async function attempt(context: Context, throttle: Throttle): Promise<void> {
  const { db, settings } = context
  const now = context.now()
  try {
    await takeOrWait({ db, now, timeZone: settings.issuer.timeZone }, throttle)
  } catch (error) {
    if (error instanceof Refusal) await writeLocked(db, now)
    throw error
  }
}
