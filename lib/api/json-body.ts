/** Reads the JSON body of a request: at most 1 MiB, never more than that in memory, in UTF-8, not nested without end. */
import { readJsonText } from '@/lib/certificates/json-text'
import { Refusal } from '@/lib/errors'

export const LARGEST_BODY = 1024 * 1024

/**
 * The parsed body. Refusals: UNSUPPORTED_MEDIA_TYPE, TOO_LARGE (as soon as it is known), MALFORMED_JSON (with line and
 * column where the parser tells), MALFORMED_REQUEST (nested deeper than 64 levels, or an unfit key).
 */
export async function readJson(request: Request, alsoAs: readonly string[] = []): Promise<unknown> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  const isUtf8 = !charset || /^charset="?utf-?8"?$/.test(charset)
  if (!['application/json', ...alsoAs].includes(type.trim()) || !isUtf8) {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json, in UTF-8.')
  }
  return readJsonText(await readBytes(request))
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > LARGEST_BODY) {
      // Not awaited: what the sender still has on the way must not hold up the answer.
      void reader.cancel().catch(() => {})
      throw tooLarge()
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

function tooLarge(): Refusal {
  return new Refusal('TOO_LARGE', 'The body is larger than 1 MiB. Send fewer items at once.')
}
