/** Reads the JSON body of a request: at most so large, never more than that in memory, in UTF-8, not nested without end. */
import { readJsonText } from '@/lib/certificates/json-text'
import { Refusal } from '@/lib/errors'

export const LARGEST_BODY = 1024 * 1024
/** Of somebody whom we do not know: a credential, as the largest thing that anybody may send. */
export const LARGEST_OF_ANYONE = 256 * 1024

/**
 * The parsed body. Refusals: UNSUPPORTED_MEDIA_TYPE, TOO_LARGE (as soon as it is known), MALFORMED_JSON (with line and
 * column where the parser tells), MALFORMED_REQUEST (nested deeper than 64 levels, or an unfit key).
 */
export async function readJson(
  request: Request,
  alsoAs: readonly string[] = [],
  largest = LARGEST_BODY,
): Promise<unknown> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  const isUtf8 = !charset || /^charset="?utf-?8"?$/.test(charset)
  if (!['application/json', ...alsoAs].includes(type.trim()) || !isUtf8) {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json, in UTF-8.')
  }
  return readJsonText(await readBytes(request, largest))
}

async function readBytes(request: Request, largest: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge(largest)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > largest) {
      // Not awaited: what the sender still has on the way must not hold up the answer.
      void reader.cancel().catch(() => {})
      throw tooLarge(largest)
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

function tooLarge(largest: number): Refusal {
  const sentence =
    largest === LARGEST_BODY
      ? 'The body is larger than 1 MiB. Send fewer items at once.'
      : `The body is larger than ${largest / 1024} KiB.`
  return new Refusal('TOO_LARGE', sentence)
}
