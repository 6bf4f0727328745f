/** Brings the types that come as files into the database: versions that are not there yet, each published once. */
import { log } from '@/lib/log'
import { checksumOf, openDocument, type TypeDocument, type TypeVersion } from './document'
import type { TypesContext } from './live'
import { seedDocuments } from './seed'
import { headings, insertDraft, lockTypes, putInForce, tellProcesses, writeTypeEvent, type Heading } from './store'

const FILES = { kind: 'system', id: 'files', name: 'Files of the installation' }

/**
 * Adds and publishes each version of the files that is newer than all in the database. Whoever rolls back afterwards is
 * not overruled by the next start. A version that is there with other content stays as it is, and the log says so.
 */
export async function plantSeeds({ db, settings, now }: TypesContext): Promise<void> {
  const seeds = seedDocuments(settings.certificateTypesDir).map((document) => ({
    document,
    opened: openDocument(document, 'draft'),
  }))
  const there = await headings(db)
  if (seeds.every(({ opened }) => !isNewer(opened, there))) return complain(seeds, there)
  await db.$transaction(async (tx) => {
    await lockTypes(tx)
    const present = await headings(tx)
    for (const { document, opened } of seeds) {
      if (!isNewer(opened, present)) continue
      const { name, version } = opened.type
      const made = { ...document, name, version, checksum: opened.checksum, note: 'From files.' }
      await insertDraft(tx, made, FILES, now())
      await putInForce(tx, name, version, FILES, now())
      const detail = { name, version, checksum: opened.checksum }
      await writeTypeEvent(tx, { action: 'type.published', actor: FILES, detail }, now())
    }
    await tellProcesses(tx)
  })
}

function isNewer({ type }: TypeVersion, there: Heading[]): boolean {
  return there.every(({ name, version }) => name !== type.name || version < type.version)
}

function complain(seeds: { document: TypeDocument; opened: TypeVersion }[], there: Heading[]): void {
  for (const { document, opened } of seeds) {
    const { name, version } = opened.type
    const kept = there.find((row) => row.name === name && row.version === version)
    if (!kept || kept.checksum === checksumOf(document)) continue
    log().warn({ type: name, version }, 'the files of this type changed: raise their version to publish them')
  }
}
