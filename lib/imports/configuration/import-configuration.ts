/** Takes over the configuration of a DIVOC deployment: a draft that an administrator looks at and publishes. */
import { isDeepStrictEqual } from 'node:util'
import type { TypeDocument } from '@/lib/certificate-types/document'
import { issuedVersions, publishedVersion } from '@/lib/certificate-types/live'
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { documentOf, headings } from '@/lib/certificate-types/store'
import { provenCaller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { checkDocument } from '@/lib/type-checks/check'
import type { Finding } from '@/lib/type-checks/finding'
import { addDraft } from '@/lib/type-checks/lifecycle'
import { compileConfiguration } from './compile'
import type { Note } from './notes'
import type { Configuration } from './read'

export interface ConfigurationReport {
  notes: Note[]
  /** The version that says so, null where the present one says so already and nothing was kept (a dry run, too). */
  version: { name: string; number: number; isNew: boolean } | null
  /** Of the draft as a type: it can be published without errors alone. */
  errors: Finding[]
  warnings: Finding[]
}

const IMPORT = provenCaller({
  kind: 'system',
  id: 'import:divoc',
  name: 'Import from DIVOC',
  facilityCode: null,
  facilities: null,
  programs: null,
  batch: 'all',
  channel: 'api',
  roles: [],
  sandbox: false,
})

/** Compiles, checks, and keeps what differs from the type in force as a draft, once. */
export async function importConfiguration(
  context: Context,
  configuration: Configuration,
  { dryRun = false } = {},
): Promise<ConfigurationReport> {
  const name = VACCINATION_TYPE
  const { type } = await publishedVersion(context, name)
  const present = (await documentOf(context.db, name, type.version))!
  const { document, notes } = compileConfiguration(configuration, present)
  if (isSame(document, present)) return { notes, version: null, errors: [], warnings: [] }
  const earlier = (await issuedVersions(context)).filter((one) => one.type.name !== name || one.state !== 'draft')
  const { errors, warnings } = await checkDocument(context, document, earlier)
  const checked = { notes, errors, warnings }
  if (dryRun) return { ...checked, version: null }
  const there = await sameVersion(context, name, document)
  if (there !== null) return { ...checked, version: { name, number: there, isNew: false } }
  const files = Object.fromEntries([...document.files].map(([file, content]) => [file, content.toString('base64')]))
  const note = 'Configuration of DIVOC.'
  const { version: number } = await addDraft(context, IMPORT, name, { document: document.text, files, note })
  return { ...checked, version: { name, number, isNew: true } }
}

async function sameVersion({ db }: Context, name: string, document: TypeDocument): Promise<number | null> {
  for (const { version } of (await headings(db)).filter((one) => one.name === name).reverse()) {
    const other = await documentOf(db, name, version)
    if (other && isSame(document, other)) return version
  }
  return null
}

/** But for the number of the version. The order of members is the order of the credential's. */
function isSame(one: TypeDocument, other: TypeDocument): boolean {
  const text = ({ text }: TypeDocument) => JSON.stringify({ ...(JSON.parse(text) as object), version: 0 })
  return text(one) === text(other) && isDeepStrictEqual(new Map(one.files), new Map(other.files))
}
