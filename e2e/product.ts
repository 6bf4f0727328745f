/** Starts the product for the journeys as a person would: `node lib/start.mjs`, with a database of its own, and ends it. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { hashPassword } from '../lib/auth/passwords'
import type { Statements } from '../lib/db'
import { urlThrough } from '../lib/embedded/door.mjs'
import { CLIENT as SERVICE_CLIENT } from '../lib/testing/service-client'
import { copyCertificate } from '../lib/testing/many-certificates'

/** Playwright's workers read this file again: what the first reading chose is handed on in the environment. */
const PORT = (process.env.E2E_PORT ??= String(await freePort()))

/** Where the product expects its sign-in service; the journeys that need one start it there. */
export const SERVICE_PORT = Number(
  (process.env.E2E_SERVICE_PORT ??= process.env.E2E_ADDRESS ? '3499' : String(await freePort())),
)
export const SERVICE_NAME = 'Ministry login'

/** Where the product is. With E2E_ADDRESS set, one that runs already (with the operator and token below) is used. */
export const ADDRESS = process.env.E2E_ADDRESS ?? `http://localhost:${PORT}`
export const OPERATOR = { username: 'asha', password: 'correct horse battery' }
export const TOKEN = 'errata-journeys-token-0123456789abcdef'
export const TIME_ZONE = 'Asia/Colombo'

/** Playwright's global setup: answers with what undoes it. */
export default async function startProduct(): Promise<() => Promise<void>> {
  if (process.env.E2E_ADDRESS) return async () => {}
  const dataDir = mkdtempSync(join(tmpdir(), 'errata-journeys-'))
  // The database may run as another user, who has to reach its folder.
  chmodSync(dataDir, 0o755)
  process.env.E2E_DATA_DIR = dataDir
  const child = spawn(process.execPath, ['lib/start.mjs'], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT,
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      PUBLIC_URL: ADDRESS,
      BOOTSTRAP_OPERATOR: `${OPERATOR.username}:${OPERATOR.password}`,
      BOOTSTRAP_API_TOKEN: TOKEN,
      ISSUER_TIME_ZONE: TIME_ZONE,
      OIDC_ISSUER: `http://localhost:${SERVICE_PORT}`,
      OIDC_CLIENT_ID: SERVICE_CLIENT.id,
      OIDC_CLIENT_SECRET: SERVICE_CLIENT.secret,
      OIDC_NAME: SERVICE_NAME,
      // All journeys search as the same operator.
      RATE_LIMIT_SEARCHES_PER_MINUTE: '1000',
      LOOK_UPS_PER_PERSON_HOUR: '0',
      LOOK_UPS_PER_PERSON_DAY: '0',
      // Receivers of journeys are on this machine.
      WEBHOOKS_ALLOW_PRIVATE: '127.0.0.0/8',
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await ready(() => child.exitCode !== null)
  } catch (error) {
    await stop()
    throw new Error(`The product did not start:\n${said}`, { cause: error })
  }
  return async () => {
    const values = await personalValues()
    await stop()
    const found = values.filter((value) => said.includes(value))
    if (found.length > 0) throw new Error(`The product's log holds values of records: ${found.join(', ')}`)
  }
}

/** What is known of people after all journeys; without what is so short that it stands in a time or an id by chance. */
function personalValues(): Promise<string[]> {
  return inDatabase(async (client) => {
    const { rows } = await client.query<{ value: string }>(`
      select distinct v #>> '{}' as value
      from transaction t, jsonb_path_query(t.request -> 'recipient', '$.**') v where jsonb_typeof(v) = 'string'
      union select pre_enrollment_code from lineage`)
    return rows.map(({ value }) => value).filter((value) => value.length >= (/^\d+$/.test(value) ? 9 : 6))
  })
}

/** Adds an operator of one facility of the example data, as an administrator of the database does. */
export async function addOperator(
  facilityCode: string | null,
  roles: readonly string[] = ['operator', 'supervisor'],
): Promise<typeof OPERATOR> {
  const operator = { username: `clerk-${randomUUID()}`, password: 'three short planks' }
  const passwordHash = await hashPassword(operator.password)
  await inDatabase((client) =>
    client.query(
      'INSERT INTO operator (id, username, name, password_hash, facility_code, roles) VALUES ($1, $2, $2, $3, $4, $5)',
      [randomUUID(), operator.username, passwordHash, facilityCode, roles],
    ),
  )
  return operator
}

/** Leaves a webhook as the worker leaves one at which nothing arrived for days. */
export async function stopWebhook(url: string): Promise<void> {
  await inDatabase((client) =>
    client.query("UPDATE webhook SET stopped_at = now(), failing_since = now() - interval '6 days' WHERE url = $1", [
      url,
    ]),
  )
}

/**
 * Leaves an update of a certificate that was not issued, as the worker leaves one whose QR code it could not read back:
 * no certificate of ours has such a code. Answers the id of the transaction.
 */
export async function addFailure(certificateId: string, name: string, username: string): Promise<string> {
  const id = randomUUID()
  await inDatabase((client) =>
    client.query(
      `INSERT INTO transaction (id, lineage_id, sequence, kind, state, certificate_id, request, type_version, form,
         content_hash, channel, caller_kind, caller_id, caller_name, accepted_at, finished_at, failure_code, failure_message)
       SELECT $1::uuid, t.lineage_id, (SELECT max(sequence) + 1 FROM transaction WHERE lineage_id = t.lineage_id), 'update',
         'failed', $5, jsonb_set(t.request, '{recipient,name}', to_jsonb($3::text)), t.type_version, t.form, $5,
         'screen', 'operator', o.id::text, o.name, now(), now(), 'UNREADABLE_QR',
         'The QR code of this certificate could not be read back from its picture.'
       FROM certificate c JOIN transaction t ON t.id = c.transaction_id, operator o
       WHERE c.certificate_id = $2 AND o.username = $4`,
      [id, certificateId, name, username, id],
    ),
  )
  return id
}

/**
 * Leaves an update of a certificate that is held up, as the worker leaves one while the signing service is away. Answers the id
 * of the transaction.
 */
export async function addHeldUp(certificateId: string, name: string): Promise<string> {
  const id = randomUUID()
  const number = String(Math.floor(Math.random() * 1e12)).padStart(12, '9')
  await inDatabase((client) =>
    client.query(
      `INSERT INTO transaction (id, lineage_id, sequence, kind, certificate_id, request, type_version, form, content_hash,
         channel, caller_kind, caller_id, caller_name, accepted_at, attempts, last_error, next_attempt_at)
       SELECT $1::uuid, t.lineage_id, (SELECT max(sequence) + 1 FROM transaction WHERE lineage_id = t.lineage_id), 'update',
         $4, jsonb_set(t.request, '{recipient,name}', to_jsonb($3::text)), t.type_version, t.form, $1::text, 'api',
         t.caller_kind, t.caller_id, t.caller_name, now() - interval '8 minutes', 7,
         'SignerError: The external signer answered 503.', now() + interval '5 minutes'
       FROM certificate c JOIN transaction t ON t.id = c.transaction_id WHERE c.certificate_id = $2`,
      [id, certificateId, name, number],
    ),
  )
  return id
}

/** Copies a certificate, as a country's batch has thousands: with codes that begin with `prefix`. */
export async function copyInDatabase(certificateId: string, n: number, prefix: string): Promise<void> {
  await inDatabase(async (client) => {
    const $executeRaw = async (texts: TemplateStringsArray, ...values: unknown[]) => {
      const sql = texts.reduce((before, text, at) => `${before}$${at}${text}`)
      return (await client.query(sql, values)).rowCount ?? 0
    }
    await copyCertificate({ $executeRaw } as unknown as Statements, certificateId, n, { prefix })
  })
}

/** Where the product's data are, for a program that works on them beside it. */
export function placeOfData(): { DATA_DIR: string; DATABASE_URL: string } {
  const dataDir = process.env.E2E_DATA_DIR
  if (!dataDir) throw new Error('E2E_DATA_DIR says where the data of the product at E2E_ADDRESS is')
  const { door } = JSON.parse(readFileSync(join(dataDir, 'door.json'), 'utf8'))
  const password = readFileSync(join(dataDir, 'database.password'), 'utf8').trim()
  return { DATA_DIR: dataDir, DATABASE_URL: urlThrough(door, 'errata', password) }
}

async function inDatabase<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(placeOfData().DATABASE_URL)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function ready(ended: () => boolean): Promise<void> {
  const until = Date.now() + 10 * 60_000
  while (Date.now() < until && !ended()) {
    const answer = await fetch(`${ADDRESS}/readyz`).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(ended() ? 'it ended' : 'it took too long')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
