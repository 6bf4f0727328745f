/** What anyone may read: the issuer's key, the contexts of the credentials, this API's description. */
import { publishedTypes } from '@/lib/certificate-types/live'
import { vocabularyDocument } from '@/lib/certificate-types/vocabulary'
import { Refusal } from '@/lib/errors'
import { contextDocument } from '@/lib/signing/contexts'
import { didDocument } from '@/lib/signing/did-document'
import { loadPublicKey, loadPublicKey2, loadPublishedKeys, sandboxSettings } from '@/lib/signing/keys'
import { FIRST_NAMESPACE, KNOWN_NAMESPACES } from '@/lib/signing/names'
import type { contract } from '../contract'
import { describedApi } from '../described'
import { Reply } from '../reply'
import type { Input } from '../serve'

const A_WHILE = { 'cache-control': 'public, max-age=300' }

/** GET /.well-known/did.json */
export async function did({ context }: Input<typeof contract.didDocument>): Promise<Reply> {
  return publicJson('application/json', didDocument(await loadPublishedKeys(context.settings), context.settings))
}

/** GET /sandbox/did.json */
export async function sandboxDid({ context }: Input<typeof contract.sandboxDidDocument>): Promise<Reply> {
  const settings = sandboxSettings(context.settings)
  const [present, present2] = await Promise.all([loadPublicKey(settings), loadPublicKey2(settings)])
  return publicJson('application/json', didDocument({ present, present2, others: [] }, settings))
}

/** GET /contexts/...: the path is that of the vocabulary's IRI, the issuer's own before those that verifiers know. */
export async function vocabulary({ context, params }: Input<typeof contract.contextDocument>): Promise<Reply> {
  // What this process knows of words comes with the types.
  await publishedTypes(context)
  const own = context.settings.credential
  const pinned = [own.namespace, own.namespaceV1, ...KNOWN_NAMESPACES, FIRST_NAMESPACE]
  const words = vocabularyDocument(context.settings.publicUrl, `/contexts/${params.path}`)
  if (words) return publicJson('application/ld+json', words)
  const iri = pinned.find((namespace) => pathOf(namespace) === params.path)
  if (!iri) throw new Refusal('NOT_FOUND', 'There is no such context.')
  return publicJson('application/ld+json', contextDocument(iri, own))
}

/** GET /openapi.json */
export async function description({ context }: Input<typeof contract.openApi>): Promise<Reply> {
  return publicJson('application/json', await describedApi(context))
}

function publicJson(type: string, value: object): Reply {
  return new Reply({ type, body: JSON.stringify(value), headers: A_WHILE })
}

/** "https://divoc.dev/credentials/vaccination/v2" -> "credentials/vaccination/v2"; an IRI without path names itself. */
function pathOf(iri: string): string {
  return URL.canParse(iri) ? new URL(iri).pathname.replace(/^\//, '') : iri
}
