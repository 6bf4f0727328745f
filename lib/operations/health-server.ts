/** A small HTTP server in worker and relay processes, which have no other: are they up, are they ready. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { log, traceOf } from '@/lib/log'
import type { Readiness } from './checks'
import { isFromHere } from './from-here.mjs'
import type { Shown } from './metrics-access'
import { METRICS_TYPE } from './metrics-text'

/** What it answers with; a path that is not here is 404. */
export interface HealthAnswers {
  ready(): Promise<Readiness>
  mayReadMetrics(shown: Shown): boolean
  /** Text of /metrics in the format of Prometheus. */
  metrics(): Promise<string>
}

/**
 * Listens until closed: GET /healthz (200 while the process answers at all), /readyz (200 or 503, with the checks) and
 * /metrics. Throws when the port is taken. It never keeps the process alive.
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  answers: HealthAnswers,
): Promise<{ port: number; close(): void }> {
  const server = createServer({ requestTimeout: 5000, keepAliveTimeout: 5000 }, async (request, response) => {
    const { status, type, body } = await answerTo(request, answers).catch((error: unknown) => {
      log().error(traceOf(error), 'nobody could be told how this process is')
      return reply(500, { status: 'unknown' })
    })
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
  await listening(server, host, port)
  server.unref()
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answerTo(request: IncomingMessage, { ready, metrics, mayReadMetrics }: HealthAnswers) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return reply(405, { status: 'only GET' })
  const path = request.url?.split('?')[0]
  if (path === '/healthz') return reply(200, { status: 'up' })
  if (path === '/readyz') {
    const readiness = await ready()
    return reply(readiness.ready ? 200 : 503, readiness)
  }
  if (path !== '/metrics') return reply(404, { status: 'not here' })
  const shown = { authorization: request.headers.authorization, isHere: isFromHere(request) }
  if (!mayReadMetrics(shown)) return reply(401, { status: 'for whoever has METRICS_TOKEN' })
  return { status: 200, type: METRICS_TYPE, body: await metrics() }
}

function reply(status: number, body: object) {
  return { status, type: 'application/json', body: JSON.stringify(body) }
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`HEALTH_PORT ${port} on ${host} cannot be opened: ${error.code ?? error.message}`)),
    )
    server.listen({ host, port }, () => resolve())
  })
}
