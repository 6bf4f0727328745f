/** Bundles a TypeScript entry so that a test can run it as a process of its own (Node 20 runs no TypeScript). */
import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { bundleEntry, root } from '../start/bundle.mjs'

/**
 * Absolute path of a fresh .mjs below .build/test. `entry` is relative to the repository root or absolute.
 * Packages stay outside, as in the product's own bundles.
 */
export async function bundle(entry: string): Promise<string> {
  const name = basename(entry).replace(/\.[a-z]+$/, '')
  const outfile = join(root, '.build', 'test', `${name}-${randomBytes(4).toString('hex')}.mjs`)
  await bundleEntry(entry, outfile)
  return outfile
}
