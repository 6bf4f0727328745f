/** What somebody filled in to try an endpoint, as a request. */
import type { ReferenceEndpoint } from '@/lib/developers/answers'
import type { PlainRequest } from './as-code'

/** What a panel for trying needs to know of an endpoint. */
export interface Tried {
  method: string
  path: string
  summary: string
  parameters: ReferenceEndpoint['parameters']
  /** Media types of the answer; the first is asked for unless another is chosen. */
  accepts: string[]
  /** Media type and text to begin with. */
  body: { type: string; example: string } | null
  needsToken: boolean
}

/** Values by `place name`, as typed; "" = not given. */
export interface Filled {
  values: Record<string, string>
  accept: string
  body: string
}

/** The key of a parameter's value. */
export function valueKey({ place, name }: { place: string; name: string }): string {
  return `${place} ${name}`
}

/** What an endpoint needs in a panel of its own. */
export function triedOf({ method, path, summary, parameters, answers, body, who }: ReferenceEndpoint): Tried {
  const accepts = answers.find(({ status }) => status === '200')?.forms.map(({ type }) => type) ?? []
  return {
    method,
    path,
    summary,
    parameters,
    accepts: path.includes('{extension}') ? [] : accepts,
    body: body && { type: body.types[0]!, example: body.example },
    needsToken: who !== 'anyone',
  }
}

/** The empty panel: the body as in the example, everything else open. */
export function untouched({ accepts, body }: Tried): Filled {
  return { values: {}, accept: accepts[0] ?? '*/*', body: body?.example ?? '' }
}

/** The name of the first required value that is missing; null when all are there. */
export function missingIn({ parameters }: Tried, { values }: Filled): string | null {
  const missing = parameters.find((parameter) => parameter.required && !values[valueKey(parameter)])
  return missing?.name ?? null
}

/** The request that is sent, and that curl and fetch send. */
export function requestOf(tried: Tried, filled: Filled, origin: string): PlainRequest {
  const { method, path, parameters, body, needsToken } = tried
  const given = (place: string) =>
    parameters.flatMap((parameter) => {
      const value = filled.values[valueKey(parameter)] ?? ''
      return parameter.place === place && value !== '' ? [[parameter.name, value] as [string, string]] : []
    })
  const inPath = Object.fromEntries(given('path'))
  const address = path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => encodeURIComponent(inPath[name] ?? ''))
  const query = new URLSearchParams(given('query')).toString()
  const isFile = /pdf|png|svg/.test(filled.accept) || /\.(pdf|png|svg)$/.test(address)
  return {
    method,
    url: `${origin}${address}${query ? `?${query}` : ''}`,
    headers: [
      ...(body ? [['Content-Type', body.type] as [string, string]] : []),
      ...(filled.accept === '*/*' ? [] : [['Accept', filled.accept] as [string, string]]),
      ...given('header'),
    ],
    authorized: needsToken,
    body: body ? filled.body : null,
    saveAs: isFile ? `answer.${endingOf(filled.accept, address)}` : null,
  }
}

function endingOf(accept: string, address: string): string {
  const named = /\.(pdf|png|svg)$/.exec(address)?.[1]
  return named ?? accept.replace(/^.*\//, '').replace('+xml', '')
}
