/** Builders of what tests are about: requests, callers, and the context of a use case on a test database. */
import { generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certifyV1Example, testExample, updateExample } from '@/lib/api/examples'
import type { AcceptOptions } from '@/lib/certificates/accept'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { issueNext, type Issuer } from '@/lib/certificates/issue'
import { readConfig } from '@/lib/config'
import { connect } from '@/lib/db'
import type { Signer2 } from '@/lib/signing/eddsa'
import { multikeyOf } from '@/lib/signing/multikey'
import { loadSigningKeys } from '@/lib/signing/signing-keys'

type Partially<T> = { [K in keyof T]?: T[K] extends object ? Partially<T[K]> : T[K] | null }

/** DIVOC's documented update sample. */
const EXAMPLE = updateExample[0]!

/** A request item as a source system sends it (DIVOC's documented update sample), with the given parts changed. */
export function aRequest(changes: Record<string, unknown> & Partially<typeof EXAMPLE> = {}): Record<string, unknown> {
  return merged(EXAMPLE, changes) as Record<string, unknown>
}

/** A request item of the first generation, as a source system sends it to /v1, with the given parts changed. */
export function aV1Request(
  changes: Record<string, unknown> & Partially<(typeof certifyV1Example)[0]> = {},
): Record<string, unknown> {
  return merged(certifyV1Example[0], changes) as Record<string, unknown>
}

/** A test result as a source system sends it, with the given parts changed. */
export function aTest(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return merged(testExample[0], changes) as Record<string, unknown>
}

function merged(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) return changes
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete result[key]
    else result[key] = merged(result[key], value)
  }
  return result
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A source system for all facilities, unless said otherwise. */
export function aCaller(facts: Partial<Caller> = {}): Caller {
  return provenCaller({
    kind: 'client',
    id: 'client-1',
    name: 'Source system',
    facilityCode: null,
    batch: 'all',
    channel: 'api',
    facilities: facts.facilityCode ? [facts.facilityCode] : null,
    programs: null,
    roles: [],
    sandbox: false,
    ...facts,
  })
}

/** The options of a PUT /v3/certificate (the path matters to idempotency only). */
export function options(given: Partial<AcceptOptions> = {}): AcceptOptions {
  return { door: 'v3', method: 'PUT', path: '/v3/certificate', ...given }
}

/** A use case's context on a database of its own, at a fixed time, with Ed25519 keys (fast and deterministic). */
export function aContext(url: string, settings: Record<string, string> = {}): Context {
  const dataDir = mkdtempSync(join(tmpdir(), 'errata-test-'))
  const poolSize = 5
  const base = {
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: String(poolSize),
    DATA_DIR: dataDir,
    SIGNING_KEY_TYPE: 'ED25519',
  }
  return {
    db: connect(url, poolSize),
    settings: readConfig({ ...base, ...settings }),
    now: () => new Date('2026-05-12T10:30:00.000Z'),
    random: randomBytes,
    uuid: randomUUID,
  }
}

/** What the pipeline needs beside the context. */
export async function anIssuer(context: Context, more: Partial<Issuer> = {}): Promise<Issuer> {
  return { ...context, ...(await loadSigningKeys(context.settings)), ...more }
}

/** A new Ed25519 pair that signs the form of VC Data Model 2.0. */
export function aSigner2(nameOf: (multikey: string) => string): Signer2 & { publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    verificationMethod: nameOf(multikeyOf(publicKey)),
    publicKey,
    sign: async (bytes) => sign(null, bytes, privateKey),
  }
}

/** Issues until nothing waits. */
export async function issueAll(issuer: Issuer): Promise<void> {
  while ((await issueNext(issuer, 16)) > 0);
}
