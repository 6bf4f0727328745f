/** How much JavaScript a page brings along: what its HTML asks for at once, as a browser of today takes it. */
import { gzipSync } from 'node:zlib'
import type { APIRequestContext } from '@playwright/test'

/** Gzipped kilobytes of all scripts that the HTML at this address names, to run or as what those cannot run without. */
export async function scriptSize(request: APIRequestContext, path: string): Promise<number> {
  const got = async (address: string) => {
    const answer = await request.get(address)
    if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`)
    return answer.body()
  }
  const html = (await got(path)).toString()
  const tags = html.match(/<script\b[^>]*>|<link rel="modulepreload"[^>]*>/g) ?? []
  const sources = tags.flatMap((tag) => /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? [])
  const sizes = await Promise.all([...new Set(sources)].map(async (source) => gzipSync(await got(source)).length))
  const sum = sizes.reduce((total, size) => total + size, 0) / 1024
  if (sum < 60) throw new Error(`${path} brings ${sum} KB of JavaScript: React alone is more`)
  return sum
}
