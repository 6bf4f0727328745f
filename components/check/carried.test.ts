import { describe, expect, test } from 'vitest'
import type { DosesAnswer, PersonDose } from '@/lib/api/contract'
import { VACCINATION } from '@/lib/testing/vaccination'
import { otherDoses } from './carried'

const address = { addressLine1: '1 Temple Road', district: 'Colombo', state: 'Western', pincode: '10250' }
const recipient = {
  name: 'Sarasvathy',
  dob: '1957-01-30',
  nationality: 'Sri Lankan',
  identity: '5',
  contact: ['tel:1'],
}
const reason = { requestedBy: 'holder', cause: 'our typing error' }

const record = (dose: number, changes = {}) => ({
  preEnrollmentCode: '62',
  recipient: { ...recipient, ...changes },
  vaccination: { name: 'Covishield', dose, batch: `B${dose}` },
  meta: { source: 'x' },
})
const allowance = { updatesUsed: 0, updatesIssued: 0, updatesPending: 0, updatesLimit: 5, updatesRemaining: 5 }
const there = (dose: number, changes = {}, blocked: PersonDose['blocked'] = null): PersonDose => ({
  dose,
  taken: true,
  blocked,
  certificate: { certificateId: String(dose), version: 1, record: record(dose, changes), ...allowance },
})
const answer = (...doses: PersonDose[]): DosesAnswer => {
  return { preEnrollmentCode: '62', programId: '', dose: 1, doses: [there(1), ...doses], kept: [] }
}
const corrected = (changes = {}) => ({ ...record(1, changes), reason })

describe('the same mistake on other doses', () => {
  test('carries the corrected details of the recipient over, and nothing else', () => {
    const item = { ...corrected({ name: 'Saraswathy' }), vaccination: { name: 'Covishield', dose: 1, batch: 'NEW' } }
    const [other] = otherDoses(answer(there(2)), record(1), item, VACCINATION)
    expect(other).toMatchObject({ dose: 2, blocked: null, differs: [] })
    expect(other!.changes.map((change) => change.path)).toEqual(['recipient.name'])
    expect(other!.item).toEqual({ ...record(2, { name: 'Saraswathy' }), reason })
  })

  test('is not asked about when the recipient is not corrected', () => {
    const item = { ...corrected(), vaccination: { name: 'Covishield', dose: 1, batch: 'NEW' } }
    expect(otherDoses(answer(there(2)), record(1), item, VACCINATION)).toEqual([])
  })

  test('what says something else there is named; what says it already has nothing to correct', () => {
    const item = corrected({ name: 'Saraswathy' })
    const doses = answer(
      there(2, { name: 'S. Vathy' }),
      there(3, { name: 'Saraswathy' }),
      there(4, {}, 'no_updates_left'),
    )
    const others = otherDoses(doses, record(1), item, VACCINATION)
    expect(others.map(({ blocked, differs }) => [blocked, differs])).toEqual([
      [null, ['Full name']],
      ['says_so_already', ['Full name']],
      ['no_updates_left', []],
    ])
  })

  test('of a dose that may not be seen nothing is known but why', () => {
    const closed: PersonDose = { dose: 2, taken: true, blocked: 'other_facility', certificate: null }
    const [other] = otherDoses(answer(closed), record(1), corrected({ name: 'Saraswathy' }), VACCINATION)
    expect(other).toMatchObject({ blocked: 'other_facility', item: null, changes: [] })
  })

  test('a removed detail goes, a list goes as a whole', () => {
    const item = corrected({ dob: undefined, age: '64', contact: ['tel:1', 'tel:2'] })
    const [other] = otherDoses(answer(there(2)), record(1), item, VACCINATION)
    expect(other!.item).toMatchObject({ recipient: { age: '64', contact: ['tel:1', 'tel:2'] } })
    expect(other!.item).not.toHaveProperty('recipient.dob')
  })

  test('of an address the changed line goes, or all of it where there is none', () => {
    const item = corrected({ address: { ...address, district: 'Gampaha' } })
    const doses = answer(there(2, { address: { ...address, addressLine1: 'Elsewhere' } }), there(3))
    const others = otherDoses(doses, record(1, { address }), item, VACCINATION)
    expect(others.map((other) => (other.item as { recipient: object }).recipient)).toMatchObject([
      { address: { addressLine1: 'Elsewhere', district: 'Gampaha' } },
      { address: { ...address, district: 'Gampaha' } },
    ])
    expect(others.map(({ differs }) => differs)).toEqual([[], ['District']])
  })

  test('an address that was removed leaves no empty one behind', () => {
    const [other] = otherDoses(answer(there(2, { address })), record(1, { address }), corrected(), VACCINATION)
    expect(other!.item).not.toHaveProperty('recipient.address')
  })
})
