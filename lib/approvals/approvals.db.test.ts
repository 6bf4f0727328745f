import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '@/lib/auth/roles'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { changeStatus } from '@/lib/certificates/change-status'
import { findCertificate, findLineages } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import { setEnvironment } from '@/lib/testing/api'
import { aCaller, aContext, anIssuer, aRequest, aV1Request, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { approveRequest, askAbout, rejectRequest } from './decide'
import { answerQuestion, askBeyondLimit, withdrawRequest } from './own'
import { listRequests, readRequest, requestsWaiting } from './read'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let operator: Caller
let supervisor: Caller
let code: string
let certificateId: string
const source = aCaller()

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url)
  context = aContext(database.url, { NEXTAUTH_SECRET: 'a secret that only the tests have' })
  await context.db.facility.createMany({
    data: ['NORTH', 'SOUTH'].map((facility) => ({ code: facility, name: `Facility ${facility}` })),
  })
  operator = await person('operator')
  supervisor = await person('supervisor')
})
beforeEach(async () => {
  code = randomUUID()
  certificateId = await certified()
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

async function person(role: Role, facilityCode: string | null = 'NORTH'): Promise<Caller> {
  const id = randomUUID()
  const name = `${role} ${id.slice(0, 4)}`
  const roles = [role]
  await context.db.operator.create({ data: { id, username: id, name, passwordHash: 'x', facilityCode, roles } })
  return aCaller({ kind: 'operator', channel: 'screen', id, name, facilityCode, roles })
}

const issue = async () => issueAll(await anIssuer(context))

async function certified(): Promise<string> {
  const body = [aRequest({ preEnrollmentCode: code })]
  const by = aCaller({ facilityCode: 'NORTH' })
  const { results } = await acceptCertify(context, by, body, options({ method: 'POST', path: '/v3/certify' }))
  await issue()
  return results[0]!.certificateId!
}

const to = (changes: object) => [aRequest({ preEnrollmentCode: code, ...changes })]
const OTHER_PERSON = { recipient: { name: 'Completely Different', dob: '1980-01-01' } }
const put = (caller: Caller, body: unknown, given: object = {}) => acceptUpdates(context, caller, body, options(given))

async function requested(by = operator, changes: object = OTHER_PERSON): Promise<string> {
  const { results } = await put(by, to(changes), { ifMatch: [(await lineage()).history[0]!.certificateId] })
  expect(results[0]!.status).toBe('awaiting_approval')
  return results[0]!.approval!.requestId!
}

async function lineage() {
  return (await findLineages(context, source, { preEnrollmentCode: code })).lineages[0]!
}

const approve = (id: string, by = supervisor, note = '') => approveRequest(context, by, id, { note })
const reject = (id: string, by = supervisor) => rejectRequest(context, by, id, { reason: 'Not so in the passport.' })
const ask = (id: string, by = supervisor) => askAbout(context, by, id, { question: 'Which document?' })
const answer = (id: string, by = operator) => answerQuestion(context, by, id, { answer: 'The passport.' })

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  )

const actions = async (id: string) =>
  (
    await context.db.auditEvent.findMany({
      where: { detail: { path: ['requestId'], equals: id } },
      orderBy: { id: 'asc' },
    })
  ).map(({ action, actorId }) => [action, actorId])

/** Uses up the updates of the dose, by the source system. */
async function useUp(n: number): Promise<void> {
  for (let at = 0; at < n; at++) {
    await put(source, to({ vaccination: { batch: `B${at}` } }))
    await issue()
  }
}

describe('a correction that needs a second person', () => {
  test('waits: nothing is accepted, nothing is spent, and the record shows it', async () => {
    const { results } = await put(operator, to(OTHER_PERSON))
    expect(results[0]).toMatchObject({
      status: 'awaiting_approval',
      transactionId: null,
      certificateId: null,
      previousCertificateId: certificateId,
      updatesUsed: 0,
      updatesRemaining: 5,
      approval: { reasons: ['name_and_birth_date', 'large_name_change'] },
    })
    const { requestId } = results[0]!.approval!
    await issue()
    expect(await lineage()).toMatchObject({
      updatesUsed: 0,
      current: { certificateId },
      approval: { requestId, state: 'queued', by: { name: operator.name } },
    })
    expect(await actions(requestId!)).toEqual([['approval.requested', operator.id]])
  })

  test('a dry run says beforehand why, and writes nothing', async () => {
    const { results } = await put(operator, to(OTHER_PERSON), { dryRun: true })
    expect(results[0]).toMatchObject({ status: 'awaiting_approval', approval: { requestId: null } })
    expect((await lineage()).approval).toBeNull()
  })

  test('small corrections, supervisors and source systems are not asked', async () => {
    expect((await put(operator, to({ recipient: { name: 'Jon Doe' } }))).results[0]!.status).toBe('accepted')
    await issue()
    expect((await put(supervisor, to(OTHER_PERSON))).results[0]!.status).toBe('accepted')
    await issue()
    const back = await put(source, to({ recipient: { name: 'Somebody Else', dob: '1970-01-01' } }))
    expect(back.results[0]!.status).toBe('accepted')
  })

  test('a large correction in small parts, one after the other, is a large one', async () => {
    expect((await put(operator, to({ recipient: { name: 'Jon Doe' } }))).results[0]!.status).toBe('accepted')
    await issue()
    const { results } = await put(operator, to({ recipient: { name: 'Jon Doe', dob: '1980-01-01' } }))
    expect(results[0]).toMatchObject({ status: 'awaiting_approval', approval: { reasons: ['name_and_birth_date'] } })
    await approve(results[0]!.approval!.requestId!)
    await issue()
    // Two people answered for it: from here it is measured anew.
    const next = await put(operator, to({ recipient: { name: 'Jon Does', dob: '1980-01-01' } }))
    expect(next.results[0]!.status).toBe('accepted')
  })

  test.each<[string, () => Caller]>([
    ['a nightly update of the source system', () => source],
    ['a supervisor', () => supervisor],
  ])('in parts, and %s touches something else in between: a large one still', async (_who, between) => {
    const next = async (by: Caller, recipient: object, batch: string) => {
      const { results } = await put(by, to({ recipient, vaccination: { batch } }))
      await issue()
      return results[0]!
    }
    expect((await next(operator, { name: 'Jon Doe' }, 'B1')).status).toBe('accepted')
    expect((await next(between(), { name: 'Jon Doe' }, 'B2')).status).toBe('accepted')
    expect(await next(operator, { name: 'Jon Doe', dob: '1980-01-01' }, 'B2')).toMatchObject({
      status: 'awaiting_approval',
      approval: { reasons: ['name_and_birth_date'] },
    })
  })

  test('a name that drifts is measured from the last one that somebody answered for', async () => {
    const names = ['Jon Doe', 'Jon Roe', 'Jon Rose', 'Ron Rose', 'Ron Rossi']
    const { length } = names
    const statuses: string[] = []
    for (let at = 0; at < length && statuses.at(-1) !== 'awaiting_approval'; at++) {
      const { results } = await put(operator, to({ recipient: { name: names[at] } }))
      statuses.push(results[0]!.status)
      await issue()
      // No update of these counts towards the limit here.
      await context.db.$executeRaw`update lineage set extra_updates = 9 where pre_enrollment_code = ${code}`
      if (results[0]!.status === 'accepted') {
        await put(source, to({ recipient: { name: names[at] }, vaccination: { batch: `N${at}` } }))
        await issue()
      }
    }
    expect(statuses.at(-1)).toBe('awaiting_approval')
    expect(statuses[0]).toBe('accepted')
  })

  test('what the source system itself says of the name is where the next one is measured from', async () => {
    expect((await put(source, to({ recipient: { name: 'Jane Dean' } }))).results[0]!.status).toBe('accepted')
    await issue()
    const small = to({ recipient: { name: 'Jane Dean', dob: '1980-01-01' } })
    expect((await put(operator, small)).results[0]!.status).toBe('accepted')
  })

  test('the last update needs one', async () => {
    await useUp(4)
    const { results } = await put(operator, to({ vaccination: { batch: 'LAST' } }))
    expect(results[0]).toMatchObject({ status: 'awaiting_approval', approval: { reasons: ['last_update'] } })
    await approve(results[0]!.approval!.requestId!)
    await issue()
    expect(await lineage()).toMatchObject({ updatesUsed: 5, updatesRemaining: 0, updatesExtra: 0, approval: null })
  })

  test('the same request again is the one that waits; another is refused with its number, also at the same moment', async () => {
    const both = await Promise.all([put(operator, to(OTHER_PERSON)), put(operator, to(OTHER_PERSON))])
    const ids = both.map(({ results }) => results[0]!.approval!.requestId)
    expect(ids[0]).toBe(ids[1])
    const colleague = await person('operator')
    await expect(put(colleague, to(OTHER_PERSON))).rejects.toMatchObject({
      code: 'APPROVAL_PENDING',
      details: [expect.objectContaining({ message: expect.stringContaining(ids[0]!) })],
    })
    expect(await refusal(put(operator, to({ recipient: { name: 'A Third Person' } })))).toBe('APPROVAL_PENDING')
    expect(await context.db.changeRequest.count({ where: { id: { in: ids as string[] } } })).toBe(1)
  })

  test('the same key gets the same answer, also after it was decided', async () => {
    const idempotencyKey = randomUUID()
    const first = await put(operator, to(OTHER_PERSON), { idempotencyKey })
    await reject(first.results[0]!.approval!.requestId!)
    expect(await put(operator, to(OTHER_PERSON), { idempotencyKey })).toEqual(first)
  })

  test('in an array each item goes its own way: what is small is accepted, what is large waits', async () => {
    const second = randomUUID()
    const by = aCaller({ facilityCode: 'NORTH' })
    const other = aRequest({ preEnrollmentCode: second })
    await acceptCertify(context, by, [other], options({ method: 'POST', path: '/v3/certify' }))
    await issue()
    const body = [...to(OTHER_PERSON), aRequest({ preEnrollmentCode: second, recipient: { name: 'Jon Doe' } })]
    const { results } = await put(operator, body)
    expect(results.map(({ status }) => status)).toEqual(['awaiting_approval', 'accepted'])
  })
})

describe('approving', () => {
  test('accepts what was asked for, as the requester’s correction, with the approver on record', async () => {
    const id = await requested()
    const approved = await approve(id, supervisor, 'Seen in the passport.')
    expect(approved).toMatchObject({ state: 'accepted', decidedBy: { name: supervisor.name, you: true } })
    await issue()
    const after = await lineage()
    expect(after).toMatchObject({ holderName: 'Completely Different', updatesUsed: 1, approval: null })
    expect(after.history[0]).toMatchObject({
      by: { kind: 'operator', name: operator.name },
      reason: { approvedBy: supervisor.name, requestId: id },
    })
    expect(await readRequest(context, operator, id)).toMatchObject({
      state: 'amendment-completed',
      newCertificateId: after.current!.certificateId,
      messages: [{ kind: 'decision', text: 'Seen in the passport.', by: { name: supervisor.name, you: false } }],
    })
    expect(await actions(id)).toEqual([
      ['approval.requested', operator.id],
      ['approval.approved', supervisor.id],
    ])
    const [accepted] = await context.db.auditEvent.findMany({
      where: { action: 'update.accepted', detail: { path: ['transactionId'], equals: approved.transactionId! } },
    })
    expect(accepted).toMatchObject({ actorId: supervisor.id, detail: { of: operator.id } })
  })

  test('once: the same approval again finds it done, and only one update is spent', async () => {
    const id = await requested()
    const [first, again] = await Promise.all([approve(id), approve(id)])
    expect(first.transactionId).toBe(again.transactionId)
    expect((await approve(id)).state).toBe('accepted')
    await issue()
    expect((await lineage()).updatesUsed).toBe(1)
  })

  test('two supervisors at once: one wins, the other is told by name', async () => {
    const other = await person('supervisor')
    const id = await requested()
    const outcomes = await Promise.allSettled([approve(id), reject(id, other)])
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost).toHaveLength(1)
    expect(lost[0]!.reason).toMatchObject({ code: 'APPROVAL_STATE' })
    const { state, decidedBy } = await readRequest(context, operator, id)
    expect(lost[0]!.reason.message).toContain(decidedBy!.name)
    await issue()
    expect((await lineage()).updatesUsed).toBe(state === 'denied' ? 0 : 1)
  })

  test('a record that changed meanwhile: nothing is accepted, the request goes back with the conflict', async () => {
    const id = await requested()
    await put(source, to({ vaccination: { batch: 'NEW1' } }))
    await issue()
    expect(await approve(id)).toMatchObject({ state: 'waiting-for-information', conflict: 'STALE_VERSION' })
    expect((await lineage()).updatesUsed).toBe(1)
    expect(await readRequest(context, operator, id)).toMatchObject({
      conflict: 'STALE_VERSION',
      may: { answer: false, withdraw: true },
    })
    expect(await refusal(answer(id))).toBe('APPROVAL_STATE')
    await withdrawRequest(context, operator, id)
    const anew = await requested(operator, { ...OTHER_PERSON, vaccination: { batch: 'NEW1' } })
    expect((await approve(anew)).state).toBe('accepted')
  })

  test('on a screen, of a certificate of the first generation: read as it was read, issued as it was issued', async () => {
    code = randomUUID()
    const first = aV1Request({ preEnrollmentCode: code })
    const by = aCaller({ facilityCode: 'NORTH' })
    await acceptCertify(context, by, [first], options({ method: 'POST', path: '/v1/certify', form: 'certifyV2' }))
    await issue()
    // A screen sends what it read, and the first generation requires a gender.
    const { gender: _gender, ...given } = first.recipient as Record<string, unknown>
    const recipient = { ...given, ...OTHER_PERSON.recipient }
    const { results } = await put(operator, [{ ...first, recipient }])
    expect(results[0]).toMatchObject({ status: 'awaiting_approval' })
    expect(await approve(results[0]!.approval!.requestId!)).toMatchObject({ state: 'accepted', conflict: null })
    await issue()
    expect(await lineage()).toMatchObject({ holderName: 'Completely Different', updatesUsed: 1 })
    const forms = await context.db.transaction.findMany({ where: { lineage: { preEnrollmentCode: code } } })
    expect(forms.map(({ form }) => form)).toEqual(['certifyV2', 'certifyV2'])
  })

  test('what cannot be read any more: back to who asked, with the sentence, and the record is free again', async () => {
    const id = await requested()
    await context.db.$executeRaw`update change_request set item = item #- '{recipient,name}' where id = ${id}::uuid`
    const back = await approve(id)
    expect(back).toMatchObject({ state: 'waiting-for-information', conflict: 'VALIDATION_ERROR' })
    expect(back.messages).toMatchObject([{ kind: 'conflict', text: expect.stringMatching(/name/i) }])
    await withdrawRequest(context, operator, id)
    expect((await approve(await requested())).state).toBe('accepted')
  })

  test('a certificate that was cancelled meanwhile: back to who asked', async () => {
    const id = await requested()
    await context.db.$executeRaw`update certificate set state = 'revoked' where certificate_id = ${certificateId}`
    expect(await approve(id)).toMatchObject({ conflict: 'CERTIFICATE_REVOKED' })
  })

  test('the same correction that was made meanwhile by somebody else counts as its outcome', async () => {
    const id = await requested()
    const { results } = await put(supervisor, to(OTHER_PERSON))
    expect((await approve(id)).transactionId).toBe(results[0]!.transactionId)
  })
})

describe('who may', () => {
  test('nobody decides the own request, and only supervisors who reach the record decide', async () => {
    const id = await requested()
    const colleague = await person('operator')
    const south = await person('supervisor', 'SOUTH')
    const auditor = await person('auditor', null)
    for (const act of [approve, reject, ask]) {
      expect(await refusal(act(id, colleague))).toBe('NOT_ALLOWED')
      expect(await refusal(act(id, auditor))).toBe('NOT_ALLOWED')
      expect(await refusal(act(id, south))).toBe('NOT_YOUR_FACILITY')
      expect(await refusal(act(id, operator))).toBe('SECOND_PERSON_NEEDED')
    }
    expect(await refusal(readRequest(context, colleague, id))).toBe('NOT_ALLOWED')
    expect(await refusal(readRequest(context, south, id))).toBe('NOT_YOUR_FACILITY')
    expect(await refusal(readRequest(context, supervisor, randomUUID()))).toBe('NOT_FOUND')
    expect(await refusal(readRequest(context, supervisor, 'x'))).toBe('NOT_FOUND')
  })

  test('the database itself refuses that one person is both', async () => {
    const id = await requested()
    await expect(
      context.db.$executeRaw`update change_request set state = 'denied', decided_by_id = requested_by_id,
        decided_at = now() where id = ${id}::uuid`,
    ).rejects.toThrow(/change_request_two_people/)
  })

  test('one who gave the other the password less than a day ago is no second person', async () => {
    const id = await requested()
    await context.db.$executeRaw`
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
      values (${context.now()}, 'operator.password_reset', 'operator', ${supervisor.id}, 'x',
              jsonb_build_object('operatorId', ${operator.id}::text))`
    expect(await refusal(approve(id))).toBe('SECOND_PERSON_NEEDED')
    expect((await readRequest(context, supervisor, id)).cannotDecide).toMatch(/password/)
    const other = await person('supervisor')
    expect((await approve(id, other)).state).toBe('accepted')
    operator = await person('operator')
  })

  test('what a person asked for who may not act any more is not approved, only rejected', async () => {
    const leaving = await person('operator')
    const id = await requested(leaving)
    await context.db.operator.update({ where: { id: leaving.id }, data: { disabled: true } })
    expect(await refusal(approve(id))).toBe('SECOND_PERSON_NEEDED')
  })

  test('another facility’s record cannot be corrected without having been opened', async () => {
    const south = await person('operator', 'SOUTH')
    expect(await refusal(put(south, to(OTHER_PERSON)))).toBe('NOT_YOUR_FACILITY')
  })
})

describe('asking, answering, withdrawing, rejecting', () => {
  test('a question goes to who asked, the answer brings it back; both may be repeated', async () => {
    const id = await requested()
    await ask(id)
    expect(await ask(id)).toMatchObject({ state: 'waiting-for-information' })
    expect(await requestsWaiting(context, operator)).toMatchObject({ toAnswer: 1 })
    await answer(id)
    expect(await answer(id)).toMatchObject({ state: 'in-review' })
    const { messages } = await readRequest(context, supervisor, id)
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['question', 'Which document?'],
      ['answer', 'The passport.'],
    ])
    expect(await refusal(answer(id, supervisor))).toBe('NOT_ALLOWED')
    expect((await approve(id)).state).toBe('accepted')
  })

  test('a rejection is final, its reason is read by who asked, and the record is as it was', async () => {
    const id = await requested()
    await reject(id)
    expect((await reject(id)).state).toBe('denied')
    expect(await refusal(approve(id, await person('supervisor')))).toBe('APPROVAL_STATE')
    expect(await readRequest(context, operator, id)).toMatchObject({
      state: 'denied',
      decidedBy: { name: supervisor.name },
      messages: [{ kind: 'decision', text: 'Not so in the passport.' }],
    })
    expect(await lineage()).toMatchObject({ updatesUsed: 0, current: { certificateId }, approval: null })
    expect((await requested()) === id).toBe(false)
  })

  test('who asked can withdraw, nobody else; then nobody can decide', async () => {
    const id = await requested()
    expect(await refusal(withdrawRequest(context, supervisor, id))).toBe('NOT_ALLOWED')
    await withdrawRequest(context, operator, id)
    expect((await withdrawRequest(context, operator, id)).state).toBe('requester-cancelled')
    expect(await refusal(approve(id))).toBe('APPROVAL_STATE')
    expect(await actions(id)).toEqual([
      ['approval.requested', operator.id],
      ['approval.withdrawn', operator.id],
    ])
  })

  test('withdrawn and approved at once: one of the two', async () => {
    const id = await requested()
    await Promise.allSettled([approve(id), withdrawRequest(context, operator, id)])
    await issue()
    const { state } = await readRequest(context, operator, id)
    expect((await lineage()).updatesUsed).toBe(state === 'requester-cancelled' ? 0 : 1)
  })
})

describe('an update beyond the limit', () => {
  const beyond = (by = operator) =>
    askBeyondLimit(
      context,
      by,
      { certificateId, item: to({ vaccination: { batch: 'BEYOND' } })[0], note: 'Please.' },
      undefined,
    )

  beforeEach(async () => {
    await useUp(5)
    certificateId = (await lineage()).current!.certificateId
  })

  test('is asked for, granted with a reason, used at once, and shown', async () => {
    expect(await refusal(put(operator, to({ vaccination: { batch: 'BEYOND' } })))).toBe('UPDATE_LIMIT_REACHED')
    const { results } = await beyond()
    expect(results[0]).toMatchObject({ status: 'awaiting_approval', approval: { reasons: ['no_updates_left'] } })
    const id = results[0]!.approval!.requestId!
    expect(await refusal(approve(id))).toBe('VALIDATION_ERROR')
    expect(await approve(id, supervisor, 'The batch was recorded wrongly by us.')).toMatchObject({ extraUpdate: true })
    await issue()
    expect(await lineage()).toMatchObject({ updatesUsed: 6, updatesLimit: 6, updatesRemaining: 0, updatesExtra: 1 })
    expect((await lineage()).history[0]!.reason).toMatchObject({ extraUpdate: true, approvedBy: supervisor.name })
    expect(await refusal(put(operator, to({ vaccination: { batch: 'MORE' } })))).toBe('UPDATE_LIMIT_REACHED')
    expect(
      (await findCertificate(context, source, (await lineage()).current!.certificateId)).lineage.updatesExtra,
    ).toBe(1)
  })

  test('one grant is one update, whoever is fastest', async () => {
    const { results } = await beyond()
    const id = results[0]!.approval!.requestId!
    await Promise.allSettled([
      approve(id, supervisor, 'Once.'),
      approve(id, await person('supervisor'), 'Twice.'),
      ...[1, 2, 3].map((n) => put(source, to({ vaccination: { batch: `RACE${n}` } }))),
    ])
    await issue()
    expect(await lineage()).toMatchObject({ updatesUsed: 6, updatesLimit: 6, updatesRemaining: 0 })
  })

  test('a supervisor has to ask another one', async () => {
    const { results } = await beyond(supervisor)
    expect(results[0]!.status).toBe('awaiting_approval')
    const id = results[0]!.approval!.requestId!
    expect(await refusal(approve(id, supervisor, 'For myself.'))).toBe('SECOND_PERSON_NEEDED')
    expect((await approve(id, await person('supervisor'), 'Right.')).extraUpdate).toBe(true)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['that cannot be issued', async () => issueAll(await anIssuer(context, { scan: async () => null }))],
    [
      'of a certificate that is suspended before it is issued',
      () =>
        changeStatus(context, aCaller(), { certificateId, action: 'suspend', reason: { cause: 'error', note: 'x' } }),
    ],
  ])('one %s leaves nothing behind: the next one needs a supervisor again', async (_what, end) => {
    const { results } = await beyond()
    const id = results[0]!.approval!.requestId!
    await approve(id, supervisor, 'Once.')
    expect(await lineage()).toMatchObject({ updatesExtra: 1 })
    await end()
    expect((await readRequest(context, operator, id)).failure).not.toBeNull()
    expect(await lineage()).toMatchObject({ updatesUsed: 5, updatesExtra: 0, updatesRemaining: 0 })
  })

  test('a rejected one grants nothing', async () => {
    const { results } = await beyond()
    await reject(results[0]!.approval!.requestId!)
    expect(await lineage()).toMatchObject({ updatesUsed: 5, updatesExtra: 0, updatesRemaining: 0 })
  })
})

describe('the lists', () => {
  test('what waits stands with supervisors who reach it, the own ones with who asked', async () => {
    const id = await requested()
    const ids = async (caller: Caller, list: 'mine' | 'to_decide' | 'decided') =>
      (await listRequests(context, caller, { list })).requests.map(({ requestId }) => requestId)
    expect(await ids(operator, 'mine')).toContain(id)
    expect(await ids(supervisor, 'to_decide')).toContain(id)
    expect(await ids(supervisor, 'mine')).not.toContain(id)
    expect(await ids(await person('supervisor', 'SOUTH'), 'to_decide')).not.toContain(id)
    expect(await refusal(listRequests(context, operator, { list: 'to_decide' }))).toBe('NOT_ALLOWED')
    const before = await requestsWaiting(context, supervisor)
    await reject(id)
    expect((await requestsWaiting(context, supervisor)).toDecide).toBe(before.toDecide - 1)
    expect(await ids(supervisor, 'decided')).toContain(id)
  })

  test('go on after the last of a page', async () => {
    const asker = await person('operator')
    for (let at = 0; at < 32; at++) {
      const id = randomUUID()
      await context.db.$executeRaw`
        insert into change_request (id, lineage_id, certificate_id, item, form, content_hash, reasons, state, channel,
          requested_by_kind, requested_by_id, requested_by_name, requested_at, changed_at, decided_at)
        select ${id}::uuid, t.lineage_id, t.certificate_id, t.request, 'certifyV3', 'x', '{last_update}',
               'requester-cancelled', 'screen', 'operator', ${asker.id}, 'x', now(), now(), now()
        from transaction t where t.certificate_id = ${certificateId}`
    }
    const first = await listRequests(context, asker, { list: 'mine' })
    const rest = await listRequests(context, asker, { list: 'mine', after: first.next! })
    const all = [...first.requests, ...rest.requests].map(({ requestId }) => requestId)
    expect([all.length, new Set(all).size, rest.next]).toEqual([32, 32, null])
    expect(await refusal(listRequests(context, asker, { list: 'mine', after: '1.x' }))).toBe('VALIDATION_ERROR')
  })
})
