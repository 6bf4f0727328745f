/** Brings the types that come as files into a database that has none of their name. */
import { log } from '@/lib/log'
import { checksumOf, openDocument, wrongIn, type TypeDocument } from './document'
import type { TypesContext } from './live'
import { shippedTypes, typesIn, type Found } from './seed'
import { headings, insertDraft, lockTypes, putInForce, tellProcesses, writeTypeEvent, type Heading } from './store'

/** Who publishes what comes as files. */
export const FILES = { kind: 'system', id: 'files', name: 'Files of the installation' }

export interface Seed {
  document: TypeDocument
  name: string
  version: number
  checksum: string
  /** Comes with the product, whose tests have checked it. */
  shipped: boolean
}

/**
 * The types that are shipped, and those in the folder of the installation; there a type takes the place of a shipped one of
 * its name. What cannot be read is left out, and the log says why.
 */
export function seeds({ settings }: Pick<TypesContext, 'settings'>): Seed[] {
  const own = settings.certificateTypesDir === undefined ? [] : typesIn(settings.certificateTypesDir)
  const named = own.flatMap((found) => seedOf(found, false))
  const taken = new Set([...named.map(({ name }) => name), ...own.map(({ folder }) => folder)])
  return [
    ...shippedTypes()
      .flatMap((found) => seedOf(found, true))
      .filter(({ name }) => !taken.has(name)),
    ...named,
  ]
}

function seedOf(found: Found, shipped: boolean): Seed[] {
  try {
    if ('wrong' in found) throw found.wrong
    const { document } = found
    const { name, version } = openDocument(document, 'draft').type
    return [{ document, name, version, checksum: checksumOf(document), shipped }]
  } catch (error) {
    const wrong = wrongIn(error)
    log().error({ folder: found.folder, wrong }, 'a certificate type among the files is wrong: it is not used')
    return []
  }
}

/**
 * Publishes each shipped type that the database has no version of. What the installation brings, and newer versions, the
 * worker takes up after a check (lib/type-checks/take-up.ts).
 */
export async function plantSeeds(context: TypesContext): Promise<void> {
  const { db, now } = context
  const all = seeds(context).filter(({ shipped }) => shipped)
  const isNew = (there: Heading[]) => (seed: Seed) => there.every(({ name }) => name !== seed.name)
  if (!all.some(isNew(await headings(db)))) return
  await db.$transaction(async (tx) => {
    await lockTypes(tx)
    for (const { document, shipped: _, ...named } of all.filter(isNew(await headings(tx)))) {
      await insertDraft(tx, { ...document, ...named, note: 'From files.' }, FILES, now())
      await putInForce(tx, named.name, named.version, FILES, now())
      await writeTypeEvent(tx, { action: 'type.published', actor: FILES, detail: named }, now())
    }
    await tellProcesses(tx)
  })
}
