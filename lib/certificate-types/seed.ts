/** The types that come as files: shipped with the product, or in a folder of the installation's own. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TypeDocument } from './document'

/** Read from disk while the product runs; bundlers must not look for it. */
const SHIPPED = join('lib', 'certificate-types')

/** A file larger than this is not read at all: what a type may hold is far less. */
const LARGEST_FILE = 8 * 1024 * 1024

/** The folders with a type.json below a folder, without it those of the product. Links are not followed. */
export function seedDocuments(folder: string | undefined): TypeDocument[] {
  const root = resolve(/* turbopackIgnore: true */ process.cwd(), folder ?? SHIPPED)
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .filter((path) => lstatSync(path).isDirectory() && readdirSync(path).includes('type.json'))
    .map(documentIn)
}

/** The document in a folder. */
export function documentIn(folder: string): TypeDocument {
  const names = readdirSync(folder).filter((name) => lstatSync(join(folder, name)).isFile())
  const tooLarge = names.find((name) => lstatSync(join(folder, name)).size > LARGEST_FILE)
  if (tooLarge) throw new Error(`${join(folder, tooLarge)} is larger than ${LARGEST_FILE} bytes.`)
  const files = new Map(
    names.filter((name) => name !== 'type.json').map((name) => [name, readFileSync(join(folder, name))]),
  )
  return { text: readFileSync(join(folder, 'type.json'), 'utf8'), files }
}
