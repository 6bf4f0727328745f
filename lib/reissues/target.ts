/** What a re-issue is about, and whose it is: administrators decide for all facilities, supervisors for one record of theirs. */
import { publishedType } from '@/lib/certificate-types/live'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { ReissueChoice } from './answers'
import { reissueById, type ReissueRecord } from './store'
import type { Target } from './store-choosing'

export interface Wanted {
  type: string
  choice: ReissueChoice
}

/** The certificates that somebody asks for, under the version in force. Refusals: NOT_FOUND, VALIDATION_ERROR, NOT_ALLOWED. */
export async function targetOf(context: Context, caller: Caller, { type, choice }: Wanted): Promise<Target> {
  const { version } = await publishedType(context, type)
  const { which, key, before, codes } = choice
  if (which === 'key' && !key) throw invalid('/choice/key', 'Say which key.')
  if (which === 'before' && !before) throw invalid('/choice/before', 'Say before which day.')
  const decidesForAll = has(caller, 'administrator')
  if (!decidesForAll && codes.length !== 1) {
    throw new Refusal('NOT_ALLOWED', 'A supervisor has one record at a time issued anew. An administrator can do many.')
  }
  return {
    type,
    version,
    choice,
    scope: decidesForAll ? 'all' : caller,
    timeZone: context.settings.issuer.timeZone,
    at: context.now(),
  }
}

/** A run that the caller may see: an administrator any, a supervisor the own ones. Refusal NOT_FOUND. */
export async function ownReissue(db: Statements, caller: Caller, id: string): Promise<ReissueRecord> {
  const run = isUuid(id) ? await reissueById(db, id) : null
  const isOwn = run?.requestedById === caller.id
  if (!run || (!isOwn && !has(caller, 'administrator'))) throw new Refusal('NOT_FOUND', 'There is no such re-issue.')
  return run
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path, code: 'VALIDATION_ERROR', message }])
}
