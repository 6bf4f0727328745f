/** How much JavaScript a page brings along: what its HTML asks for at once, as a browser of today takes it. */
import { gzipSync } from 'node:zlib'
import type { APIRequestContext } from '@playwright/test'

/** Gzipped kilobytes of all scripts that the HTML at this address names; those for old browsers alone are left out. */
export async function scriptSize(request: APIRequestContext, path: string): Promise<number> {
  const html = await (await request.get(path)).text()
  const tags = html.match(/<script\b[^>]*>/g) ?? []
  const sources = tags.flatMap((tag) => (/\bnomodule\b/i.test(tag) ? [] : (/\bsrc="([^"]+)"/.exec(tag)?.[1] ?? [])))
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => gzipSync(await (await request.get(source)).body()).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}
