import { describe, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { aLineage, accepted } from '@/lib/testing/lineages'
import {
  LineageClosed,
  planCertify,
  planIssue,
  planLift,
  planMove,
  planRevoke,
  planSuspend,
  planUpdate,
  updatesRemaining,
  withAccepted,
  type Head,
  type Lineage,
  type Standing,
} from './rules'

const LIMIT = 5
const outcome = (decide: () => { kind: string }) => {
  try {
    return decide().kind
  } catch (error) {
    if (error instanceof Refusal) return error.code
    if (error instanceof LineageClosed) return 'begin again'
    throw error
  }
}

const absent = null
const beingIssued = aLineage({ original: accepted('a', 'pending'), newest: accepted('a', 'pending'), nextSequence: 1 })
const current = aLineage({
  original: accepted('a'),
  newest: accepted('a'),
  headCertificateId: 'a',
  headTransactionId: 't-a',
  headState: 'current',
})
const updated = {
  ...current,
  newest: accepted('b'),
  headCertificateId: 'b',
  headTransactionId: 't-b',
  updatesIssued: 1,
}
const updating = { ...current, newest: accepted('b', 'pending'), updatesPending: 1 }
const atLimit = { ...updated, updatesIssued: 4, updatesPending: 1 }
const overLimit = { ...updated, updatesIssued: 7 }
const suspended: Lineage = { ...current, headState: 'suspended' }
const revoked: Lineage = { ...current, headState: 'revoked', open: false }
const failed = aLineage({ open: false, original: null, newest: null })

describe('the state table: what a request does in each state of a lineage', () => {
  test.each([
    // state, lineage, PUT new content, PUT the newest content, PUT new content with If-Match of another certificate
    ['no certificate', absent, 'CERTIFICATE_NOT_FOUND', 'CERTIFICATE_NOT_FOUND', 'CERTIFICATE_NOT_FOUND'],
    ['original failed', failed, 'CERTIFICATE_NOT_FOUND', 'CERTIFICATE_NOT_FOUND', 'CERTIFICATE_NOT_FOUND'],
    ['being issued', beingIssued, 'issue', 'unchanged', 'STALE_VERSION'],
    ['current', current, 'issue', 'unchanged', 'STALE_VERSION'],
    ['updated', updated, 'issue', 'unchanged', 'STALE_VERSION'],
    ['update pending', updating, 'issue', 'unchanged', 'STALE_VERSION'],
    ['at the limit', atLimit, 'UPDATE_LIMIT_REACHED', 'unchanged', 'STALE_VERSION'],
    ['limit lowered below', overLimit, 'UPDATE_LIMIT_REACHED', 'unchanged', 'STALE_VERSION'],
    ['suspended', suspended, 'CERTIFICATE_SUSPENDED', 'CERTIFICATE_SUSPENDED', 'CERTIFICATE_SUSPENDED'],
    ['revoked', revoked, 'CERTIFICATE_REVOKED', 'CERTIFICATE_REVOKED', 'CERTIFICATE_REVOKED'],
  ])('%s', (_state, lineage, fresh, same, stale) => {
    const newest = lineage?.newest?.contentHash ?? 'x'
    expect(outcome(() => planUpdate({ contentHash: 'fresh' }, lineage, LIMIT))).toBe(fresh)
    expect(outcome(() => planUpdate({ contentHash: newest }, lineage, LIMIT))).toBe(same)
    expect(outcome(() => planUpdate({ contentHash: 'fresh', ifMatch: ['zzz'] }, lineage, LIMIT))).toBe(stale)
  })

  test.each([
    ['new lineage', aLineage({}), 'issue', undefined],
    ['being issued, same content', beingIssued, 'already_certified', true],
    ['updated, content of the original', { ...updated }, 'already_certified', true],
  ])('certify: %s', (_state, lineage, kind, sameContent) => {
    const plan = planCertify('hash a', lineage)
    expect(plan.kind).toBe(kind)
    if (plan.kind === 'already_certified') expect(plan.sameContent).toBe(sameContent)
  })

  test('certify with content that is neither the original nor the newest says so', () => {
    expect(planCertify('other', updated)).toMatchObject({
      kind: 'already_certified',
      sameContent: false,
      certificateId: 'b',
    })
  })
})

/** A move whose content is "fresh" is on its way to dose 2. */
const moving = {
  ...current,
  newest: { ...accepted('m', 'pending'), correctedDose: 2 },
  updatesPending: 1,
}
const dose2 = { id: 'there', dose: 2 }
const kept = aLineage({ ...dose2, reservedFor: current.id })
const keptForOther = aLineage({ ...dose2, reservedFor: 'somebody else' })
const taken = aLineage({ ...dose2, original: accepted('z'), newest: accepted('z') })
/** What `moving` is when it was issued: under its own id at dose 2. */
const arrived = { ...moving, dose: 2, newest: { ...accepted('m'), correctedDose: 2 } }

describe('the state table: what a move to dose 2 does', () => {
  test.each([
    // state, lineage at dose 1: the dose is kept for it, kept for another, taken, closed meanwhile
    [
      'no certificate',
      absent,
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_NOT_FOUND',
    ],
    [
      'original failed',
      failed,
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_NOT_FOUND',
    ],
    ['being issued', beingIssued, 'UPDATE_PENDING', 'UPDATE_PENDING', 'UPDATE_PENDING', 'UPDATE_PENDING'],
    ['current', current, 'issue', 'DOSE_TAKEN', 'DOSE_TAKEN', 'begin again'],
    ['updated', updated, 'issue', 'DOSE_TAKEN', 'DOSE_TAKEN', 'begin again'],
    ['update pending', updating, 'UPDATE_PENDING', 'UPDATE_PENDING', 'UPDATE_PENDING', 'UPDATE_PENDING'],
    [
      'at the limit',
      { ...updated, updatesIssued: 5 },
      'UPDATE_LIMIT_REACHED',
      'DOSE_TAKEN',
      'DOSE_TAKEN',
      'begin again',
    ],
    ['being moved', moving, 'UPDATE_PENDING', 'UPDATE_PENDING', 'UPDATE_PENDING', 'UPDATE_PENDING'],
    [
      'suspended',
      suspended,
      'CERTIFICATE_SUSPENDED',
      'CERTIFICATE_SUSPENDED',
      'CERTIFICATE_SUSPENDED',
      'CERTIFICATE_SUSPENDED',
    ],
    ['revoked', revoked, 'CERTIFICATE_REVOKED', 'CERTIFICATE_REVOKED', 'CERTIFICATE_REVOKED', 'CERTIFICATE_REVOKED'],
  ])('%s', (_state, lineage, free, promised, occupied, closed) => {
    const move = (target: Lineage | null) => outcome(() => planMove({ contentHash: 'fresh' }, lineage, target, LIMIT))
    expect(move(kept)).toBe(free)
    expect(move(keptForOther)).toBe(promised)
    expect(move(taken)).toBe(occupied)
    expect(move({ ...taken, open: false })).toBe(closed)
  })

  test('a move sent again finds its own work done: while it waits, and when it has arrived', () => {
    expect(outcome(() => planMove({ contentHash: 'hash m' }, moving, kept, LIMIT))).toBe('unchanged')
    expect(planMove({ contentHash: 'hash m' }, null, arrived, LIMIT)).toMatchObject({
      existing: { certificateId: 'm' },
    })
  })

  test('what was certified at the new dose is nobody’s move: there is nothing to move then', () => {
    expect(outcome(() => planMove({ contentHash: 'hash z' }, null, taken, LIMIT))).toBe('CERTIFICATE_NOT_FOUND')
  })

  test('a move made for an older certificate is stale, whoever is at the new dose', () => {
    const request = { contentHash: 'fresh', ifMatch: ['a'] }
    expect(outcome(() => planMove(request, updated, taken, LIMIT))).toBe('STALE_VERSION')
  })

  test('the refusal names who is there and how two doses are exchanged', () => {
    const move = () => planMove({ contentHash: 'fresh' }, current, taken, LIMIT)
    expect(move).toThrow(
      'Dose 2 is taken. It has certificate z. To exchange two doses, move one of them to a free number first.',
    )
  })
})

describe('beside a move', () => {
  test('nothing is updated while the lineage moves: its number would be the wrong one', () => {
    expect(outcome(() => planUpdate({ contentHash: 'fresh' }, moving, LIMIT))).toBe('UPDATE_PENDING')
  })

  test('nothing is certified where a dose is kept for a move, nothing updated', () => {
    expect(outcome(() => planCertify('fresh', keptForOther))).toBe('DOSE_TAKEN')
    expect(outcome(() => planUpdate({ contentHash: 'fresh' }, keptForOther, LIMIT))).toBe('CERTIFICATE_NOT_FOUND')
  })

  test('the old record sent again does not bring back the mistake: it is certified, elsewhere', () => {
    const atOldDose = aLineage({ id: 'new' })
    const moved = { ...arrived, headCertificateId: 'm', headTransactionId: 't-m' }
    expect(planCertify('hash a', atOldDose, moved)).toMatchObject({ kind: 'already_certified', certificateId: 'm' })
    expect(planCertify('another', atOldDose, null).kind).toBe('issue')
  })
})

describe('If-Match of an array', () => {
  test('the newest certificate has to be among those named, in any place', () => {
    const named = (...ifMatch: string[]) => outcome(() => planUpdate({ contentHash: 'fresh', ifMatch }, updated, LIMIT))
    expect(named('x', 'b')).toBe('issue')
    expect(named('x', 'a')).toBe('STALE_VERSION')
  })
})

describe('the allowance', () => {
  test('a limit of 0 allows no update', () => {
    expect(outcome(() => planUpdate({ contentHash: 'fresh' }, current, 0))).toBe('UPDATE_LIMIT_REACHED')
  })

  test('what remains is never negative', () => {
    expect(updatesRemaining(overLimit, LIMIT)).toBe(0)
  })

  test('every accepted update takes one place, the original takes none', () => {
    let lineage = withAccepted(aLineage({}), accepted('original', 'pending'))
    expect(updatesRemaining(lineage, LIMIT)).toBe(LIMIT)
    for (let n = 1; n <= LIMIT; n++) {
      expect(outcome(() => planUpdate({ contentHash: `hash ${n}` }, lineage, LIMIT))).toBe('issue')
      lineage = withAccepted(lineage, accepted(`u${n}`, 'pending'))
    }
    expect(outcome(() => planUpdate({ contentHash: 'one more' }, lineage, LIMIT))).toBe('UPDATE_LIMIT_REACHED')
  })
})

describe('issuing: position and predecessor at the moment of writing', () => {
  const empty: Head = { open: true, revision: -1, certificateId: null, state: null }
  const head: Head = { open: true, revision: 2, certificateId: 'c', state: 'current' }
  const update = { kind: 'update' as const, ifMatch: null }

  test('the original is revision 0 without a predecessor', () => {
    expect(planIssue({ kind: 'certify', ifMatch: null }, empty)).toEqual({ revision: 0, predecessorId: null })
  })

  test('an update takes the real predecessor, whoever that is by now', () => {
    expect(planIssue(update, head)).toEqual({ revision: 3, predecessorId: 'c' })
  })

  test.each([
    ['an original where there is one already', { kind: 'certify' as const, ifMatch: null }, head, 'ALREADY_CERTIFIED'],
    ['an update whose original was never issued', update, empty, 'PREVIOUS_FAILED'],
    ['an update made for a certificate that was never issued', { ...update, ifMatch: 'never' }, head, 'STALE_VERSION'],
    ['an update of what was revoked meanwhile', update, { ...head, state: 'revoked' as const }, 'CERTIFICATE_REVOKED'],
    [
      'an update of what was suspended meanwhile',
      update,
      { ...head, state: 'suspended' as const },
      'CERTIFICATE_SUSPENDED',
    ],
  ])('%s fails for good', (_case, transaction, at, code) => {
    expect(outcome(() => ({ kind: String(planIssue(transaction, at)) }))).toBe(code)
  })
})

describe('the state table: what revoking, suspending and lifting do', () => {
  const now = new Date('2026-05-12T10:30:00.000Z')
  const [tomorrow, nextWeek] = [new Date('2026-05-13T00:00:00.000Z'), new Date('2026-05-19T00:00:00.000Z')]
  const why = { cause: 'error' as const, note: 'wrong person' }
  const other = { cause: 'fraud' as const }
  const certificate: Standing = {
    certificateId: 'a',
    headCertificateId: 'a',
    state: 'current',
    until: null,
    reason: null,
    wasSuspended: false,
  }
  const suspendedUntil = (until: Date | null): Standing => ({
    ...certificate,
    state: 'suspended',
    until,
    reason: why,
    wasSuspended: true,
  })
  const done = (plan: () => ReturnType<typeof planRevoke>) =>
    outcome(() => {
      const planned = plan()
      return { kind: planned.kind === 'change' ? planned.state : planned.kind }
    })

  test.each([
    // state, certificate, revoke, revoke for another reason, suspend, suspend until tomorrow, lift
    ['current', certificate, 'revoked', 'revoked', 'suspended', 'suspended', 'NOT_SUSPENDED'],
    [
      'suspension over',
      { ...certificate, wasSuspended: true },
      'revoked',
      'revoked',
      'suspended',
      'suspended',
      'unchanged',
    ],
    ['suspended', suspendedUntil(null), 'revoked', 'revoked', 'unchanged', 'suspended', 'current'],
    ['suspended until tomorrow', suspendedUntil(tomorrow), 'revoked', 'revoked', 'suspended', 'unchanged', 'current'],
    [
      'revoked',
      { ...certificate, state: 'revoked' as const, reason: why },
      'unchanged',
      'CERTIFICATE_REVOKED',
      'CERTIFICATE_REVOKED',
      'CERTIFICATE_REVOKED',
      'CERTIFICATE_REVOKED',
    ],
    [
      'replaced',
      { ...certificate, state: 'superseded' as const, headCertificateId: 'b' },
      'STALE_VERSION',
      'STALE_VERSION',
      'STALE_VERSION',
      'STALE_VERSION',
      'STALE_VERSION',
    ],
  ])('%s', (_state, standing, revoke, revokeOther, suspend, suspendFor, lift) => {
    expect(done(() => planRevoke(standing, why))).toBe(revoke)
    expect(done(() => planRevoke(standing, other))).toBe(revokeOther)
    expect(done(() => planSuspend(standing, why, null, now))).toBe(suspend)
    expect(done(() => planSuspend(standing, why, tomorrow, now))).toBe(suspendFor)
    expect(done(() => planLift(standing))).toBe(lift)
  })

  test('suspending again with another end or reason changes it', () => {
    expect(done(() => planSuspend(suspendedUntil(tomorrow), why, nextWeek, now))).toBe('suspended')
    expect(done(() => planSuspend(suspendedUntil(tomorrow), other, tomorrow, now))).toBe('suspended')
  })

  test('a suspension cannot end before it begins', () => {
    expect(done(() => planSuspend(certificate, why, now, now))).toBe('VALIDATION_ERROR')
    expect(done(() => planSuspend(suspendedUntil(tomorrow), why, new Date(0), now))).toBe('VALIDATION_ERROR')
  })

  test('the refusal for a replaced certificate names the newest one', () => {
    const replaced = { ...certificate, state: 'superseded' as const, headCertificateId: 'b' }
    expect(() => planRevoke(replaced, why)).toThrow('Certificate a was replaced. The newest is b.')
  })

  test('what began at a dose that was revoked keeps nobody from certifying the same there again', () => {
    expect(outcome(() => planCertify('hash a', aLineage({ id: 'next generation' })))).toBe('issue')
  })
})
