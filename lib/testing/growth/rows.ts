/** One batch of a generated registry as rows of tables: what accepting, issuing and everyday use would have left behind. */
import { contentHash } from '@/lib/certificates/content'
import { changesBetween } from '@/lib/certificates/diff'
import type { Place } from '@/lib/certificates/store-places'
import { textArray, type Value } from './copy'
import { drawsFrom, type Draws } from './draws'
import { facilityCode, personOf, type Event, type Version } from './registry'
import { signedTexts, unsignedTexts, type Maker, type Texts } from './texts'

/** Lineages of a batch, about: people come with all their doses. */
const LINEAGES = 2000

/** Every so many lineages carry true signatures. */
const SIGNED_EVERY = 50

const DAY_MS = 86_400_000
const OUTBOX_DAYS = 7

/** Columns of the tables, in the order of the rows' values. */
export const COLUMNS = {
  lineage: 'id type pre_enrollment_code dose open facility_code head_revision head_certificate_id created_at',
  transaction:
    'id lineage_id sequence kind state certificate_id request type_version form content_hash reason channel caller_kind caller_id caller_name attempts next_attempt_at accepted_at finished_at failure_code failure_message vouched_birth',
  certificate:
    'certificate_id lineage_id revision predecessor_id transaction_id credential credential_hash state changes checks issued_at credential2 status_list_id status_index signed_by',
  status_entry: 'certificate_id state successor_id reason actor_kind actor_id actor_name at',
  change_request:
    'id lineage_id certificate_id item form content_hash reasons reason state channel requested_by_kind requested_by_id requested_by_name requested_at decided_by_id decided_by_name decided_at transaction_id changed_at',
  print_run: 'lineage_id certificate_id kind paper copies actor_kind actor_id actor_name at',
  holder_link: 'id token_hash lineage_id certificate_id actor_kind actor_id actor_name created_at expires_at',
  holder_report:
    'id reference link_id lineage_id certificate_id kind fields state created_at closed_at closed_by_name answer',
  outbox: 'event_id topic key headers payload created_at published_at',
  idempotency_key: 'caller_id method path key body_hash answer created_at',
  audit_event: 'at action actor_kind actor_id actor_name lineage_id certificate_id detail',
} as const

export type Table = keyof typeof COLUMNS
export type Rows = Record<Table, Value[][]>

/** Those who do things in the registry. */
export interface People {
  /** Ids of source systems, and of one operator per facility. */
  clients: readonly string[]
  operators: readonly string[]
}

export interface Batch {
  n: number
  seed: number
  /** The day that the batch is about. */
  from: Date
  now: Date
  /** How many certificates those before it have. */
  before: number
}

interface Actor {
  kind: string
  id: string
  name: string
}

/** `places` gives away places in the status lists. */
export async function rowsOf(
  batch: Batch,
  maker: Maker,
  people: People,
  places: (n: number) => Promise<Place[]>,
): Promise<{ rows: Rows; certificates: number }> {
  const draws = drawsFrom(batch.seed * 1_000_003 + batch.n)
  const events: Event[] = []
  for (let person = 0; events.length < LINEAGES; person++)
    events.push(...personOf(draws, codeOf(batch.n, person), batch.from, batch.now))
  const certificates = events.reduce((sum, { versions }) => sum + versions.length, 0)
  const given = await places(certificates)
  const writing: Writing = {
    batch,
    maker,
    people,
    draws,
    rows: emptyRows(),
    next: batch.before,
    places: given,
    like: null,
  }
  for (const [index, event] of events.entries()) await writeEvent(writing, event, index % SIGNED_EVERY === 0)
  return { rows: writing.rows, certificates }
}

/** As codes look: a campaign's letters and a number. */
export function codeOf(batch: number, person: number): string {
  return `GRW${String(batch).padStart(5, '0')}${String(person).padStart(4, '0')}`
}

/** The n-th certificate's number: twelve digits, none twice, in no order. */
export function certificateIdOf(n: number): string {
  return String(100_000_000_000n + ((BigInt(n) * 618_033_988_747n) % 900_000_000_000n))
}

function emptyRows(): Rows {
  return Object.fromEntries(Object.keys(COLUMNS).map((table) => [table, [] as Value[][]])) as Rows
}

interface Writing {
  batch: Batch
  maker: Maker
  people: People
  draws: Draws
  rows: Rows
  /** Number of the next certificate. */
  next: number
  places: Place[]
  /** A signed one, as the pattern of those that are not. */
  like: Texts | null
}

async function writeEvent(writing: Writing, event: Event, signed: boolean): Promise<void> {
  const { rows, draws, maker, people, batch } = writing
  const lineageId = draws.uuid()
  const client: Actor = { kind: 'client', id: people.clients[event.client]!, name: `Source system ${event.client}` }
  const operator: Actor = {
    kind: 'operator',
    id: people.operators[event.facility]!,
    name: `Operator ${event.facility}`,
  }
  let head: string | null = null
  for (const [revision, version] of event.versions.entries()) {
    const by: Actor = version.onScreen ? operator : client
    const certificateId = certificateIdOf(writing.next++)
    const last = revision === event.versions.length - 1
    const state: string = last ? (event.end?.state ?? 'current') : 'superseded'
    const before = event.versions[revision - 1]
    const given = { writing, lineageId, certificateId, predecessor: head, revision, version, before, by, state, signed }
    await writeVersion(given)
    const reason = event.end && { cause: 'other', note: '' }
    if (last && event.end)
      rows.status_entry.push([certificateId, event.end.state, null, reason, by.kind, by.id, by.name, event.end.at])
    head = certificateId
  }
  const first = event.versions[0]!
  const revision = event.versions.length - 1
  const open = event.end?.state !== 'revoked'
  rows.lineage.push([
    ...[lineageId, maker.type.name, event.code, event.dose, open, facilityCode(event.facility)],
    ...[revision, head, first.acceptedAt],
  ])
  if (event.failedAt) {
    const { id, failed } = failedOf(writing, event, event.failedAt)
    rows.transaction.push(transactionRow({ id, lineageId, sequence: revision + 1, ...failed }, client, maker))
  }
  everydayUse(writing, lineageId, head!, operator, event.versions.at(-1)!.acceptedAt, batch.now)
}

function failedOf({ draws, next, batch }: Writing, event: Event, at: Date) {
  const { record } = event.versions.at(-1)!
  const certificateId = `9${certificateIdOf(next)}${batch.n}`
  return {
    id: draws.uuid(),
    failed: {
      version: { record, acceptedAt: at, onScreen: false },
      certificateId,
      finishedAt: at,
      state: 'failed' as const,
    },
  }
}

interface GivenVersion {
  writing: Writing
  lineageId: string
  certificateId: string
  predecessor: string | null
  revision: number
  version: Version
  before: Version | undefined
  by: Actor
  state: string
  signed: boolean
}

async function writeVersion(given: GivenVersion): Promise<void> {
  const { writing, lineageId, certificateId, predecessor, revision, version, before, by, state, signed } = given
  const { rows, draws, maker, batch } = writing
  const id = draws.uuid()
  const issuedAt = new Date(version.acceptedAt.getTime() + 400)
  const place = writing.places.pop()!
  const facts = { record: version.record, certificateId, issuedAt, place }
  const isSigned = signed || writing.like === null
  const texts = isSigned ? await signedTexts(maker, facts) : unsignedTexts(maker, facts, draws, writing.like!)
  if (isSigned) writing.like = texts
  const finished = { version, certificateId, finishedAt: issuedAt, state: 'issued' as const }
  rows.transaction.push(transactionRow({ id, lineageId, sequence: revision, ...finished }, by, maker))
  rows.certificate.push([
    ...[certificateId, lineageId, revision, predecessor, id, texts.credential, texts.credentialHash, state],
    ...[before ? changesBetween(before.record, version.record, maker.type) : [], texts.checks, issuedAt],
    ...[texts.credential2, place.listId, place.index, textArray(texts.signedBy)],
  ])
  const kind = revision === 0 ? 'certify' : 'update'
  if (predecessor)
    rows.status_entry.push([
      predecessor,
      'superseded',
      certificateId,
      reasonOf(version),
      by.kind,
      by.id,
      by.name,
      issuedAt,
    ])
  const who = [by.kind, by.id, by.name, lineageId, certificateId]
  rows.audit_event.push([version.acceptedAt, `${kind}.accepted`, ...who, { transactionId: id }])
  rows.audit_event.push([issuedAt, `${kind}.issued`, ...who, { transactionId: id, previousCertificateId: predecessor }])
  if (version.onScreen && draws.happens(0.05)) approved(given, id)
  if (batch.now.getTime() - issuedAt.getTime() < OUTBOX_DAYS * DAY_MS) published(given, id, texts, issuedAt)
  if (batch.now.getTime() - issuedAt.getTime() < DAY_MS)
    rows.idempotency_key.push([by.id, 'POST', '/v3/certify', id, texts.credentialHash, { results: [] }, issuedAt])
}

function transactionRow(
  given: {
    id: string
    lineageId: string
    sequence: number
    version: Version
    certificateId: string
    finishedAt: Date
    state: 'issued' | 'failed'
  },
  by: Actor,
  { type }: Maker,
): Value[] {
  const { id, lineageId, sequence, version, certificateId, finishedAt, state } = given
  const { record, acceptedAt, onScreen } = version
  const failure =
    state === 'failed' ? ['UNREADABLE_QR', 'The QR code could not be read back from its picture.'] : [null, null]
  return [
    ...[id, lineageId, sequence, sequence === 0 ? 'certify' : 'update', state, certificateId, record],
    ...[type.version, 'certifyV3', contentHash(record, type), reasonOf(version), onScreen ? 'screen' : 'api'],
    ...[by.kind, by.id, by.name, 1, acceptedAt, acceptedAt, finishedAt, ...failure, sequence === 0],
  ]
}

function reasonOf({ onScreen }: Version) {
  return onScreen ? { requestedBy: 'holder', cause: 'our typing error' } : null
}

/** A second person was asked for this correction. */
function approved({ writing, lineageId, predecessor, version, by }: GivenVersion, transactionId: string): void {
  const { rows, draws, maker } = writing
  const { record, acceptedAt } = version
  const asked = new Date(acceptedAt.getTime() - 3_600_000)
  rows.change_request.push([
    ...[draws.uuid(), lineageId, predecessor, record, 'certifyV3', contentHash(record, maker.type)],
    ...[textArray(['name']), reasonOf(version), 'accepted', 'screen', by.kind, by.id, by.name, asked],
    ...[transactionId, 'Supervisor', acceptedAt, transactionId, acceptedAt],
  ])
}

/** What other systems were told in the last days, before it is pruned. */
function published({ writing, lineageId, version }: GivenVersion, transactionId: string, texts: Texts, at: Date): void {
  const { rows, draws } = writing
  const { record } = version
  const headers = { 'errata-transaction': transactionId }
  const row = (topic: string, payload: object) =>
    rows.outbox.push([draws.uuid(), topic, lineageId, topic === 'certify' ? headers : {}, payload, at, at])
  row('certify', record)
  row('certified', { ...record, certificate: texts.credential })
  row('proc_status', { preEnrollmentCode: record.preEnrollmentCode, status: 'SUCCESS' })
  row('notify', { contact: record.recipient.contact, preEnrollmentCode: record.preEnrollmentCode })
}

/** Looked at, printed, given to its holder, who finds it wrong now and then. */
function everydayUse({ rows, draws }: Writing, lineageId: string, id: string, by: Actor, since: Date, now: Date): void {
  const at = new Date(Math.min(since.getTime() + 3_600_000, now.getTime()))
  const who = [by.kind, by.id, by.name]
  rows.audit_event.push([at, 'record.read', ...who, lineageId, id, { form: 'json' }])
  if (draws.happens(0.25)) rows.print_run.push([lineageId, id, 'page', 'a4', 1, ...who, at])
  if (!draws.happens(0.03)) return
  const linkId = draws.uuid()
  const expires = new Date(at.getTime() + 30 * DAY_MS)
  rows.holder_link.push([linkId, draws.uuid(), lineageId, id, ...who, at, expires])
  if (!draws.happens(0.05)) return
  const isOpen = now.getTime() - at.getTime() < 5 * DAY_MS
  const closed = isOpen ? [null, null, null] : [at, by.name, 'As in your papers.']
  const fields = [{ path: 'recipient.name', right: 'Sara' }]
  const reference = draws.uuid().slice(0, 18)
  rows.holder_report.push([
    draws.uuid(),
    reference,
    linkId,
    lineageId,
    id,
    'wrong',
    fields,
    isOpen ? 'open' : 'closed',
    at,
    ...closed,
  ])
}
