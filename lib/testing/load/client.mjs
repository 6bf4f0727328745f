/** A source system: some connections that are kept, and what became of every request. */
import { Agent, request } from 'node:http'

/** Longer than the product lets anybody wait. */
const PATIENCE_MS = 30_000

/**
 * @param {{ address: string, token: string, connections: number }} options
 * @returns `send` resolves with the status and the first result of the answer; status 0 = there was no answer
 */
export function client({ address, token, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return { send, close: () => agent.destroy() }

  function send(method, path, items) {
    const body = JSON.stringify(items)
    return new Promise((resolve) => {
      const asked = request(address + path, {
        method,
        agent,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        timeout: PATIENCE_MS,
      })
      asked.once('response', async (answer) => {
        try {
          const chunks = []
          for await (const chunk of answer) chunks.push(chunk)
          const said = JSON.parse(Buffer.concat(chunks).toString('utf8'))
          resolve({ status: answer.statusCode, code: said.code ?? null, results: said.results ?? [] })
        } catch (error) {
          resolve({ status: 0, code: error.code ?? error.name, results: [] })
        }
      })
      asked.once('timeout', () => asked.destroy(new Error('it took too long')))
      asked.once('error', (error) => resolve({ status: 0, code: error.code ?? error.message, results: [] }))
      asked.end(body)
    })
  }
}
