/** The types that come as files: shipped with the product, and in a folder of the installation's own. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import type { TypeDocument } from './document'
import { withStandardPage } from './standard-page'

/** Read from disk while the product runs; bundlers must not look for it. */
const SHIPPED = join('lib', 'certificate-types')

/** A file larger than this is not read at all: what a type may hold is far less. */
const LARGEST_FILE = 8 * 1024 * 1024

/** What is found in a folder that should hold a type: its document, or what is in the way of reading it. */
export type Found = { folder: string } & ({ document: TypeDocument } | { wrong: UnreadableFile })

/** A file of a type that is not read; `path` as in a finding: "/files/logo.png", or "" for type.json and the folder. */
export class UnreadableFile extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message)
  }
}

/** The types that are shipped. */
export function shippedTypes(): Found[] {
  return typesIn(SHIPPED)
}

/** The types in the folders below a folder: those with a type.json. */
export function typesIn(folder: string): Found[] {
  const root = resolve(/* turbopackIgnore: true */ process.cwd(), folder)
  try {
    return readdirSync(root)
      .sort()
      .map((name) => join(root, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
      .filter((path) => readdirSync(path).includes('type.json'))
      .map(found)
  } catch (error) {
    return [{ folder: root, wrong: new UnreadableFile('', `This folder cannot be read (${codeOf(error)}).`) }]
  }
}

function found(folder: string): Found {
  try {
    if (lstatSync(folder).isSymbolicLink()) throw new UnreadableFile('', 'This folder is a link: it is not followed.')
    return { folder: basename(folder), document: documentIn(folder) }
  } catch (error) {
    if (error instanceof UnreadableFile) return { folder: basename(folder), wrong: error }
    throw error
  }
}

/** The document in a folder. A link counts as the file that it leads to, where that is in the same folder. Throws an UnreadableFile. */
export function documentIn(folder: string): TypeDocument {
  const files = new Map<string, Buffer>()
  for (const name of namesIn(folder)) {
    const content = read(folder, name)
    if (content) files.set(name, content)
  }
  const text = files.get('type.json')?.toString('utf8')
  if (text === undefined) throw new UnreadableFile('', `There is no type.json in ${folder}.`)
  files.delete('type.json')
  return withStandardPage({ text, files })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw new UnreadableFile('', `The folder ${folder} cannot be read (${codeOf(error)}).`)
  }
}

/** Null for folders: mounted configuration keeps its files in one and has links beside it. */
function read(folder: string, name: string): Buffer | null {
  const [place, pointer] = [join(folder, name), name === 'type.json' ? '' : `/files/${name}`]
  try {
    const isLink = lstatSync(place).isSymbolicLink()
    if (isLink && !realpathSync(place).startsWith(realpathSync(folder) + sep)) {
      throw new UnreadableFile(
        pointer,
        `${name} is a link that leads out of the folder of the type: it is not followed.`,
      )
    }
    const file = statSync(place)
    if (!file.isFile()) return null
    if (file.size > LARGEST_FILE) {
      throw new UnreadableFile(pointer, `${name} has ${file.size.toLocaleString('en')} bytes: it is far too large.`)
    }
    return readFileSync(place)
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile(pointer, `${name} cannot be read (${codeOf(error)}).`)
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown'
}
