/** A certificate type as a whole: its declaration as text and the files beside it. */
import { createHash } from 'node:crypto'
import { ZodError } from 'zod'
import { declaration } from './declaration'
import type { CertificateType } from './type'

/** File name -> content. */
export type Files = ReadonlyMap<string, Buffer>

export interface TypeDocument {
  /** type.json as it was written: the order of its members is the order of the credential's. */
  text: string
  files: Files
}

export type State = 'draft' | 'published' | 'retired'

/** One version, ready for use. */
export interface TypeVersion {
  type: CertificateType
  files: Files
  /** sha256 (hex) of all of it; the same checksum, the same type. */
  checksum: string
  state: State
  /** What sets its pages: the renderer keeps what it has read under `key`. */
  template: { key: string; files: Files; main: string }
}

/** sha256 (hex) of a document: of the text, then of each file by name, with their lengths. */
export function checksumOf({ text, files }: TypeDocument): string {
  const hash = createHash('sha256')
  const add = (name: string, content: Buffer) => hash.update(`${name}\n${content.length}\n`).update(content)
  add('type.json', Buffer.from(text))
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) add(name, content)
  return hash.digest('hex')
}

/** Reads a document. Throws what zod throws for a declaration that is none, and SyntaxError for no JSON. */
export function openDocument(document: TypeDocument, state: State): TypeVersion {
  const type = declaration.parse(JSON.parse(document.text))
  const checksum = checksumOf(document)
  const { files } = document
  return { type, files, checksum, state, template: { key: checksum, files, main: type.page.template } }
}

/** A context file of a type. Throws an Error where there is none, or no JSON. */
export function contextFile(files: Files, name: string): object {
  const content = files.get(name)
  if (!content) throw new Error(`The certificate type has no file ${name}.`)
  return JSON.parse(content.toString('utf8')) as object
}

/** Why a document cannot be read, as pointers and sentences. Nothing personal is in a type. */
export function wrongIn(error: unknown): string[] {
  if (error instanceof ZodError)
    return error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).slice(0, 20)
  if (error instanceof SyntaxError) return [`type.json is no JSON: ${error.message}`]
  if (error instanceof Error) return [error.message]
  throw error
}
