/** The life of a certificate type: draft, preview, into force, and back to an earlier version. */
import { checksumOf, type Files, type TypeDocument, type TypeVersion } from '@/lib/certificate-types/document'
import { jsonText } from '@/lib/certificate-types/json-text'
import { typesChanged, issuedVersions } from '@/lib/certificate-types/live'
import {
  deleteDraft,
  documentOf,
  headings,
  insertDraft,
  lockTypes,
  putInForce,
  rewriteDraft,
  tellProcesses,
  writeTypeEvent,
  type Heading,
  type TypeEvent,
} from '@/lib/certificate-types/store'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Paper } from '@/lib/certificates/page'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { drawQr, packCredential, qrValue } from '@/lib/rendering/qr'
import type { CheckAnswer, DraftRequest, TypePreview, VersionHeading, VersionView } from './answers'
import { checkDocument, type Checked } from './check'
import type { Finding } from './finding'
import { samplePage, trialRenderer } from './page'
import { signedSample } from './preview-signing'
import { sampleRecord } from './sample'

/** All versions of all types, drafts included, the newest first. */
export async function listVersions({ db }: Context, name?: string): Promise<{ versions: VersionHeading[] }> {
  const rows = (await headings(db)).filter((row) => name === undefined || row.name === name)
  return { versions: rows.map(headingOf).reverse() }
}

/** One version as it was written. Refusal NOT_FOUND. */
export async function readVersion({ db }: Context, name: string, version: number): Promise<VersionView> {
  const row = (await headings(db)).find((one) => one.name === name && one.version === version)
  const document = row && (await documentOf(db, name, version))
  if (!row || !document) throw notFound()
  return { ...headingOf(row), document: document.text, files: base64(document.files) }
}

/** Checks a document without keeping it. */
export async function check(context: Context, name: string, given: DraftRequest): Promise<CheckAnswer> {
  const { errors, warnings, sizes } = await checked(context, name, documentFrom(given))
  return { errors, warnings, sizes }
}

/**
 * Keeps a document as the next version's draft; it may still be wrong. `first` may refuse, when nobody else can add a version
 * any more. Refusal VALIDATION_ERROR for what is no document.
 */
export async function addDraft(
  context: Context,
  caller: Caller,
  name: string,
  given: DraftRequest,
  first?: (db: Statements) => Promise<void>,
): Promise<VersionHeading> {
  const made = documentFrom(given)
  return writing(context, async (db) => {
    await first?.(db)
    const known = (await headings(db)).filter((row) => row.name === name)
    const version = Math.max(0, ...known.map((row) => row.version)) + 1
    const document = numbered(made, name, version)
    const checksum = checksumOf(document)
    await insertDraft(db, { ...document, name, version, checksum, note: given.note ?? '' }, caller, context.now())
    await note(db, context, caller, 'type.drafted', { name, version, checksum })
    return one(db, name, version)
  })
}

/** Writes a draft anew. Refusals: NOT_FOUND (no draft), STALE_VERSION (it is not the one that was read). */
export async function changeDraft(
  context: Context,
  caller: Caller,
  { name, version }: { name: string; version: number },
  given: DraftRequest,
): Promise<VersionHeading> {
  const document = numbered(documentFrom(given), name, version)
  return writing(context, async (db) => {
    const before = await one(db, name, version)
    if (before.state !== 'draft') throw new Refusal('NOT_FOUND', 'Only a draft can be changed. Make a new one.')
    const checksum = checksumOf(document)
    const made = { ...document, name, version, checksum, note: given.note ?? before.note }
    if (given.checksum === undefined || !(await rewriteDraft(db, made, given.checksum, caller, context.now()))) {
      throw new Refusal('STALE_VERSION', 'Somebody else changed this draft. Read it again.')
    }
    await note(db, context, caller, 'type.changed', { name, version, checksum })
    return one(db, name, version)
  })
}

/** Takes a draft away. Refusal NOT_FOUND. */
export async function dropDraft(
  context: Context,
  caller: Caller,
  name: string,
  version: number,
): Promise<{ deleted: true }> {
  return writing(context, async (db) => {
    if (!(await deleteDraft(db, name, version))) throw notFound()
    await note(db, context, caller, 'type.deleted', { name, version })
    return { deleted: true as const }
  })
}

/**
 * How a version looks, with sample values, signed with the test key and watermarked. Refusals: NOT_FOUND, VALIDATION_ERROR
 * with all errors, STALE_VERSION, SIGNER_UNAVAILABLE.
 */
export async function previewVersion(
  context: Context,
  name: string,
  version: number,
  paper?: Paper,
): Promise<TypePreview> {
  const document = await documentOf(context.db, name, version)
  if (!document) throw notFound()
  const opened = ready(await checked(context, name, document, version))
  const record = sampleRecord(opened.type)
  const credential = await signedSample(context, { name, version, checksum: opened.checksum })
  const qr = drawQr(qrValue(packCredential(credential)))
  const page = await samplePage(context, opened, { paper, qr })
  const [pdf, pictures] = await Promise.all([
    trialRenderer().render(page, opened.template),
    trialRenderer().pictures(page, opened.template),
  ])
  return {
    record,
    credential,
    qr: { value: qr.value, version: qr.version, ecc: qr.ecc, bytes: qr.bytes, printMillimetres: qr.printMillimetres },
    pdf: Buffer.from(pdf).toString('base64'),
    pictures,
  }
}

/**
 * Puts a version into force in all processes: a draft that is right, or an earlier version once more. The same again
 * changes nothing. Refusals: NOT_FOUND, STALE_VERSION, VALIDATION_ERROR with all errors; what is in force stays then.
 */
export async function publish(
  context: Context,
  caller: Caller,
  { name, version }: { name: string; version: number },
  checksum: string,
): Promise<VersionHeading & { warnings: Finding[] }> {
  const document = await documentOf(context.db, name, version)
  if (!document) throw notFound()
  const { warnings } = document.state === 'draft' ? await whenReady(context, name, document, version) : { warnings: [] }
  const heading = await writing(context, async (db) => {
    const now = await one(db, name, version)
    if (now.checksum !== checksum || now.checksum !== document.checksum) {
      throw new Refusal('STALE_VERSION', 'Somebody changed this draft. Look at it again.')
    }
    if (now.state === 'published') return now
    const before = (await headings(db)).find((row) => row.name === name && row.state === 'published')
    await putInForce(db, name, version, caller, context.now())
    const action = now.state === 'draft' ? 'type.published' : 'type.rolled_back'
    await note(db, context, caller, action, { name, version, checksum, before: before?.version ?? null })
    await tellProcesses(db)
    return one(db, name, version)
  })
  typesChanged(context)
  return { ...heading, warnings }
}

async function whenReady(context: Context, name: string, document: TypeDocument, version: number): Promise<Checked> {
  const result = await checked(context, name, document, version)
  ready(result)
  return result
}

function ready({ errors, version }: Checked): TypeVersion {
  if (version) return version
  const details = errors.map(({ path, message }) => ({ index: 0, path, code: 'VALIDATION_ERROR' as const, message }))
  throw new Refusal(
    'VALIDATION_ERROR',
    `The certificate type has ${errors.length} error(s). ${errors[0]?.message ?? ''}`,
    details,
  )
}

/** Checked against what is issued under this name; of drafts only the one that is meant. */
async function checked(context: Context, name: string, document: TypeDocument, version?: number): Promise<Checked> {
  const earlier = (await issuedVersions(context)).filter(({ type }) => type.name !== name || type.version !== version)
  const result = await checkDocument(context, document, earlier)
  if (result.version && result.version.type.name !== name) {
    result.errors.push({ path: '/name', message: `This is the type ${name}; a name is for ever.` })
    result.version = null
  }
  return result
}

/** Name and number are ours to say; everything else stays in the writer's order. */
function numbered({ text, files }: TypeDocument, name: string, version: number): TypeDocument {
  const declared = JSON.parse(text) as Record<string, unknown>
  return { text: `${jsonText({ ...declared, name, version })}\n`, files }
}

function documentFrom({ document, files }: DraftRequest): TypeDocument {
  let value: unknown
  try {
    value = JSON.parse(document)
  } catch {
    value = null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'document is no JSON object.'
    throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '', code: 'VALIDATION_ERROR', message }])
  }
  return {
    text: document,
    files: new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content, 'base64')])),
  }
}

async function writing<T>(context: Context, work: (db: Statements) => Promise<T>): Promise<T> {
  return context.db.$transaction(async (db) => {
    await lockTypes(db)
    return work(db)
  })
}

async function one(db: Statements, name: string, version: number): Promise<VersionHeading> {
  const row = (await headings(db)).find((each) => each.name === name && each.version === version)
  if (!row) throw notFound()
  return headingOf(row)
}

/** A version as it is answered. */
export function headingOf({ createdAt, changedAt, publishedAt, ...row }: Heading): VersionHeading {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt?.toISOString() ?? null,
    publishedAt: publishedAt?.toISOString() ?? null,
  }
}

function base64(files: Files): Record<string, string> {
  return Object.fromEntries([...files].map(([name, content]) => [name, content.toString('base64')]))
}

function note(
  db: Statements,
  context: Context,
  { kind, id, name }: Caller,
  action: TypeEvent['action'],
  detail: Record<string, unknown>,
): Promise<void> {
  return writeTypeEvent(db, { action, actor: { kind, id, name }, detail }, context.now())
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such version of a certificate type.')
}
