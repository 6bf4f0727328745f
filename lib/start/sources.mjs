/** A fingerprint of the sources: what was built from the same content need not be built again. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bundle.mjs'

const PARTS = [
  ...['app', 'components', 'lib', 'prisma', 'proxy.ts', 'instrumentation.ts', 'next.config.js', 'tsconfig.json'],
  ...['.postcssrc.json', 'package-lock.json', '.config/prisma.config.ts'],
]
/** Read by nobody at run time: changing them needs no build. */
const NOT_BUILT =
  /(\.(test|bench)\.tsx?$)|^lib\/(generated|testing|embedded)\b|^lib\/start\/(?!(public-pages|compile-hints|packed-files)\.mjs$)|^lib\/(start|migrate)\.mjs$/

/**
 * sha256 over names and contents of everything that is built, and the version of Node.
 */
export function sourcesFingerprint() {
  const hash = createHash('sha256').update(process.version)
  for (const path of PARTS.flatMap(filesBelow).sort()) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function filesBelow(path) {
  const full = join(root, path)
  if (NOT_BUILT.test(path) || !existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full).flatMap((name) => filesBelow(`${path}/${name}`))
}
