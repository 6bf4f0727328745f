/** All certificate types at a glance, and what depends on their versions. */
import { issuedVersions } from '@/lib/certificate-types/live'
import { headings, textsOf } from '@/lib/certificate-types/store'
import type { Context } from '@/lib/certificates/context'
import { nextPart, partFrom } from '@/lib/certificates/store-registry-part'
import { certificatesByVersion } from '@/lib/certificates/store-versions'
import type { TypeOverview, TypeUse } from './answers'
import { headingOf } from './lifecycle'

/** Every type that was ever begun, by name. */
export async function typeOverview(context: Context): Promise<{ types: TypeOverview[] }> {
  const issued = await issuedVersions(context)
  const all = await headings(context.db)
  const types = [...new Set(all.map(({ name }) => name))].map((name) => {
    const rows = all.filter((row) => row.name === name)
    const inForce = rows.find(({ state }) => state === 'published')
    const known = issued.find(({ type }) => type.name === name && type.version === inForce?.version)
    return { name, rows, inForce, title: known?.type.title }
  })
  const untitled = types.flatMap(({ title, rows }) => (title === undefined ? [rows.at(-1)!] : []))
  const drafts = await textsOf(
    context.db,
    untitled.map(({ name, version }) => ({ name, version })),
  )
  return {
    types: types.map(({ name, rows, inForce, title }) => ({
      name,
      title: title ?? titleOfDraft(name, drafts.get(name)),
      inForce: inForce ? headingOf(inForce) : null,
      drafts: rows.filter(({ state }) => state === 'draft').length,
      versions: rows.length,
    })),
  }
}

/** What was issued under each version of a type, in a part of the registry, and which numbers of its words are taken. */
export async function typeUse(context: Context, name: string, after: string | null): Promise<TypeUse> {
  const part = partFrom(after, context.now())
  const { versions, ...end } = await certificatesByVersion(context.db, name, part)
  const issued = (await issuedVersions(context)).filter(({ type }) => type.name === name)
  return {
    vocabulary: Math.max(0, ...issued.map(({ type }) => type.vocabulary?.version ?? 0)),
    versions,
    share: end.share,
    next: nextPart(part, end),
  }
}

/** A draft may be anything yet. */
function titleOfDraft(name: string, text = '{}'): string {
  const { title } = JSON.parse(text) as { title?: unknown }
  return typeof title === 'string' && title !== '' ? title : name
}
