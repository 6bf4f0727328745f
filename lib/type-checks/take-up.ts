/** Takes up newer versions of types that come as files: checked like any other, each published once. */
import { FILES, seeds, type Seed } from '@/lib/certificate-types/plant'
import { publishedTypes, typesChanged, issuedVersions } from '@/lib/certificate-types/live'
import {
  headings,
  insertDraft,
  lockTypes,
  putInForce,
  tellProcesses,
  writeTypeEvent,
  type Heading,
} from '@/lib/certificate-types/store'
import type { Context } from '@/lib/certificates/context'
import { log } from '@/lib/log'
import { checkDocument } from './check'

/**
 * For the worker, when it starts: a version of the files that is newer than all in the database is checked and put into
 * force. What is wrong is said in the log, and what is in force stays; whoever rolled back is not overruled by a restart.
 */
export async function takeUpFiles(context: Context): Promise<void> {
  await publishedTypes(context)
  for (const seed of seeds(context)) await takeUp(context, seed)
}

async function takeUp(context: Context, { document, shipped, ...named }: Seed): Promise<void> {
  const { name, version, checksum } = named
  const there = (await headings(context.db)).filter((row) => row.name === name)
  const same = there.find((row) => row.version === version)
  const newest = Math.max(0, ...there.map((row) => row.version))
  if (same ? same.checksum !== checksum : !shipped && version < newest) {
    log().warn({ type: name, version, newest }, 'the files of this type are not published: give them a higher version')
  }
  if (!isNewer(there, version)) return
  const { errors } = await checkDocument(context, document, await issuedVersions(context))
  if (errors.length > 0) {
    log().error(
      { type: name, version, errors: errors.slice(0, 20) },
      'this version of the files is wrong: it is not used',
    )
    return
  }
  await context.db.$transaction(async (db) => {
    await lockTypes(db)
    if (
      !isNewer(
        (await headings(db)).filter((row) => row.name === name),
        version,
      )
    )
      return
    await insertDraft(db, { ...document, ...named, note: 'From files.' }, FILES, context.now())
    await putInForce(db, name, version, FILES, context.now())
    await writeTypeEvent(db, { action: 'type.published', actor: FILES, detail: named }, context.now())
    await tellProcesses(db)
  })
  typesChanged(context)
}

function isNewer(there: Heading[], version: number): boolean {
  return there.every((row) => row.version < version)
}
