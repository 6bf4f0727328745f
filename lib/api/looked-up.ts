/** Which record a request asks for: everything that names one counts against the look-ups of whoever asks, found or not. */
import { createHash } from 'node:crypto'
import { writeLook } from '@/lib/audit/looks'
import { typeInForce, typeNames } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { valuesTried } from '@/lib/certificates/masks'
import { valueAt } from '@/lib/certificates/record'
import { countLookUp, type Subject } from '@/lib/desk/look-ups'
import type { Endpoint } from './endpoint'
import { splitEnding } from './representations'

interface Asked {
  params: unknown
  query: unknown
  body: unknown
}

/** Source systems send records here, one at a time, and say which certificate each corrects: that is no way to look things up. */
const SENT = new Set(['certifyEntity', 'updateEntity', 'replaceEntity'])

type Given = Record<string, unknown>

/** Counts what is asked for, and what a person tries in the place of a hidden value. Refusal TOO_MANY_LOOK_UPS. */
export async function countLooked(
  context: Context,
  endpoint: Endpoint,
  caller: Caller | null,
  asked: Asked,
): Promise<void> {
  if (!caller) return
  const keys = keysOf(context)
  for (const subject of subjectsOf(endpoint, caller, asked, keys)) await countLookUp(context, caller, subject)
  if (caller.kind !== 'operator') return
  for (const item of objectsIn(asked.body)) await countTried(context, caller, item, keys)
}

/** Where items of some types hold their code; an item does not say its type. */
function keysOf(context: Context): string[] {
  return typeNames(context).flatMap((name) => typeInForce(context, name).lineage.key ?? [])
}

/** The code of an item, as reading it finds it: by itself, else in the field of its type that holds it. */
function codesIn(item: Given, keys: readonly string[]): string[] {
  const own = texts(item.preEnrollmentCode)
  return own.length > 0 ? own : keys.flatMap((key) => texts(valueAt(item, key)))
}

/**
 * By the two names that the contract has for a record wherever it stands, in bodies at any depth, by the field that is the
 * code of some types, and by the parameters that the row says. An array of a source system counts when it is a try (dryRun): what it really sends is no way to look
 * things up. Of people each item counts.
 */
function subjectsOf(
  { operation, recordIn = [] }: Endpoint,
  { kind }: Caller,
  { params, query, body }: Asked,
  keys: readonly string[],
): Subject[] {
  if (SENT.has(operation)) return []
  const given = { ...(query as object), ...(params as object) } as Given
  const isSent = kind !== 'operator' && given.dryRun !== true && Array.isArray(body)
  const named = [given, ...(isSent ? [] : objectsIn(body))]
  return [
    ...named.flatMap((one) => [
      ...texts(one.certificateId).map((text) => ({ certificateId: splitEnding(text).certificateId })),
      ...codesIn(one, keys).map((code) => ({ code })),
    ]),
    // The search of a list takes either, exactly.
    ...recordIn.flatMap((name) => texts(given[name]).map((text) => ({ certificateId: text.trim() }))),
  ]
}

/**
 * Who writes a value in the place of a hidden one may learn whether it is the same. Each value counts as a look-up of its
 * own, also at a record that is counted already, and is in the log with the name of its field.
 */
async function countTried(context: Context, caller: Caller, item: Given, keys: readonly string[]): Promise<void> {
  const [code] = codesIn(item, keys)
  if (code === undefined) return
  for (const { path, value } of valuesTried(context, item)) {
    const tried = createHash('sha256')
      .update(JSON.stringify(['tried', code, path, value]))
      .digest('base64url')
    await countLookUp(context, caller, { code: tried })
    await writeLook(context, caller, { action: 'record.tried', detail: { field: path }, code, apart: tried })
  }
}

function objectsIn(value: unknown): Given[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inner : [value as Given, ...inner]
}

/** As the database takes it. */
function texts(value: unknown): string[] {
  if (typeof value !== 'string' || value.trim() === '') return []
  return [value.toWellFormed().replaceAll('\u0000', '').slice(0, 300)]
}
