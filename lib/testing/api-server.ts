/** The real route handlers behind a real socket, with the worker's own loop beside them: for tests that call as others do. */
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { liveContext } from '@/lib/certificates/context'
import { runPipeline } from '@/lib/pipeline'
import { anIssuer } from './builders'

type Handler = (request: Request) => Promise<Response>

export interface ApiServer {
  /** For example http://127.0.0.1:40001 */
  url: string
  close(): Promise<void>
}

/** Serves every endpoint of the contract. Call it after `startApi`. */
export async function startApiServer(): Promise<ApiServer> {
  const stop = new AbortController()
  const worker = runPipeline(await anIssuer(liveContext()), stop.signal)
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(`http://${incoming.headers.host}${incoming.url}`)
    const handler = await handlerFor(incoming.method!, url.pathname)
    if (!handler) return void outgoing.writeHead(404).end()
    const left = new AbortController()
    outgoing.on('close', () => left.abort())
    const response = await handler(requestOf(incoming, url, left.signal))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      stop.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await worker
    },
  }
}

function requestOf(incoming: IncomingMessage, url: URL, signal: AbortSignal): Request {
  const hasBody = !['GET', 'HEAD'].includes(incoming.method!)
  const body = hasBody ? Readable.toWeb(incoming) : undefined
  const headers = incoming.headers as Record<string, string>
  return new Request(url, { method: incoming.method, headers, body, duplex: 'half', signal } as RequestInit)
}

/** As Next does: what is written out comes before what is in braces. */
async function handlerFor(method: string, pathname: string): Promise<Handler | undefined> {
  const rows = (Object.values(contract) as Endpoint[]).filter((row) => fits(row.path, pathname))
  const [row] = rows.sort((a, b) => a.path.split('{').length - b.path.split('{').length)
  if (!row) return undefined
  const handlers = await import(/* @vite-ignore */ pathToFileURL(routeFile(row.path)).href)
  return handlers[method]
}

function fits(template: string, pathname: string): boolean {
  const [wanted, given] = [withoutEnding(template).split('/'), pathname.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => /^\{\w+\}$/.test(part) || part === given[at])
}

function routeFile(template: string): string {
  return join(process.cwd(), 'app', withoutEnding(template).replaceAll('{', '[').replaceAll('}', ']'), 'route.ts')
}

/** A certificate with an ending is served by the route of the certificate. */
function withoutEnding(template: string): string {
  return template.replace('.{extension}', '')
}
