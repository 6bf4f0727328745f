/** Brings the types that come as files into a database that has none of their name. */
import { ZodError } from 'zod'
import { log } from '@/lib/log'
import { checksumOf, openDocument, type TypeDocument } from './document'
import type { TypesContext } from './live'
import { seedDocuments } from './seed'
import { headings, insertDraft, lockTypes, putInForce, tellProcesses, writeTypeEvent, type Heading } from './store'

/** Who publishes what comes as files. */
export const FILES = { kind: 'system', id: 'files', name: 'Files of the installation' }

export interface Seed {
  document: TypeDocument
  name: string
  version: number
  checksum: string
}

/** The types in the folder of the installation, else those that are shipped. What cannot be read is left out, and the log says so. */
export function seeds({ settings }: Pick<TypesContext, 'settings'>): Seed[] {
  return seedDocuments(settings.certificateTypesDir).flatMap((document) => {
    try {
      const { name, version } = openDocument(document, 'draft').type
      return [{ document, name, version, checksum: checksumOf(document) }]
    } catch (error) {
      if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error
      const wrong =
        error instanceof ZodError ? error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`) : []
      log().error({ wrong: wrong.slice(0, 20) }, 'a certificate type among the files is wrong: it is not used')
      return []
    }
  })
}

/**
 * Publishes each type of the files that the database has no version of. Newer versions are taken up by the worker, after
 * a check (lib/type-checks/take-up.ts).
 */
export async function plantSeeds(context: TypesContext): Promise<void> {
  const { db, now } = context
  const all = seeds(context)
  const isNew = (there: Heading[]) => (seed: Seed) => there.every(({ name }) => name !== seed.name)
  if (!all.some(isNew(await headings(db)))) return
  await db.$transaction(async (tx) => {
    await lockTypes(tx)
    for (const { document, ...named } of all.filter(isNew(await headings(tx)))) {
      await insertDraft(tx, { ...document, ...named, note: 'From files.' }, FILES, now())
      await putInForce(tx, named.name, named.version, FILES, now())
      await writeTypeEvent(tx, { action: 'type.published', actor: FILES, detail: named }, now())
    }
    await tellProcesses(tx)
  })
}
