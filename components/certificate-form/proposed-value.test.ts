import { describe, expect, test } from 'vitest'
import { fieldsOf, lockOf } from '@/lib/certificate-types/type'
import { VACCINATION } from '@/lib/testing/vaccination'
import { asEdited } from './proposed-value'

const edited = (path: string, text: string, type = VACCINATION) =>
  asEdited(
    fieldsOf(type).find((field) => field.path === path)!,
    text,
    'Asia/Colombo',
    type,
  )

describe('a value that somebody else wrote', () => {
  test('goes into the form where it is one of its values', () => {
    expect(edited('recipient.name', 'Saraswathy T K')).toBe('Saraswathy T K')
    expect(edited('recipient.dob', '1957-01-30')).toBe('1957-01-30')
    expect(edited('recipient.gender', 'female')).toBe('Female')
    expect(edited('recipient.contact', 'a@b.lk, 0771234567')).toEqual(['mailto:a@b.lk', 'tel:0771234567'])
    expect(edited('vaccination.date', '2021-10-17T07:40:00.000Z')).toBe('2021-10-17T13:10')
    expect(edited('vaccination.totalDoses', '3')).toBe('3')
  })

  test('is only read where it is not', () => {
    expect(edited('recipient.dob', '30 January 1957')).toBeUndefined()
    expect(edited('recipient.dob', '1957-02-30')).toBeUndefined()
    expect(edited('recipient.gender', 'I am a woman')).toBeUndefined()
    expect(edited('vaccination.date', 'in October')).toBeUndefined()
    expect(edited('vaccination.totalDoses', 'three')).toBeUndefined()
  })

  test('never goes into a field that cannot be corrected', () => {
    const locked = fieldsOf(VACCINATION).filter((field) => field.locked !== undefined)
    expect(locked.length).toBeGreaterThan(0)
    for (const { path } of locked) expect(edited(path, '2')).toBeUndefined()
  })

  test('nor into the one that certificates are found by, whatever its type says of it', () => {
    const keyed = { ...VACCINATION, lineage: { key: 'recipient.identity' } }
    expect(edited('recipient.identity', 'did:Passport:1')).toBe('did:Passport:1')
    expect(edited('recipient.identity', 'did:Passport:1', keyed)).toBeUndefined()
    const identity = fieldsOf(keyed).find(({ path }) => path === 'recipient.identity')!
    expect(lockOf(keyed, identity)).toMatch(/found by it/)
    expect(lockOf(keyed, { ...identity, locked: 'Its own reason.' })).toBe('Its own reason.')
  })
})
