/** A door on this machine that adds our token: the suites call local endpoints without any credentials. */
import http from 'node:http'

/**
 * Passes requests on to the product with `Authorization: Bearer <token>`.
 * @returns {Promise<{ address: string, close(): Promise<void> }>}
 */
export async function openDoor(product, token) {
  const server = http.createServer((request, response) => {
    const headers = { ...request.headers, host: new URL(product).host, authorization: `Bearer ${token}` }
    const onward = http.request(`${product}${request.url}`, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.once('error', () => response.writeHead(502).end())
    request.pipe(onward)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
