/** Reads a form with one file: at most so large, and never more than that in memory. */
import { Refusal } from '@/lib/errors'
import type { UploadedFile } from './endpoint'

/** `name` is that of the file in the form. Refusals: UNSUPPORTED_MEDIA_TYPE, TOO_LARGE (as soon as it is known), MALFORMED_REQUEST, VALIDATION_ERROR (no file). */
export async function readUpload(
  request: Request,
  largest: number,
  name = 'file',
): Promise<{ file: UploadedFile; fields: Record<string, string> }> {
  const type = request.headers.get('content-type') ?? ''
  if (!isForm(request)) {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be multipart/form-data with a file in it.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge(largest)
  const counted = request.body?.pipeThrough(atMost(largest)) ?? null
  let form: FormData
  try {
    form = await new Response(counted, { headers: { 'content-type': type } }).formData()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('MALFORMED_REQUEST', 'The form cannot be read.')
  }
  const file = form.get(name)
  if (!(file instanceof File)) {
    const message = `The form needs a file under the name "${name}".`
    throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: `/${name}`, code: 'VALIDATION_ERROR', message }])
  }
  const fields = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  return {
    file: { name: file.name, bytes: () => file.stream() as unknown as AsyncIterable<Uint8Array> },
    fields: Object.fromEntries(fields),
  }
}

/** Whether a request says that it is a form that can hold files. */
export function isForm({ headers }: Request): boolean {
  return /^multipart\/form-data\s*;/i.test(headers.get('content-type') ?? '')
}

function atMost(largest: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength
      if (size > largest) controller.error(tooLarge(largest))
      else controller.enqueue(chunk)
    },
  })
}

function tooLarge(largest: number): Refusal {
  return new Refusal('TOO_LARGE', `The file is larger than ${largest / 1024 / 1024} MiB. Split it.`)
}
