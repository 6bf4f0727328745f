/** Which record a request asks for: everything that names one counts against the look-ups of whoever asks, found or not. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { countLookUp, type Subject } from '@/lib/desk/look-ups'
import { valueAt } from '@/lib/certificates/record'
import { splitEnding } from './representations'

interface Asked {
  params: unknown
  query: unknown
  body: unknown
}

/** Counts what is asked for. Refusal TOO_MANY_LOOK_UPS. */
export async function countLooked(context: Context, caller: Caller | null, asked: Asked): Promise<void> {
  if (!caller) return
  for (const subject of subjectsOf(asked)) await countLookUp(context, caller, subject)
}

/**
 * By the names that the contract has for a record wherever it stands. An array is a try (dryRun) or changes something: of a
 * try each item is a look, what is really sent is no way to look things up.
 */
export function subjectsOf({ params, query, body }: Asked): Subject[] {
  const given = { ...(query as object), ...(params as object) } as Record<string, unknown>
  const named = [given, Array.isArray(body) ? {} : ((body ?? {}) as Record<string, unknown>)]
  const subjects = named.flatMap(({ certificateId, preEnrollmentCode, q, about }) => [
    ...texts(certificateId).map((text) => ({ certificateId: splitEnding(text).certificateId })),
    ...texts(preEnrollmentCode).map((code) => ({ code })),
    // The search of a list takes either, exactly.
    ...[...texts(q), ...texts(about)].map((text) => ({ certificateId: text.trim() })),
  ])
  const tried = given.dryRun === true && Array.isArray(body) ? body : []
  return [...subjects, ...tried.flatMap((item) => texts(valueAt(item, 'preEnrollmentCode')).map((code) => ({ code })))]
}

/** As the database takes it. */
function texts(value: unknown): string[] {
  if (typeof value !== 'string' || value.trim() === '') return []
  return [value.toWellFormed().replaceAll('\u0000', '').slice(0, 300)]
}
