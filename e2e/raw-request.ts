/** Requests byte by byte, as no browser and no library sends them. */
import { connect } from 'node:net'
import { ADDRESS } from './product'

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  status: number
  /** Lower-case names; the last one counts. */
  headers: Record<string, string>
  text: string
}

/** Sends these bytes and reads until the server closes the connection. Throws when it does not within 20 seconds. */
export function send(bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(ADDRESS)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    const pieces: Buffer[] = []
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`No end of the answer to ${JSON.stringify(String(bytes).slice(0, 300))}`))
    }, 20_000)
    socket.on('data', (piece) => pieces.push(piece))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(read(Buffer.concat(pieces).toString('latin1')))
    })
    socket.write(bytes)
  })
}

/** A GET of this address, exactly as it stands here. */
export function sendGet(target: string, more = ''): Promise<RawAnswer> {
  return send(`GET ${target} HTTP/1.1\r\nHost: ${new URL(ADDRESS).host}\r\nConnection: close\r\n${more}\r\n`)
}

function read(said: string): RawAnswer {
  const end = said.indexOf('\r\n\r\n')
  const [first = '', ...lines] = said.slice(0, end < 0 ? undefined : end).split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  return {
    status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0),
    headers: Object.fromEntries(headers),
    text: end < 0 ? '' : said.slice(end + 4),
  }
}
