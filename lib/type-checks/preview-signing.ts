/** The certificate of a preview, signed with the test key: by a worker, which alone has it. Whoever scans it hears that it is a test. */
import { checksumOf, contextFile, openDocument } from '@/lib/certificate-types/document'
import { documentOf } from '@/lib/certificate-types/store'
import type { Context } from '@/lib/certificates/context'
import { buildCredential } from '@/lib/certificates/credential'
import { Refusal } from '@/lib/errors'
import { signThrough } from '@/lib/queue/signing-jobs'
import { signUnder } from '@/lib/signing/generic'
import type { SigningKey } from '@/lib/signing/keys'
import { sampleRecord, SAMPLE_NUMBER } from './sample'

/** The name of this work among signing jobs. */
export const SIGN_PREVIEW = 'type_preview'

const PATIENCE_MS = 10_000

/** One version as it was looked at. */
export interface Previewed {
  name: string
  version: number
  checksum: string
}

/** The signed sample certificate of a version that was checked before, as text. Refusals: STALE_VERSION, SIGNER_UNAVAILABLE. */
export function signedSample(context: Context, previewed: Previewed): Promise<string> {
  return signThrough(context, SIGN_PREVIEW, previewed, PATIENCE_MS)
}

/** The worker's part: under the words of the version itself, which nobody else knows before it is published. */
export async function signPreview(
  { db, settings, now, sandboxKey }: Pick<Context, 'db' | 'settings' | 'now'> & { sandboxKey: SigningKey },
  { name, version, checksum }: Previewed,
): Promise<string> {
  const document = await documentOf(db, name, version)
  if (!document || checksumOf(document) !== checksum) {
    throw new Refusal('STALE_VERSION', 'Somebody changed this draft. Look at it again.')
  }
  const { type, files } = openDocument(document, document.state)
  const { context, credential: template } = type.forms.certifyV3
  const issuedAt = now()
  const unsigned = buildCredential({
    template,
    request: sampleRecord(type),
    certificateId: SAMPLE_NUMBER,
    issuedAt,
    settings: settings.credential,
    codeLists: type.codeLists,
  })
  return JSON.stringify(await signUnder(contextFile(files, context), unsigned, sandboxKey, issuedAt))
}
