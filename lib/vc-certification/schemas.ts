/** Schemas as DIVOC 3.0 manages them: drafts and versions of certificate types, checked and published as all types are. */
import { contextFile, type TypeVersion } from '@/lib/certificate-types/document'
import { issuedVersions, publishedTypes, typeNamed } from '@/lib/certificate-types/live'
import { makersOf } from '@/lib/certificate-types/store'
import { fieldsOf } from '@/lib/certificate-types/type'
import { withStandardPage } from '@/lib/certificate-types/standard-page'
import { together } from '@/lib/certificate-types/words-of'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import type { DraftRequest } from '@/lib/type-checks/answers'
import { addDraft, check, listVersions, previewVersion, publish, readVersion } from '@/lib/type-checks/lifecycle'
import { contextAt } from './contexts'
import { decidesAlone, requireOwnType } from './own-type'
import { schemaTextOf } from './schema-of-type'
import { contextsOf, typeFromSchema, typeNameOf, type SchemaRequest } from './schema-type'

export type SchemaStatus = 'DRAFT' | 'PUBLISHED'

/** All types in force as schemas. */
export async function listSchemas(context: Context) {
  return { schemas: (await publishedTypes(context)).map(viewOf) }
}

/** One, by the number or name that it was made under. Refusal NOT_FOUND. */
export async function oneSchema(context: Context, id: string) {
  return { schemas: [viewOf(await found(context, id))] }
}

/**
 * Makes a type of a schema. DRAFT keeps it for administrators to look at, and so does whatever a client sends that tries
 * things out; PUBLISHED puts it into force when nothing is wrong with it, else nothing is kept. Refusals: NAME_TAKEN, VALIDATION_ERROR with every reason.
 */
export async function createSchema(
  context: Context,
  caller: Caller,
  { status, ...request }: SchemaRequest & { status: SchemaStatus },
) {
  const name = typeNameOf(request.name)
  const requireFree = async (db: Statements) => {
    if ((await makersOf(db, name)).length === 0) return
    throw new Refusal('NAME_TAKEN', `There is a certificate type ${name} already. Change it with PUT.`)
  }
  await requireFree(context.db)
  const made = await kept(context, caller, request, null, status, requireFree)
  return {
    message: 'Successfully created Schema',
    schemaAddResponse: { result: { Schema: { osid: made.osid } } },
    ...made,
  }
}

/**
 * The next version of it, with the page that it has; only of what this caller's schemas made. Refusals: NOT_FOUND, NOT_ALLOWED,
 * VALIDATION_ERROR.
 */
export async function updateSchema(
  context: Context,
  caller: Caller,
  id: string,
  { schema, status }: { schema: string; status: SchemaStatus },
) {
  const before = await found(context, id)
  const requireOwn = (db: Statements) => requireOwnType(db, caller, before.type.name)
  await requireOwn(context.db)
  const [alias] = before.type.aliases
  const request = { name: alias ?? before.type.name, schema }
  const made = await kept(context, caller, request, before, status, requireOwn)
  return {
    message: 'Successfully updated Schema',
    schemaUpdateResponse: { result: { Schema: { osid: made.osid } } },
    ...made,
  }
}

/**
 * The next version of it, with another page: a template in Typst. Refusals: NOT_FOUND, NOT_ALLOWED, VALIDATION_ERROR (HTML,
 * what is wrong).
 */
export async function updateTemplate(
  context: Context,
  caller: Caller,
  id: string,
  { template, status }: { template: string; status: SchemaStatus },
) {
  const { type } = await found(context, id)
  const requireOwn = (db: Statements) => requireOwnType(db, caller, type.name)
  await requireOwn(context.db)
  if (/<\s*(!doctype|html|body|div|svg|table|style)\b|\{\{/i.test(template)) {
    const message =
      'HTML and Handlebars are not run here. Send a template in Typst: take the one of GET /v3/types/{name}/versions/{version} (files, certificate.typ) and change it, or do so on the page of the type.'
    throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/template', code: 'VALIDATION_ERROR', message }])
  }
  const { document, files } = await readVersion(context, type.name, type.version)
  const given = {
    document,
    files: { ...files, [type.page.template]: base64(template) },
    note: 'Another page, over /vc-management.',
  }
  const made = await keptAs(context, caller, type.name, given, status, requireOwn)
  return {
    message: 'Successfully updated Schema',
    templateUpdateResponse: { result: { Schema: { osid: made.osid } } },
    ...made,
  }
}

/** A page with sample values, signed with the test key and watermarked: of the draft, or else of what is in force. Refusal NOT_FOUND. */
export async function previewSchema(context: Context, id: string): Promise<Buffer> {
  const name = typeNameOf(id.replace(/^1-/, ''))
  const { versions } = await listVersions(context, name)
  const newest = versions.find(({ state }) => state === 'draft') ?? versions.find(({ state }) => state === 'published')
  if (!newest) throw notFound()
  const { pdf } = await previewVersion(context, name, newest.version)
  return Buffer.from(pdf, 'base64')
}

async function kept(
  context: Context,
  caller: Caller,
  request: SchemaRequest,
  before: TypeVersion | null,
  status: SchemaStatus,
  first: (db: Statements) => Promise<void>,
) {
  const contexts = await Promise.all(contextsOf(request).map((address) => pinned(context, caller, address)))
  if (contexts.length === 0) {
    throw wrong(
      '/schema/_osConfig/credentialTemplate/@context',
      'context is not available: send one to POST /vc-management/v1/context and name its url.',
    )
  }
  const versions = await issuedVersions(context)
  const { name, document, files, notes } = typeFromSchema(
    request,
    contexts,
    knownWords(versions),
    hiddenIn(versions, request),
  )
  const page = [...(before?.files ?? [])].filter(([file]) => /\.(typ|svg|png)$/.test(file))
  const whole = withStandardPage({
    text: document,
    files: new Map([...Object.entries(files).map(([file, text]) => [file, Buffer.from(text)] as const), ...page]),
  })
  const given = {
    document: whole.text,
    files: Object.fromEntries([...whole.files].map(([file, content]) => [file, content.toString('base64')])),
    note: 'A schema, over /vc-management.',
  }
  return { ...(await keptAs(context, caller, name, given, status, first)), notes }
}

/** What is to be published is looked at before anything is kept. */
async function keptAs(
  context: Context,
  caller: Caller,
  name: string,
  given: DraftRequest,
  asked: SchemaStatus,
  first: (db: Statements) => Promise<void>,
) {
  const isPublished = asked === 'PUBLISHED' && (await decidesAlone(context.db, caller, name))
  const status: SchemaStatus = isPublished ? 'PUBLISHED' : 'DRAFT'
  if (status === 'PUBLISHED') {
    const { errors } = await check(context, name, given)
    const details = errors.map(({ path, message }) => ({ index: 0, path, code: 'VALIDATION_ERROR' as const, message }))
    if (details.length > 0) {
      throw new Refusal(
        'VALIDATION_ERROR',
        `The certificate type that it would be is wrong: ${details[0]!.message}`,
        details,
      )
    }
  }
  const { version, checksum } = await addDraft(context, caller, name, given, first)
  if (status === 'PUBLISHED') await publish(context, caller, { name, version }, checksum)
  return { osid: `1-${name}`, version, status }
}

async function pinned(context: Context, caller: Caller, address: string): Promise<Record<string, unknown>> {
  const document = await contextAt(context, caller, address)
  if (document) return document
  throw wrong(
    '/schema/_osConfig/credentialTemplate/@context',
    `${address.slice(0, 200)} is not fetched. Send the document to POST /vc-management/v1/context and name the url of its answer.`,
  )
}

/** What the words of the vocabulary mean so far, those of vaccination certificates first. */
function knownWords(versions: TypeVersion[]): Record<string, unknown> {
  const documents = versions.map(({ type, files }) => contextFile(files, type.forms.certifyV3.context))
  return documents.reduce((all, one) => together(all, one) as object, {}) as Record<string, unknown>
}

/** What any version of the type hid. */
function hiddenIn(versions: TypeVersion[], { name }: SchemaRequest): Set<string> {
  const own = versions.filter(({ type }) => type.name === typeNameOf(name))
  return new Set(own.flatMap(({ type }) => fieldsOf(type).flatMap(({ path, masked }) => (masked ? path : []))))
}

function viewOf(version: TypeVersion) {
  const { type } = version
  return {
    osid: `1-${type.name}`,
    name: type.aliases[0] ?? type.name,
    version: type.version,
    status: 'PUBLISHED' as const,
    schema: schemaTextOf(version),
  }
}

async function found(context: Context, id: string): Promise<TypeVersion> {
  try {
    return await typeNamed(context, id.replace(/^1-/, ''))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'SCHEMA_NOT_FOUND') throw notFound()
    throw error
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

function wrong(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path, code: 'VALIDATION_ERROR', message }])
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such schema.')
}
