/** The words of the credentials: whatever is signed must mean something, and words keep their meaning. */
import { isDeepStrictEqual } from 'node:util'
import { contextFile, type TypeVersion } from '@/lib/certificate-types/document'
import { canonicalUnder } from '@/lib/signing/trial'
import { markedDocument } from '@/lib/signing/template'
import type { Findings } from './finding'

const CREDENTIALS = {
  forms: 'https://www.w3.org/2018/credentials/v1',
  credential2: 'https://www.w3.org/ns/credentials/v2',
}
/** An address of nobody: what a library remembers of it harms nothing. */
const TRIAL = 'https://trial.invalid/'

/** Checks that every value of each credential is signed, and that no word of an earlier version is gone or changed. */
export async function checkWords(
  version: TypeVersion,
  earlier: readonly TypeVersion[],
  found: Findings,
): Promise<void> {
  const { type } = version
  for (const form of ['certifyV3', 'certifyV2'] as const) {
    const declared = type.forms[form]
    if (!declared) continue
    const { context, credential } = declared
    const address = `${TRIAL}${version.checksum}/${form}`
    const own = wordsOf(version, context, '{namespace}', address, found)
    if (!own) continue
    await checkSigned(credential as object, [CREDENTIALS.forms, address], own, ['forms', form, 'credential'], found)
    for (const before of earlier) {
      const earlierForm = before.type.forms[form]
      if (!earlierForm) continue
      const kept = contextFile(before.files, earlierForm.context)
      const changed = changedWord(kept, contextFile(version.files, context))
      if (!changed) continue
      const message = `${changed} means something else in version ${before.type.version} of ${before.type.name}, and certificates were signed with it. Give the new meaning another word.`
      found.error(['files', context], message)
    }
  }
  if (!type.vocabulary) return
  const { context } = type.vocabulary
  const address = `${TRIAL}${version.checksum}/2`
  const own = wordsOf(version, context, '{vocabulary}', address, found)
  if (!own) return
  await checkSigned(type.credential2 as object, [CREDENTIALS.credential2, address], own, ['credential2'], found)
  for (const before of earlier) {
    const { vocabulary } = before.type
    if (before.type.name !== type.name || vocabulary?.version !== type.vocabulary.version) continue
    if (isDeepStrictEqual(contextFile(before.files, vocabulary.context), contextFile(version.files, context))) continue
    found.error(
      '/vocabulary/version',
      `The words differ from those of version ${before.type.version}, which stand under the same number. Give them the next number.`,
    )
  }
}

function wordsOf(
  version: TypeVersion,
  name: string,
  placeholder: string,
  address: string,
  found: Findings,
): object | null {
  const content = version.files.get(name)
  if (!content) return null
  try {
    const text = content.toString('utf8').replaceAll(placeholder, address)
    const words = JSON.parse(text) as { '@context'?: unknown }
    if (typeof words['@context'] === 'object' && words['@context'] !== null) return words
    found.error(`/files/${name}`, 'A context document has the member "@context".')
  } catch {
    found.error(`/files/${name}`, 'This is no JSON.')
  }
  return null
}

/** A marker in the place of every value: those that do not come out again would not be signed. */
async function checkSigned(
  template: object,
  contexts: [string, string],
  words: object,
  here: (string | number)[],
  found: Findings,
): Promise<void> {
  const { document, leaves } = markedDocument({ ...template, '@context': contexts })
  const pinned = new Map([[contexts[1], words]])
  let said: string
  try {
    said = await canonicalUnder(document, pinned, { strict: false })
  } catch (error) {
    return found.error(here, `The contexts do not fit: ${sentenceOf(error)}`)
  }
  const unsaid = [...leaves].filter(([marker]) => !new RegExp(`[<"]${marker}[>"]`).test(said))
  for (const [, path] of unsaid) {
    found.error(
      [...here, ...path.split('/')],
      `No word of the context says ${path.split('/').at(-1)} here: the value would not be signed.`,
    )
  }
  if (unsaid.length > 0) return
  try {
    await canonicalUnder(document, pinned, { strict: true })
  } catch (error) {
    found.error(here, `Something here has no meaning in the contexts: ${sentenceOf(error)}`)
  }
}

/** The first word that means something else than before. One that is gone is kept for what was signed with it. */
function changedWord(before: unknown, now: unknown, name = 'The context'): string | null {
  if (!isObject(before) || !isObject(now)) return isDeepStrictEqual(before, now) ? null : name
  for (const [key, value] of Object.entries(before)) {
    const changed = Object.hasOwn(now, key) && changedWord(value, now[key], key.startsWith('@') ? name : key)
    if (changed) return changed
  }
  return null
}

/** The library's words about a document of markers: nothing personal is in it. */
function sentenceOf(error: unknown): string {
  const { message, details } = error as { message?: string; details?: { event?: { message?: string } } }
  return (details?.event?.message ?? message ?? 'unknown').slice(0, 300)
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}
