/** The list of a day: what was corrected, what failed, where updates ran out, and what holders say is wrong. */
import { typeInForce, typeNames } from '@/lib/certificate-types/live'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { dayIn } from '@/lib/certificates/dates'
import { maskFor } from '@/lib/certificates/masks'
import { personOf, totalIn } from '@/lib/certificates/person'
import { limitOf } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import { openingsWaiting } from '@/lib/openings/openings'
import { isUuid } from '@/lib/uuid'
import type { DayAnswer, DayItem, DayKind, DaySubject, ReportOutcome } from './answers'
import { DAY_KINDS } from './kinds'
import { boundsOf } from './day-bounds'
import { initialsOf } from './initials'
import { stopsWaiting } from './look-ups'
import { attention, dayCounts, dayPage, lineagesNamed, type DayQuery, type DayRow, type Place } from './store-day'

const PAGE = 30

export interface Asked {
  /** YYYY-MM-DD; without it, today. */
  day?: string
  kind?: DayKind
  mine?: boolean
  /** A code, certificate number or reference: then of any day. */
  q?: string
  after?: string
}

/** One page of the caller's facility. Refusal: VALIDATION_ERROR (day, after). */
export async function listDay(context: Context, caller: Caller, asked: Asked): Promise<DayAnswer> {
  const now = context.now()
  const today = dayIn(now, context.settings.issuer.timeZone)
  const day = asked.day ?? today
  const query: DayQuery = {
    now,
    reader: caller,
    ...boundsOf(day, context.settings.issuer.timeZone),
    operatorId: asked.mine ? caller.id : null,
    lineageIds: await namedBy(context, asked.q),
    updateLimits: Object.fromEntries(typeNames(context).map((name) => [name, limitOf(context, name)])),
  }
  const kinds = asked.kind ? [asked.kind] : DAY_KINDS
  const [counts, rows] = await Promise.all([
    dayCounts(context.db, query),
    dayPage(context.db, query, kinds, asked.after === undefined ? null : placeOf(asked.after), PAGE + 1),
  ])
  const page = rows.slice(0, PAGE)
  return {
    day,
    today,
    counts,
    items: page.map((row) => hiding(context, caller, itemOf(context, row, caller))),
    next: rows.length > PAGE ? cursorOf(page.at(-1)!) : null,
  }
}

/** What waits for somebody of the caller's facility. */
export async function whatWaits(
  context: Context,
  caller: Caller,
): Promise<{ reports: number; failures: number; oversight: number }> {
  const { timeZone } = context.settings.issuer
  const { from } = boundsOf(dayIn(context.now(), timeZone), timeZone)
  const [waits, openings, stops] = await Promise.all([
    attention(context.db, caller, from),
    has(caller, 'supervisor') ? openingsWaiting(context, caller) : 0,
    has(caller, 'supervisor') ? stopsWaiting(context, caller) : 0,
  ])
  return { ...waits, oversight: openings + stops }
}

async function namedBy(context: Context, q: string | undefined): Promise<string[] | null> {
  const text = q?.trim() ?? ''
  if (text === '') return null
  return lineagesNamed(context.db, {
    code: text,
    certificateId: text.replaceAll(/\s/gu, ''),
    reference: text.replaceAll(/\s/gu, '').toUpperCase(),
    transactionId: isUuid(text) ? text : null,
  })
}

function cursorOf({ rank, at, id }: Place): string {
  return Buffer.from(JSON.stringify([rank, at.toISOString(), id])).toString('base64url')
}

function placeOf(cursor: string): Place {
  const parts = jsonOf(Buffer.from(cursor, 'base64url').toString('utf8'))
  const [rank, at, id] = Array.isArray(parts) ? (parts as unknown[]) : []
  const isPlace = (rank === 0 || rank === 1) && typeof at === 'string' && typeof id === 'string'
  if (!isPlace || Number.isNaN(Date.parse(at)) || id.includes('\u0000')) {
    throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of another page.')
  }
  return { rank, at: new Date(at), id }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What a holder says is right may be what is hidden from people. */
function hiding(context: Context, caller: Caller, item: DayItem): DayItem {
  const mask = item.kind === 'report' ? maskFor(context, caller, { ...item.subject, sandbox: false }) : null
  if (item.kind !== 'report' || !mask) return item
  return { ...item, fields: item.fields.map(({ path, right }) => ({ path, right: mask.value(path, right) })) }
}

function itemOf(context: Context, row: DayRow, caller: Caller): DayItem {
  const subject = subjectOf(context, row)
  const common = { id: `${row.kind} ${row.id}`, at: row.at.toISOString(), subject }
  const by = {
    kind: row.actorKind ?? '',
    name: row.actorName ?? '',
    you: row.actorKind === 'operator' && row.actorId === caller.id,
  }
  switch (row.kind) {
    case 'correction':
      return {
        ...common,
        kind: 'correction',
        state: row.state === 'issued' ? 'issued' : 'pending',
        transactionId: row.transactionId!,
        certificateId: row.certificateId!,
        fields: row.labels ?? [],
        by,
        channel: row.channel!,
      }
    case 'failure':
      return {
        ...common,
        kind: 'failure',
        transactionId: row.transactionId!,
        update: row.transactionKind === 'update',
        code: row.failureCode ?? '',
        message: row.failureMessage ?? '',
        again:
          row.transactionKind === 'update' && row.isNewest && subject.updatesRemaining > 0 ? subject.current : null,
        toDose: row.correctedDose,
        by,
        channel: row.channel!,
      }
    case 'limit':
      return { ...common, kind: 'limit', reached: row.transactionId === null ? 'refused' : 'used', by }
    case 'report':
      return { ...common, kind: 'report', ...reportOf(row) }
    case 'status':
      return {
        ...common,
        kind: 'status',
        state: row.statusState!,
        certificateId: row.statusCertificateId!,
        cause: row.statusCause,
        until: row.statusUntil?.toISOString() ?? null,
        by,
      }
  }
}

function subjectOf(context: Context, row: DayRow): DaySubject {
  const type = typeInForce(context, row.type)
  return {
    type: row.type,
    preEnrollmentCode: row.preEnrollmentCode,
    programId: row.programId,
    dose: row.dose,
    totalDoses: totalIn(row.record, type),
    initials: initialsOf(personOf(row.record, type).name),
    facility: { code: row.facilityCode, name: row.facilityName },
    current: row.current,
    updatesRemaining: Math.max(0, limitOf(context, row.type) - row.updatesUsed),
    updatesPending: row.updatesPending,
  }
}

function reportOf(row: DayRow) {
  const replaced = row.current !== null && row.current !== row.reportCertificateId
  const since = replaced && row.headIssuedAt !== null && row.headIssuedAt > row.at ? row.headIssuedAt : null
  return {
    reportId: row.reportId!,
    reference: row.reference!,
    about: row.about!,
    fields: row.fields as { path: string; right: string }[],
    note: row.note ?? '',
    certificateId: row.reportCertificateId!,
    correctedSince: since === null ? null : { certificateId: row.current!, at: since.toISOString() },
    closed:
      row.closedAt === null
        ? null
        : {
            at: row.closedAt.toISOString(),
            by: row.closedByName ?? '',
            answer: row.answer ?? '',
            outcome: row.outcome as ReportOutcome | null,
          },
  }
}
