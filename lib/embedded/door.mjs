/** How programs reach the database: a private Unix socket, or loopback TCP with a password where there are no sockets. */
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWhole } from './whole-file.mjs'

/** macOS allows 104 bytes with the closing zero, Linux 108: the smaller one holds everywhere. */
const LONGEST_SOCKET_PATH = 103
const SOCKET_FILES = ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']

/**
 * @typedef {{ socketDir: string } | { port: number }} Door
 */

/**
 * The door used last time when it still serves, else a new one; noted in `<home>/door.json` so that addresses stay the
 * same over restarts. Only for a data folder that is proven to have no server.
 * @param {string} home folder beside the data folder
 * @param {import('./run-as.mjs').RunAs} user
 * @param {'socket' | 'tcp' | 'auto'} transport
 * @returns {Promise<Door>}
 */
export async function openDoor(home, user, transport) {
  const note = join(home, 'door.json')
  const before = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : null
  // A copied DATA_DIR still holds the note of the original, whose door is not ours.
  const door = await chooseDoor(before?.home === home ? before.door : null, home, user, transport)
  writeWhole(note, JSON.stringify({ home, door }))
  // PostgreSQL takes a socket left behind by a killed server for a living one once its pid is in use again.
  if ('socketDir' in door) for (const name of SOCKET_FILES) rmSync(join(door.socketDir, name), { force: true })
  return door
}

/**
 * Connection string for a database behind the door, in the form that `pg` and Prisma's adapter read.
 * @param {Door} door
 * @param {string} database
 * @param {string} password of the superuser `errata`; only TCP asks for it
 */
export function urlThrough(door, database, password) {
  return 'socketDir' in door
    ? `postgresql://errata@localhost/${database}?host=${encodeURIComponent(door.socketDir)}`
    : `postgresql://errata:${encodeURIComponent(password)}@127.0.0.1:${door.port}/${database}`
}

/**
 * PostgreSQL's settings for that door.
 * @param {Door} door
 * @returns {Record<string, string>}
 */
export function settingsFor(door) {
  return 'socketDir' in door
    ? { listen_addresses: '', unix_socket_directories: door.socketDir, unix_socket_permissions: '0700' }
    : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(door.port) }
}

async function chooseDoor(before, home, user, transport) {
  if (transport !== 'tcp' && process.platform !== 'win32') {
    if (before?.socketDir && isPrivate(before.socketDir, user)) return before
    const socketDir = await socketFolder(home, user)
    if (socketDir) return { socketDir }
    if (transport === 'socket') throw new Error(`No Unix socket can be opened in ${home} nor in ${tmpdir()}.`)
  }
  if (before?.port && (await canListen({ host: '127.0.0.1', port: before.port }))) return before
  return { port: await freePort() }
}

async function socketFolder(home, user) {
  const inside = join(home, 'socket')
  if (Buffer.byteLength(`${inside}/.s.PGSQL.5432`) <= LONGEST_SOCKET_PATH) {
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    if (await carriesSockets(inside)) return madePrivate(inside, user)
  }
  for (const parent of [tmpdir(), '/tmp']) {
    // A fresh name each time: a guessable one in a shared folder could be taken beforehand by somebody else.
    const folder = mkdtempSync(join(parent, 'errata-'))
    const fits = Buffer.byteLength(`${folder}/.s.PGSQL.5432`) <= LONGEST_SOCKET_PATH
    if (fits && reachableByAll(parent) && (await carriesSockets(folder))) return madePrivate(folder, user)
    rmSync(folder, { recursive: true })
  }
  return null
}

function reachableByAll(folder) {
  return process.getuid() !== 0 || (lstatSync(folder).mode & 0o001) !== 0
}

function madePrivate(folder, user) {
  chmodSync(folder, 0o700)
  if (user) chownSync(folder, user.uid, user.gid)
  return folder
}

function isPrivate(folder, user) {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  return (
    stat !== undefined &&
    stat.isDirectory() &&
    stat.uid === (user?.uid ?? process.getuid()) &&
    (stat.mode & 0o077) === 0
  )
}

/** Some file systems (shared folders of virtual machines, for one) cannot hold a socket. */
async function carriesSockets(folder) {
  const path = join(folder, `probe-${randomBytes(3).toString('hex')}`)
  return canListen({ path })
}

function canListen(where) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(where, () => server.close(() => resolve(true)))
  })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
