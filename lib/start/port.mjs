/** Asks whether an address is free before minutes are spent on building for it. */
import { createServer } from 'node:net'

/**
 * @param {string} host
 * @param {number} port
 * @throws with a sentence naming the setting when somebody else listens there, or may not be listened on
 */
export async function requireFreePort(host, port) {
  const error = await new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ host, port }, () => server.close(() => resolve(null)))
  })
  if (error === null) return
  if (error.code === 'EADDRINUSE') {
    throw new Error(
      `Port ${port} on ${host} is in use by another program. Choose another one with PORT, for example: PORT=${port + 1} npm start`,
    )
  }
  if (error.code === 'EACCES') throw new Error(`This user may not open port ${port}. Choose one above 1023 with PORT.`)
  throw new Error(`HOST ${host} with PORT ${port} cannot be opened: ${error.message}`)
}
