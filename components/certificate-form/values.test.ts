/** What the form sends: exactly the record, but for what somebody changed. */
import { describe, expect, test } from 'vitest'
import { VACCINATION } from '@/lib/testing/vaccination'
import { itemOf, put, valuesOf } from './values'

const ZONE = 'Asia/Colombo'
const record = {
  preEnrollmentCode: 'R1',
  programId: 'P',
  comorbidities: ['asthma'],
  meta: { source: 'x' },
  recipient: { name: 'Sam', dob: '1990-09-14', nationality: 'India', identity: '1', contact: ['0711', 'tel:0712'] },
  vaccination: {
    name: 'covaxin',
    manufacturer: 'Bharat Biotech',
    date: '2021-07-12T19:21:19.646Z',
    effectiveStart: '2021-07-12',
    effectiveUntil: '2021-08-12',
    dose: 1,
    totalDoses: 2,
  },
  facility: { name: 'ABCD', address: { addressLine1: '1', district: 'D', state: 'S', pincode: '5' } },
}
const itemWith = (path: string, value: unknown) => {
  const values = valuesOf(record, VACCINATION, ZONE)
  put(values.record, path, value)
  const { reason: _, ...item } = itemOf(values, record, VACCINATION, ZONE) as Record<string, unknown>
  return item
}

describe('the item of an untouched form', () => {
  test('is the record itself, to the millisecond, with what the form does not show', () => {
    const { reason, ...item } = itemOf(valuesOf(record, VACCINATION, ZONE), record, VACCINATION, ZONE) as {
      reason: unknown
    }
    expect(item).toEqual(record)
    expect(reason).toEqual({})
  })
})

describe('what somebody typed', () => {
  test('a time is local to the issuer; an emptied field and an emptied group are gone', () => {
    expect(itemWith('vaccination.date', '2021-7-13T0:51')).toMatchObject({
      vaccination: { date: '2021-07-12T19:21:00.000Z' },
    })
    expect(itemWith('recipient.dob', '')).not.toHaveProperty('recipient.dob')
    const values = valuesOf(record, VACCINATION, ZONE)
    for (const key of ['addressLine1', 'district', 'state', 'pincode'])
      put(values.record, `facility.address.${key}`, ' ')
    expect(itemOf(values, record, VACCINATION, ZONE)).not.toHaveProperty('facility.address')
  })

  test('days are padded, numbers are numbers, nonsense stays for the schema to name', () => {
    expect(itemWith('recipient.dob', '1990-9-1')).toMatchObject({ recipient: { dob: '1990-09-01' } })
    expect(itemWith('recipient.dob', '1990--')).toMatchObject({ recipient: { dob: '1990--' } })
    expect(itemWith('vaccination.totalDoses', '3')).toMatchObject({ vaccination: { totalDoses: 3 } })
    expect(itemWith('vaccination.totalDoses', 'two')).toMatchObject({ vaccination: { totalDoses: 'two' } })
  })

  test('empty contacts are left out', () => {
    expect(itemWith('recipient.contact', ['0711', ' ', 'tel:0799'])).toMatchObject({
      recipient: { contact: ['0711', 'tel:0799'] },
    })
  })
})
