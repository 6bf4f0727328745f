/** Asks the API from a public page. Small on purpose: these pages open on old phones over slow lines. */

export type Asked<T> =
  { ok: true; value: T } | { ok: false; status: number; code: string; message: string; retryAfter: number | null }

/** The JSON answer to a request of our own API; a refusal says why, and code UNREACHABLE means that no answer came. */
export async function ask<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, signal }: { body?: unknown; signal?: AbortSignal } = {},
): Promise<Asked<T>> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      signal,
      // What ends something is sent even if the page is left meanwhile.
      keepalive: method === 'DELETE',
    })
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, status: 0, code: 'UNREACHABLE', message: '', retryAfter: null }
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return { ok: true, value: answer as T }
  const { code, message } = (answer ?? {}) as { code?: string; message?: string }
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN)
  return {
    ok: false,
    status: response.status,
    code: code ?? 'INTERNAL_ERROR',
    message: message ?? '',
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
  }
}
