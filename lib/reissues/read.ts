/** Reading re-issues: how many a choice is, the list, one with its progress, its rows, and all of them as a file. */
import { publishedType } from '@/lib/certificate-types/live'
import { csvLine } from '@/lib/audit/csv'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { nextPart, partFrom } from '@/lib/certificates/store-registry-part'
import { countLookUp } from '@/lib/desk/look-ups'
import { Refusal } from '@/lib/errors'
import type { ReissueCounts, ReissueRow, ReissueView, RowState, SigningKeyFacts } from './answers'
import { reissuePage, reissueRows, type ReissueRecord, type RowRecord } from './store'
import { countChosen, keysInLog } from './store-choosing'
import { ownReissue, targetOf, type Wanted } from './target'
import { viewOf } from './view'

const PAGE = 20
const ROWS = 50
const AT_ONCE = 5000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * How many certificates of a part of the registry a choice is. Of one record it tells whether it is there, which is a look-up
 * as any other. Refusals as of `targetOf`, of `partFrom`, and TOO_MANY_LOOK_UPS.
 */
export async function countReissue(
  context: Context,
  caller: Caller,
  { after, ...wanted }: Wanted & { after: string | null },
): Promise<ReissueCounts> {
  const target = await targetOf(context, caller, wanted)
  if (target.scope !== 'all') for (const code of target.choice.codes) await countLookUp(context, caller, { code })
  const part = partFrom(after, context.now())
  const { last, ...counted } = await countChosen(context.db, target, part)
  return { type: target.type, version: target.version, ...counted, next: nextPart(part, { ...counted, last }) }
}

/** Keys that signed certificates, the newest first. */
export async function signingKeys({ db }: Context): Promise<{ keys: SigningKeyFacts[] }> {
  return { keys: await keysInLog(db) }
}

/** A page of runs, the newest first: all for an administrator, else the own ones. */
export async function listReissues(
  context: Context,
  caller: Caller,
  { after }: { after?: string },
): Promise<{ reissues: ReissueView[]; next: string | null }> {
  const by = has(caller, 'administrator') ? null : caller.id
  const rows = await reissuePage(context.db, { by, after: after === undefined ? null : placeOf(after), size: PAGE + 1 })
  const page = rows.slice(0, PAGE)
  const reissues = await Promise.all(page.map((run) => viewFor(context, caller, run)))
  return { reissues, next: rows.length > PAGE ? cursorOf(page.at(-1)!) : null }
}

/** One run. Refusal NOT_FOUND. */
export async function readReissue(context: Context, caller: Caller, reissueId: string): Promise<ReissueView> {
  return viewFor(context, caller, await ownReissue(context.db, caller, reissueId))
}

/** A page of its rows, by certificate number. Refusal NOT_FOUND. */
export async function readRows(
  context: Context,
  caller: Caller,
  reissueId: string,
  { state, after }: { state?: RowState; after?: string },
): Promise<{ rows: ReissueRow[]; next: string | null }> {
  const { id } = await ownReissue(context.db, caller, reissueId)
  const rows = await reissueRows(context.db, id, { state: state ?? null, after: after ?? null, limit: ROWS + 1 })
  const page = rows.slice(0, ROWS)
  return { rows: page.map(rowView), next: rows.length > ROWS ? page.at(-1)!.certificateId : null }
}

/** All rows, or those in one state, as CSV (RFC 4180, UTF-8 with the mark that spreadsheets look for). Refusal NOT_FOUND. */
export async function rowsAsCsv(
  context: Context,
  caller: Caller,
  reissueId: string,
  state: RowState | null,
): Promise<string> {
  const { id } = await ownReissue(context.db, caller, reissueId)
  const lines = [csvLine(HEAD)]
  for (let after: string | null = null; ;) {
    const rows: RowRecord[] = await reissueRows(context.db, id, { state, after, limit: AT_ONCE })
    lines.push(...rows.map((row) => csvLine(cellsOf(row))))
    if (rows.length < AT_ONCE) return `\uFEFF${lines.join('')}`
    after = rows.at(-1)!.certificateId
  }
}

const HEAD = ['certificateId', 'facility', 'state', 'code', 'problems', 'newCertificateId', 'at']

function cellsOf({ certificateId, facilityCode, state, code, fields, newCertificateId, at }: RowRecord): string[] {
  const problems = fields.map(({ message }) => message).join('; ')
  return [certificateId, facilityCode, state, code ?? '', problems, newCertificateId ?? '', at?.toISOString() ?? '']
}

function rowView({ certificateId, facilityCode, facilityName, state, code, fields, newCertificateId, at }: RowRecord) {
  return {
    certificateId,
    facility: { code: facilityCode, name: facilityName },
    state,
    code,
    problems: fields,
    newCertificateId,
    at: at?.toISOString() ?? null,
  }
}

async function viewFor(context: Context, caller: Caller, run: ReissueRecord): Promise<ReissueView> {
  return viewOf(run, await publishedType(context, run.type), caller)
}

function cursorOf({ requestedAt, id }: ReissueRecord): string {
  return `${requestedAt.getTime()}.${id}`
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [at, id] = cursor.split('.')
  if (/^\d{1,14}$/.test(at ?? '') && UUID.test(id ?? '')) return { at: new Date(Number(at)), id: id! }
  throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of another page.')
}
