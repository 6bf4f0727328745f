/**
 * Context documents as DIVOC 3.0 manages them: kept and given out, never fetched from anywhere. Each belongs to the source
 * system that sent it, whose schemas alone name it; administrators reach all.
 */
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { foreignKeyword, keywordSentence } from '@/lib/type-checks/keywords'
import { isUuid } from '@/lib/uuid'
import { isObject } from './schema-fields'
import { contextText, deleteContext, insertContext, rewriteContext } from './store-contexts'

const PATH = '/vc-management/v1/context'
const LARGEST = 256 * 1024

/** Keeps a document. Its address is what schemas name it by. Refusal: VALIDATION_ERROR. */
export async function addContext(context: Context, caller: Caller, text: string) {
  requireWords(text)
  const id = context.uuid()
  await context.db.$transaction(async (db) => {
    await insertContext(db, { id, document: text, createdById: caller.id, at: context.now() })
    await writeAudit(db, caller, context.now(), { action: 'context.added', detail: { contextId: id } })
  })
  return { message: { result: { ContextURL: { osid: `1-${id}` } } }, url: `${PATH}/${id}` }
}

/**
 * Puts another document in the place of one that the caller sent; types that took words of it keep theirs. Refusals:
 * NOT_FOUND, VALIDATION_ERROR.
 */
export async function changeContext(context: Context, caller: Caller, given: string, text: string) {
  requireWords(text)
  const id = idOf(given)
  await context.db.$transaction(async (db) => {
    const rewritten = { id, document: text, at: context.now() }
    if (!(await rewriteContext(db, rewritten, ownerFor(caller)))) throw notFound()
    await writeAudit(db, caller, context.now(), { action: 'context.changed', detail: { contextId: id } })
  })
  return { message: 'Context is Updated successfully', url: `${PATH}/${id}` }
}

/** Takes one away that the caller sent; types that took words of it keep theirs. Refusal: NOT_FOUND. */
export async function removeContext(context: Context, caller: Caller, given: string) {
  const id = idOf(given)
  await context.db.$transaction(async (db) => {
    if (!(await deleteContext(db, id, ownerFor(caller)))) throw notFound()
    await writeAudit(db, caller, context.now(), { action: 'context.removed', detail: { contextId: id } })
  })
  return { message: 'Context is Deleted successfully' }
}

/** One document, for anybody. Refusal: NOT_FOUND. */
export async function oneContext(context: Pick<Context, 'db'>, given: string): Promise<Record<string, unknown>> {
  return documentOf(context, given, null)
}

/**
 * The document that an address names, when it is one of those kept here; null = it is somewhere else. Refusal: NOT_FOUND, also
 * for one that somebody else sent, who could give it another meaning.
 */
export async function contextAt(
  context: Context,
  caller: Caller,
  address: string,
): Promise<Record<string, unknown> | null> {
  const id = /\/vc-management\/v1\/context\/(?:1-)?([0-9a-f-]{36})$/i.exec(address)?.[1]
  return id === undefined ? null : documentOf(context, id, ownerFor(caller))
}

async function documentOf({ db }: Pick<Context, 'db'>, given: string, owner: string | null) {
  const text = await contextText(db, idOf(given), owner)
  if (text === null) throw notFound()
  return readDocument(text)
}

/** Whose documents the caller deals with; null = all. */
function ownerFor(caller: Caller): string | null {
  return has(caller, 'administrator') ? null : caller.id
}

/** DIVOC's registry numbers things "1-<uuid>", and its services leave that out or not. */
function idOf(given: string): string {
  const id = given.replace(/^1-/, '')
  if (!isUuid(id)) throw notFound()
  return id
}

/** What no type could have in its context is not kept for any. */
function requireWords(text: string): void {
  const keyword = foreignKeyword(readDocument(text), {})
  if (keyword !== null) throw wrong(keywordSentence(keyword))
}

function readDocument(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = text.length > LARGEST || text.includes('\u0000') ? null : JSON.parse(text)
  } catch {
    value = null
  }
  const words = isObject(value) ? value['@context'] : undefined
  if (isObject(words)) return value as Record<string, unknown>
  throw wrong(`This is no context: a JSON object of at most ${LARGEST / 1024} KB whose @context is an object.`)
}

function wrong(message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '', code: 'VALIDATION_ERROR', message }])
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such context.')
}
