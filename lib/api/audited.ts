/** Which requests are looks at somebody's record, and which refusals say whose it was. */
import { isRecorded, writeLook, writeRefusal, type Look, type Target } from '@/lib/audit/looks'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { RefusalCode, RefusalDetail } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { Endpoint } from './endpoint'
import { pathOf } from './input'
import type { Reply } from './reply'
import { splitEnding } from './representations'

/** Addresses that name a certificate or a transaction and show nothing of the record behind it. */
const SHOWS_NO_RECORD = new Set([
  ...['presence', 'prints', 'listHolderLinks', 'transaction', 'divocTransaction', 'entityTransaction', 'looks'],
])

/** Lists of many records; only that the list was looked at is written. */
const LISTS: Record<string, string> = {
  dayList: 'today',
  recent: 'recent',
  drafts: 'drafts',
  approvals: 'approvals',
  previewRecall: 'recall',
  recallRows: 'recall',
  recallFile: 'recall',
  bulkRows: 'bulk',
  bulkFile: 'bulk',
  queueTransactions: 'queue',
}

interface Asked {
  params: unknown
  query: unknown
  body: unknown
}

/** Writes the look that this answered request was, if it was one. Of test certificates nothing is written. */
export async function writeLooks(
  context: Context,
  endpoint: Endpoint,
  caller: Caller | null,
  asked: Asked,
  reply: Reply,
): Promise<void> {
  if (!caller || caller.sandbox) return
  await Promise.all(looksOf(endpoint, caller, asked, reply).map((look) => writeLook(context, caller, look)))
}

function looksOf(
  { operation, method }: Endpoint,
  { kind }: Caller,
  { params, query, body }: Asked,
  reply: Reply,
): Look[] {
  const list = LISTS[operation]
  if (list) return [{ action: 'list.read', detail: { list } }]
  if (SHOWS_NO_RECORD.has(operation)) return []
  const given = { ...(query as object), ...(params as object) } as Record<string, unknown>
  // A preview shows what differs from the certificate, and a trial of an update does, too.
  if (operation === 'preview') return looksAt([body as Target], 'record.read', { form: 'preview' })
  if (given.dryRun === true) return looksAt(resultsOf(reply), 'record.read', { form: 'trial' })
  if (operation === 'askHolder') {
    return looksAt((body as { corrections: Target[] }).corrections, 'record.read', { form: 'confirmation' })
  }
  if (method !== 'GET' && method !== 'HEAD') return []
  if (operation === 'approval')
    return looksAt([JSON.parse(String(reply.body)) as Target], 'record.read', { form: 'request' })
  if (typeof given.preEnrollmentCode === 'string') {
    return looksAt([{ code: given.preEnrollmentCode }], 'record.searched', {})
  }
  if (operation === 'personDoses') return looksAt(dosesOf(reply), 'record.read', {})
  // The QR code as a picture holds the whole credential.
  const form = FORMS[reply.type ?? ''] ?? (kind === 'operator' && reply.type === 'image/png' ? 'qr' : undefined)
  return looksAt([given as Target], form ? 'record.downloaded' : 'record.read', form ? { form } : {})
}

/** What leaves with the person who asked; pictures belong to the screen. */
const FORMS: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/vc+ld+json': 'credential',
  'application/vc': 'credential',
}

function looksAt(named: Target[], action: Look['action'], detail: Look['detail']): Look[] {
  return named.flatMap((one) => {
    const target = clean(one)
    return target ? [{ action, detail, ...target }] : []
  })
}

/** The certificates of all doses that the answer shows. */
function dosesOf({ body }: Reply): Target[] {
  const { doses } = JSON.parse(String(body)) as { doses: { certificate: Target | null }[] }
  return doses.flatMap(({ certificate }) => certificate ?? [])
}

function resultsOf({ body }: Reply): Target[] {
  if (typeof body !== 'string') return []
  const { results = [] } = JSON.parse(body) as { results?: { previousCertificateId?: string | null }[] }
  return results.map(({ previousCertificateId }) => ({ certificateId: previousCertificateId ?? undefined }))
}

/** Writes a refusal that says somebody tried what is not theirs, with the records it was about. */
export async function writeRefused(
  context: Context,
  endpoint: Endpoint,
  caller: Caller | null,
  request: Request,
  refusal: { code: string | undefined; details: RefusalDetail[]; body: unknown },
): Promise<void> {
  const token = caller ? null : request.headers.get('authorization')
  const { code, details, body } = refusal
  if (code === undefined || caller?.sandbox || !isRecorded(code, caller, token)) return
  const named = caller ? [pathOf(endpoint, request) as Target, ...itemsOf(body, details, code)] : []
  const targets = named.flatMap((one) => clean(one) ?? [])
  await writeRefusal(context, { caller, token }, { code: code as RefusalCode, operation: endpoint.operation, targets })
}

/** The items of an array that were refused for this reason; a handful tells what was tried. */
function itemsOf(body: unknown, details: RefusalDetail[], code: string): Target[] {
  if (!Array.isArray(body)) return []
  const refused = details.filter((detail) => detail.code === code).slice(0, 20)
  return refused.map(({ index }) => ({ code: (body[index] as { preEnrollmentCode?: string })?.preEnrollmentCode }))
}

/** As the database takes it; null when nothing is named. */
function clean(named: Record<string, unknown> & Target): Target | null {
  const certificateId = certificateIdOf(textOf(named.certificateId))
  const transactionId = textOf(named.transactionId)
  const code = textOf(named.code)
  if (certificateId) return { certificateId }
  if (transactionId) return isUuid(transactionId) ? { transactionId } : null
  return code ? { code } : null
}

/** Without the ending of an address that asks for one of its forms. */
function certificateIdOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : splitEnding(text).certificateId
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? value.toWellFormed().replaceAll('\u0000', '').slice(0, 200)
    : undefined
}
