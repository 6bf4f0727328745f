/** The files of a type: how many, how large, of which kinds, and those that the declaration names. Pure. */
import type { TypeDocument, TypeVersion } from '@/lib/certificate-types/document'
import { LARGEST_FILE } from './answers'
import type { Findings } from './finding'

const MOST_FILES = 30
/** Base64 of this fits into one request. */
const LARGEST_TOGETHER = 700 * 1024
const LONGEST_DECLARATION = 500 * 1024
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const KINDS = /\.(json|typ|svg|png)$/
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Sizes and kinds. */
export function checkFiles({ text, files }: TypeDocument, found: Findings): void {
  if (Buffer.byteLength(text) > LONGEST_DECLARATION)
    found.error('', `type.json is larger than ${kilobytes(LONGEST_DECLARATION)}.`)
  if (files.size > MOST_FILES) found.error('/files', `There are ${files.size} files; at most ${MOST_FILES} are taken.`)
  let together = 0
  for (const [name, content] of files) {
    together += content.length
    const here = ['files', name]
    if (!NAME.test(name)) found.error(here, 'The name of a file is letters, digits, ".", "_" and "-".')
    else if (!KINDS.test(name)) found.error(here, 'Only .json, .typ, .svg and .png files are taken.')
    if (content.length > LARGEST_FILE) {
      found.error(here, `This file has ${kilobytes(content.length)}; at most ${kilobytes(LARGEST_FILE)} are taken.`)
    } else if (name.endsWith('.png') && !content.subarray(0, 8).equals(PNG))
      found.error(here, 'This is no PNG picture.')
    else if (name.endsWith('.svg') && !content.toString('utf8').includes('<svg'))
      found.error(here, 'This is no SVG picture.')
  }
  if (together > LARGEST_TOGETHER)
    found.error(
      '/files',
      `The files have ${kilobytes(together)} together; at most ${kilobytes(LARGEST_TOGETHER)} are taken.`,
    )
}

type Reference = [path: string[], name: string, kind: RegExp]

function optional(path: string[], name: string | undefined, kind: RegExp): Reference[] {
  return name === undefined ? [] : [[path, name, kind]]
}

/** The files that the declaration names. */
export function checkReferences({ type, files }: TypeVersion, found: Findings): void {
  const named: Reference[] = [
    [['forms', 'certifyV3', 'context'], type.forms.certifyV3.context, /\.json$/],
    ...optional(['forms', 'certifyV2', 'context'], type.forms.certifyV2?.context, /\.json$/),
    ...optional(['vocabulary', 'context'], type.vocabulary?.context, /\.json$/),
    [['page', 'template'], type.page.template, /\.typ$/],
    ...optional(['page', 'logo'], type.page.logo, /\.(svg|png)$/),
  ]
  for (const [path, name, kind] of named) {
    if (!files.has(name)) found.error(path, `There is no file ${name}.`)
    else if (!kind.test(name)) found.error(path, `${name} is a file of another kind.`)
  }
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en')} KB`
}
