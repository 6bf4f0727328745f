/** What lib/start/public-pages.mjs has built: the program that draws the pages, and the files that browsers load for them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { config } from '@/lib/config'
import type * as Drawing from '@/components/public-pages/document'

/** Where browsers find the files. Their names change with their content. */
export const PARTS = '/parts/'

interface Built {
  /** File name of the program. */
  drawing: string
  scripts: Record<Drawing.PageName, string[]>
  styles: string[]
  /** Those that every page needs at once. */
  fonts: string[]
  /** Names of all files for browsers. */
  parts: string[]
}

let read: Promise<Built> | undefined

/** What was built; while developing it may be built anew at any time. */
export function built(): Promise<Built> {
  if (config().development || !read) read = readFile(inFolder('built.json'), 'utf8').then(JSON.parse)
  return read
}

/** The program that draws. It has a React of its own: Next's is another one here, without what draws. */
export async function drawing(): Promise<typeof Drawing> {
  const file = pathToFileURL(inFolder((await built()).drawing)).href
  return import(/* turbopackIgnore: true */ file)
}

/** The content of a file for browsers; null for a name that is none of theirs. */
export async function part(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await built()).parts.includes(name) ? readFile(inFolder('parts', name)) : null
}

function inFolder(...path: string[]): string {
  const name = config().development ? 'public-pages-development' : 'public-pages'
  return join(/* turbopackIgnore: true */ process.cwd(), '.build', name, ...path)
}
