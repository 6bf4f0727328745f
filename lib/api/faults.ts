/** Tells errors apart that are nobody's fault and pass: the database is away, too busy, or made somebody wait too long. */
import { Refusal } from '@/lib/errors'

/** Prisma's codes: unreachable, timed out, closed, no free connection, transaction not started or expired, write conflict. */
const PRISMA = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1003',
  'P1008',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
])

/** PostgreSQL's: lock_timeout, statement_timeout, deadlock, serialization, too few resources, starting up or going down, its files. */
const POSTGRES = /^(55P03|57014|40P01|40001|53\d\d\d|57P0\d|08\d\d\d|58000|58030)$/

/** PostgreSQL's disk_full. */
const DISK_FULL = '53100'

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])

/** Kinds that Prisma's driver adapter gives to lost connections. */
const ADAPTER = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
])

/** Errors that have no code: of the pool, of a connection that broke between two statements, of Prisma's transactions. */
const SENTENCE =
  /timeout exceeded when trying to connect|Connection terminated|is not queryable|Query read timeout|Unable to start a transaction|Transaction already closed/i

/** The Refusal that an error becomes: itself, REGISTRY_UNAVAILABLE when the database could not be asked, null when it is a defect. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  for (const part of partsOf(error)) {
    if (isDatabaseAway(part)) return new Refusal('REGISTRY_UNAVAILABLE', sentenceFor(part))
  }
  return null
}

function sentenceFor({ code, originalCode }: Record<string, unknown>): string {
  return code === DISK_FULL || originalCode === DISK_FULL
    ? 'The disk of the registry is full. Nothing of this was written; try again when there is room.'
    : 'The registry cannot be reached at the moment. Try again in a few seconds.'
}

function isDatabaseAway(part: Record<string, unknown>): boolean {
  const codes = [part.code, part.originalCode, part.errorCode].filter((code) => typeof code === 'string')
  const isDatabaseError = codes.some((code) => PRISMA.has(code) || POSTGRES.test(code))
  // A missing file is ours; a missing socket is the database's.
  const isNetworkError =
    codes.some((code) => NETWORK.has(code)) &&
    (typeof part.syscall !== 'string' || /connect|read|write|getaddrinfo/.test(part.syscall))
  return (
    isDatabaseError ||
    isNetworkError ||
    ADAPTER.has(String(part.kind)) ||
    (typeof part.message === 'string' && SENTENCE.test(part.message))
  )
}

/** An error, what caused it, and what Prisma's adapters hide in `meta`. */
function partsOf(error: unknown): Record<string, unknown>[] {
  const parts: Record<string, unknown>[] = []
  const open: unknown[] = [error]
  while (open.length > 0 && parts.length < 20) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null || parts.includes(value as never)) continue
    const part = value as Record<string, unknown>
    parts.push(part)
    open.push(part.cause, part.meta, part.driverAdapterError, ...(Array.isArray(part.errors) ? part.errors : []))
  }
  return parts
}
