/** The id by which a request is found again: in its answer, the log and the client's list of calls. */
import { randomUUID } from 'node:crypto'

/** The caller's own X-Request-Id where it is 8 to 64 letters, digits, ".", "_" and "-"; else a new UUID. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID()
}
