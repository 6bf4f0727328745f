/** What is said where the registry cannot be asked and a list is kept: never "valid", always how old the list is. */
import { expect, test } from 'vitest'
import { testIssuer } from '@/lib/testing/issuer-keys'
import { keySettings, vector } from '@/lib/testing/vectors'
import type { ListEntry } from './revocation-list'
import { codeOf } from './verdict'
import { verify, type Sources } from './verify'

const SINCE = '2026-11-20T08:00:00.000Z'
const NOW = '2026-11-21T12:00:00.000Z'
const list = { publishedAt: '2026-11-21T09:10:00.000Z', nextUpdate: '2026-11-22T09:10:00.000Z' }
const { qrValue: scanned } = vector('ascii.lk.ed25519')
const facts = { name: 'Bhaya Mitra', dob: '1994-11-30' }

const entry = (more: Partial<ListEntry>): ListEntry => ({
  certificateId: '100000001',
  state: 'superseded',
  since: SINCE,
  until: null,
  cause: null,
  ...more,
})

const sourcesWith = (kept: ListEntry | null, more: Partial<Sources> = {}): Sources => ({
  own: keySettings('ED25519').credential,
  now: () => new Date(NOW),
  keys: async () => [testIssuer('ED25519')],
  status: async () => null,
  listed: async (number) => ({ entry: number === '100000001' ? kept : null, list }),
  ...more,
})

test.each<[Partial<ListEntry>, object, string]>([
  [{ state: 'superseded' }, { state: 'replaced', since: SINCE }, '02'],
  [{ state: 'revoked', cause: 'fraud' }, { state: 'cancelled', since: SINCE, cause: 'fraud' }, '03'],
  [{ state: 'suspended' }, { state: 'suspended', since: SINCE, until: null }, '04'],
  [
    { state: 'suspended', until: '2026-12-01T00:00:00.000Z' },
    { state: 'suspended', since: SINCE, until: '2026-12-01T00:00:00.000Z' },
    '04',
  ],
])('in the list as %o', async (kept, expected, reason) => {
  const verdict = await verify(scanned, sourcesWith(entry(kept)))
  expect(verdict).toMatchObject({ ...expected, list, facts })
  expect(codeOf(verdict)).toBe(reason)
})

test.each<[string, ListEntry | null]>([
  ['not in the list', null],
  ['a suspension that was lifted', entry({ state: 'current' })],
  ['a suspension that is over', entry({ state: 'suspended', until: '2026-11-21T11:59:59.000Z' })],
])('%s: could not check, with the age of the list', async (_what, kept) => {
  const verdict = await verify(scanned, sourcesWith(kept))
  expect(verdict).toMatchObject({ state: 'could_not_check', obstacle: 'status', list, facts })
  expect(codeOf(verdict)).toBe('16')
})

test('without a list it is said that there is none', async () => {
  for (const listed of [undefined, async () => null]) {
    const verdict = await verify(scanned, sourcesWith(null, { listed }))
    expect(verdict).toMatchObject({ state: 'could_not_check', obstacle: 'status', facts })
    expect(verdict).not.toHaveProperty('list')
    expect(codeOf(verdict)).toBe('07')
  }
})

test('a registry that answers is believed, whatever the list says', async () => {
  const status: Sources['status'] = async () => 'unknown'
  const verdict = await verify(scanned, sourcesWith(entry({}), { status }))
  expect(verdict).toEqual({ state: 'could_not_check', obstacle: 'registry' })
})

test('a forgery of a listed certificate says nothing of a person', async () => {
  const forged = JSON.parse(vector('ascii.lk.ed25519').signed)
  forged.credentialSubject.name = 'Somebody Else'
  expect(await verify(JSON.stringify(forged), sourcesWith(entry({})))).toEqual({ state: 'not_genuine' })
})
