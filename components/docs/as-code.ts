/** A request as a command for a shell and as code for a program, ready to be pasted. */

export interface PlainRequest {
  method: string
  url: string
  headers: [name: string, value: string][]
  /** Whether a token belongs to it. */
  authorized: boolean
  body: string | null
  /** The answer is a file under this name. */
  saveAs: string | null
}

/** How the token is written: by name, so that it can be shared; or itself. */
export type WrittenToken = { name: string } | { value: string }

/** For a POSIX shell: whatever the values hold, each arrives at curl as it is. */
export function asCurl(request: PlainRequest, token: WrittenToken): string {
  const parts = ['curl -sS']
  if (request.method === 'HEAD') parts.push('-I')
  else if (request.method !== (request.body === null ? 'GET' : 'POST')) parts.push(`-X ${request.method}`)
  parts.push(quoted(request.url))
  if (request.authorized) {
    // Between double quotes the shell puts in what the name stands for.
    parts.push(
      `-H ${'name' in token ? `"Authorization: Bearer $${token.name}"` : quoted(`Authorization: Bearer ${token.value}`)}`,
    )
  }
  for (const [name, value] of request.headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (request.body !== null) parts.push(`--data-raw ${quoted(request.body)}`)
  if (request.saveAs) parts.push(`-o ${quoted(request.saveAs)}`)
  // The first two stay together, each of the others gets a line.
  const [first, ...rest] = parts
  const address = rest.findIndex((part) => part.startsWith("'"))
  const head = [first, ...rest.slice(0, address + 1)].join(' ')
  return [head, ...rest.slice(address + 1)].join(' \\\n  ')
}

/** For JavaScript and TypeScript. */
export function asFetch(request: PlainRequest, token: WrittenToken): string {
  const isNamed = request.authorized && 'name' in token
  const authorization = 'name' in token ? `\`Bearer \${env.${token.name}}\`` : JSON.stringify(`Bearer ${token.value}`)
  const headers = [
    ...(request.authorized ? [`    Authorization: ${authorization},`] : []),
    ...request.headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`),
  ]
  const options = [
    ...(request.method === 'GET' ? [] : [`  method: ${JSON.stringify(request.method)},`]),
    ...(headers.length > 0 ? ['  headers: {', ...headers, '  },'] : []),
    ...(request.body === null ? [] : [`  body: ${JSON.stringify(request.body)},`]),
  ]
  const call = [`const response = await fetch(${JSON.stringify(request.url)}, {`, ...options, '})'].join('\n')
  const json = request.saveAs || request.method === 'HEAD' ? '' : ', await response.json()'
  const environment = isNamed ? "import { env } from 'node:process'\n\n" : ''
  return `${environment}${call}\nconsole.log(response.status${json})`
}

/** One word for the shell: nothing means anything between single quotes but the single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
