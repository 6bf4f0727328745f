/** What is noted of WHO's core data set. */
import { expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { aRequest } from '@/lib/testing/builders'
import { VACCINATION } from '@/lib/testing/vaccination'
import { givenBySettings, missingCoreData } from './core-data'

/** DIVOC's sample has none. */
const withAddress = (address: unknown) => ({ address }) as { name?: string }
const paths = (record: unknown, given?: ReadonlySet<string>) =>
  missingCoreData(record, VACCINATION, given).map(({ field }) => field.path)

test('what the data set makes mandatory and the request does not is noted when it is missing, by its label', () => {
  const record = aRequest({ vaccination: { batch: undefined }, facility: withAddress(undefined) })
  expect(paths(record)).toEqual(['vaccination.batch', 'facility.address.country'])
  expect(missingCoreData(record, VACCINATION)[0]!.message).toMatch(/^Batch is missing\. WHO/)
  expect(paths(aRequest({ vaccination: { batch: ' ' }, facility: withAddress({ country: 'LKA' }) }))).toEqual([
    'vaccination.batch',
  ])
})

test('what is required is refused and not noted', () => {
  expect(paths({})).not.toContain('recipient.name')
})

test('what the credential takes from a setting is not missing', () => {
  const { credential } = readConfig({ DATABASE_URL: 'postgresql://localhost/none', FACILITY_COUNTRY_CODE: 'LKA' })
  const record = aRequest({ facility: withAddress(undefined) })
  expect(paths(record, givenBySettings(VACCINATION, credential))).toEqual([])
  expect(givenBySettings(VACCINATION, { facilityCountryCode: '' }).size).toBe(0)
})
