/** All types share the words of the first forms: what certificates of other types and versions say stays exactly the same. */
import { isDeepStrictEqual } from 'node:util'
import { contextFile, type TypeVersion } from '@/lib/certificate-types/document'
import type { Form } from '@/lib/certificate-types/type'
import { sharedWords } from '@/lib/certificate-types/words-of'
import { buildCredential } from '@/lib/certificates/credential'
import type { Setting } from '@/lib/certificates/context'
import { underNamespace } from '@/lib/signing/contexts'
import { CREDENTIALS_V1 } from '@/lib/signing/names'
import { markedDocument } from '@/lib/signing/template'
import { canonicalUnder } from '@/lib/signing/trial'
import type { Findings } from './finding'
import { foreignKeyword, keywordSentence } from './keywords'
import { sampleRecord, SAMPLE_NUMBER } from './sample'

/** Addresses of nobody: what a library remembers of them harms nothing. */
const [ALONE, BEFORE, AFTER] = ['alone', 'before', 'after'].map((name) => `https://trial.invalid/${name}`) as [
  string,
  string,
  string,
]

/**
 * What is signed is the canonical form. Compares, by the reference library, that of a sample (and of a document of markers)
 * of every version that certificates were issued under, with the present words and with those of this version among
 * them; and that of this version under its own words with that under all.
 */
export async function checkSharedWords(
  { settings }: Setting,
  version: TypeVersion,
  earlier: readonly TypeVersion[],
  found: Findings,
): Promise<void> {
  const { namespace, namespaceV1 } = settings.credential
  for (const form of ['certifyV3', 'certifyV2'] as const) {
    const own = version.type.forms[form]
    const address = form === 'certifyV3' ? namespace : namespaceV1
    // One address for both: the words of the later form are said there.
    if (!own || (form === 'certifyV2' && address === namespace)) continue
    const here = ['files', own.context]
    const words = contextFile(version.files, own.context)
    const known = sharedWords(form, earlier)
    const keyword = foreignKeyword(words, known ?? {})
    if (keyword !== null) {
      found.error(here, keywordSentence(keyword))
      continue
    }
    const after = underNamespace(sharedWords(form, [...earlier, version])!, address)
    const alone = [ALONE, underNamespace(words, address)] as const
    if (!(await saysTheSame(version, form, settings, alone, [AFTER, after])))
      found.error(
        here,
        'Beside the words of the other types its credentials would say something else than on their own.',
      )
    if (!known || isDeepStrictEqual(underNamespace(known, address), after)) continue
    const before = [BEFORE, underNamespace(known, address)] as const
    for (const other of shapesOf(form, earlier)) {
      if (await saysTheSame(other, form, settings, before, [AFTER, after])) continue
      const { name, version: number } = other.type
      const message = `With these words certificates of version ${number} of ${name} would say something else than what was signed: they would not be genuine any more.`
      found.error(here, message)
    }
  }
}

/** Versions with credentials of different shapes. */
function shapesOf(form: Form, versions: readonly TypeVersion[]): TypeVersion[] {
  const shapes = versions.map((one) => [JSON.stringify(one.type.forms[form]?.credential), one] as const)
  return [...new Map(shapes.filter(([shape]) => shape !== undefined)).values()]
}

type Words = readonly [address: string, document: object]

async function saysTheSame(
  { type }: TypeVersion,
  form: Form,
  { credential: settings }: Setting['settings'],
  one: Words,
  other: Words,
): Promise<boolean> {
  const template = type.forms[form]!.credential as object
  const sample = buildCredential({
    template,
    request: sampleRecord(type),
    certificateId: SAMPLE_NUMBER,
    issuedAt: new Date(0),
    settings,
    codeLists: type.codeLists,
  })
  for (const document of [sample, markedDocument(template).document]) {
    const said = await saidUnder(one, document)
    // What could not be signed before was not.
    if (said !== null && said !== (await saidUnder(other, document))) return false
  }
  return true
}

/** Null for what cannot be signed under these words. */
async function saidUnder([address, words]: Words, document: object): Promise<string | null> {
  const named = { ...document, '@context': [CREDENTIALS_V1, address] }
  return canonicalUnder(named, new Map([[address, words]]), { strict: true }).catch(() => null)
}
