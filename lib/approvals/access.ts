/** Who may see a request for a second person, and who may be that person. */
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { notYours, reaches } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { lockPeople, madeBy, madeClient } from '@/lib/recalls/store-people'
import { isUuid } from '@/lib/uuid'
import { requestById, type RequestRow } from './store'

type Asked = Pick<RequestRow, 'requestedById' | 'requestedByKind' | 'requestedByName' | 'facilityCode'>

/**
 * A request for who asked for it and for supervisors who reach the record. Refusals: NOT_FOUND, NOT_YOUR_FACILITY,
 * NOT_ALLOWED.
 */
export async function visibleRequest(db: Statements, caller: Caller, id: string): Promise<RequestRow> {
  const request = isUuid(id) && !caller.sandbox ? await requestById(db, id) : null
  if (!request) throw new Refusal('NOT_FOUND', 'There is no such request.')
  if (isMine(request, caller)) return request
  if (!reaches(caller, request)) throw notYours()
  if (!has(caller, 'supervisor')) {
    throw new Refusal('NOT_ALLOWED', 'Only who asked for it and supervisors can open this request.')
  }
  return request
}

/** Whether the caller asked for it. */
export function isMine(
  { requestedById, requestedByKind }: Pick<Asked, 'requestedById' | 'requestedByKind'>,
  { id, kind }: Caller,
): boolean {
  return requestedById === id && requestedByKind === kind
}

/**
 * Why the caller cannot be the second person, null when that one can: the same person; an account that one of the two
 * made or gave a password a day ago or less, or a source system that the caller made, changed or gave a token, so that the
 * two may be one; or who asked may not act any more.
 */
export async function notSecondPerson(
  context: Context,
  db: Statements,
  caller: Caller,
  request: Asked,
): Promise<Refusal | null> {
  const refused = (message: string) => new Refusal('SECOND_PERSON_NEEDED', message)
  const { requestedById, requestedByKind, requestedByName: name } = request
  if (isMine(request, caller)) return refused('You asked for this. Somebody else has to decide.')
  const isPerson = requestedByKind === 'operator'
  const people = await lockPeople(db, isPerson ? [requestedById, caller.id] : [caller.id], request.facilityCode)
  const of = (id: string) => people.find((person) => person.id === id && !person.disabled)
  if (isPerson && !of(requestedById)) {
    return refused(`${name}, who asked for this, may not act any more. Reject it.`)
  }
  if (!of(caller.id)?.reaches) return refused('You may not decide about this record any more.')
  if (!isPerson) {
    if (!(await madeClient(db, caller.id, requestedById))) return null
    return refused(`You set up ${name}, or gave it its access token. Somebody else has to decide.`)
  }
  if (await madeBy(db, caller.id, requestedById, context.now())) {
    return refused(
      `${name} asked for this and gave you your password less than a day ago. Somebody else has to decide.`,
    )
  }
  if (await madeBy(db, requestedById, caller.id, context.now())) {
    return refused(`You gave ${name} the password less than a day ago. Somebody else has to decide.`)
  }
  return null
}
