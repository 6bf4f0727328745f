/** The page that types have which come as files and bring none of their own. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TypeDocument } from './document'

/** It sets whatever the sections of a type hold, and reads the logo where neither type nor installation has one. */
const PAGE = ['certificate.typ', 'logo.svg']
const PLACE = join('lib', 'certificate-types', 'VaccinationCertificate')

/** The document with a copy of the page, where it names certificate.typ and has no such file: from then on it is its own. */
export function withStandardPage({ text, files }: TypeDocument): TypeDocument {
  if (files.has('certificate.typ') || !/"template"\s*:\s*"certificate\.typ"/.test(text)) return { text, files }
  const root = resolve(/* turbopackIgnore: true */ process.cwd(), PLACE)
  const missing = PAGE.filter((name) => !files.has(name))
  return { text, files: new Map([...files, ...missing.map((name) => [name, readFileSync(join(root, name))] as const)]) }
}
