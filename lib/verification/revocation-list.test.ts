/** The list that is kept for places without a connection: only what our own key signed, only what is new, never half a list. */
import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signCompactJws, type JwsSigner } from '@/lib/signing/compact-jws'
import type { IssuerKeys } from './issuer-keys'
import { PAGE_ENTRIES, readPage, standingOf, type ListEntry } from './revocation-list'
import { updateList, type KeptList, type ListSource, type ListStore } from './update-list'

type Entry = [string, string, string, string | null, string | null]
const AT = '2026-11-21T08:00:00.000Z'
const revoked = (id: string, state = 'revoked'): Entry => [id, state, AT, null, null]
const facts = (more: object = {}) => ({
  iss: 'did:india',
  serial: 1,
  page: 1,
  publishedAt: AT,
  nextUpdate: '2026-11-22T08:00:00.000Z',
  entries: [] as unknown[],
  ...more,
})

const PAIRS = {
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ED25519: generateKeyPairSync('ed25519'),
}

function signer(type: 'RSA' | 'ED25519'): JwsSigner {
  const { privateKey: key } = PAIRS[type]
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  return {
    type,
    verificationMethod: 'did:india',
    sign: async (bytes) => new Uint8Array(type === 'RSA' ? sign('sha256', bytes, pss) : sign(null, bytes, key)),
  }
}

function published(type: 'RSA' | 'ED25519'): IssuerKeys {
  const der = PAIRS[type].publicKey.export({ type: 'spki', format: 'der' })
  const bytes = new Uint8Array(type === 'RSA' ? der : der.subarray(12))
  return { did: 'did:web:example', alsoKnownAs: ['did:india'], keys: [{ id: 'did:india', type, bytes }] }
}

const page = async (more: object = {}, typ = 'revocation-list+jwt', type: 'RSA' | 'ED25519' = 'ED25519') =>
  signCompactJws(JSON.stringify(facts(more)), typ, signer(type))

describe('a page', () => {
  test.each(['RSA', 'ED25519'] as const)('signed with %s is read', async (type) => {
    const entries = [
      revoked('1'),
      ['2', 'suspended', AT, '2027-01-01T00:00:00.000Z', null],
      ['3', 'revoked', AT, null, 'fraud'],
    ]
    const jws = await page({ entries }, undefined, type)
    expect(await readPage(jws, [published(type)], 1)).toEqual({
      serial: 1,
      page: 1,
      publishedAt: AT,
      nextUpdate: '2026-11-22T08:00:00.000Z',
      entries: [
        { certificateId: '1', state: 'revoked', since: AT, until: null, cause: null },
        { certificateId: '2', state: 'suspended', since: AT, until: '2027-01-01T00:00:00.000Z', cause: null },
        { certificateId: '3', state: 'revoked', since: AT, until: null, cause: 'fraud' },
      ],
    })
  })

  test('of another place, another kind, or one in which something is no entry, is not', async () => {
    const keys = [published('ED25519')]
    expect(await readPage(await page({ page: 2 }), keys, 1)).toBe('wrong')
    expect(await readPage(await page({}, 'JWT'), keys, 1)).toBe('wrong')
    for (const entries of [
      [['1', 'gone', AT, null, null]],
      [[1, 'revoked', AT, null, null]],
      [['1', 'revoked', 'x', null]],
      'x',
      [null],
    ]) {
      expect(await readPage(await page({ entries }), keys, 1)).toBe('wrong')
    }
    for (const more of [{ publishedAt: 'yesterday' }, { serial: '1' }, { nextUpdate: null }]) {
      expect(await readPage(await page(more), keys, 1)).toBe('wrong')
    }
  })

  test('changed after it was signed, or signed by somebody else, asks for other keys and is never read', async () => {
    const jws = await page({ entries: [revoked('1')] })
    const [header, , signature] = jws.split('.')
    const other = Buffer.from(JSON.stringify(facts())).toString('base64url')
    const keys = [published('ED25519')]
    expect(await readPage(`${header}.${other}.${signature}`, keys, 1)).toBe('unknown')
    const none = Buffer.from('{"alg":"none","kid":"did:india","typ":"revocation-list+jwt"}').toString('base64url')
    expect(await readPage(`${none}.${other}.`, keys, 1)).toBe('wrong')
    expect(await readPage(jws, [published('RSA')], 1)).toBe('unknown')
    for (const text of ['', '..', 'x.y.z', '<html>', `${jws}.x`])
      expect(typeof (await readPage(text, keys, 1))).toBe('string')
  })

  test('signed by another issuer that is trusted says nothing about our certificates', async () => {
    const theirs = { ...published('ED25519'), trusted: 'Elsewhere' }
    expect(await readPage(await page({ entries: [revoked('1')] }), [theirs], 1)).toBe('unknown')
  })
})

describe('what an entry says', () => {
  const entry = (facts: Partial<ListEntry>): ListEntry => ({
    certificateId: '1',
    state: 'suspended',
    since: AT,
    until: null,
    cause: null,
    ...facts,
  })
  const now = new Date('2026-11-21T12:00:00Z')

  test.each<[string, ListEntry | null, boolean]>([
    ['not in the list', null, false],
    ['a suspension that was lifted', entry({ state: 'current' }), false],
    ['a suspension without end', entry({}), true],
    ['one that ends later', entry({ until: '2026-11-21T12:00:01.000Z' }), true],
    ['one that ends now', entry({ until: '2026-11-21T12:00:00.000Z' }), false],
    ['one that is over', entry({ until: '2026-11-20T00:00:00.000Z' }), false],
    ['replaced', entry({ state: 'superseded' }), true],
    ['cancelled', entry({ state: 'revoked' }), true],
  ])('%s', (_what, given, speaksAgainst) => {
    expect(standingOf(given, now)).toBe(speaksAgainst ? given : null)
  })
})

/** A registry with these entries, and a store in memory. */
function setting(initial: Entry[] = []) {
  const registry = { entries: initial, publishedAt: AT, lost: false, asked: [] as number[] }
  const kept: { state: KeptList | null; entries: Map<string, ListEntry> } = { state: null, entries: new Map() }
  const store: ListStore = {
    state: async () => kept.state,
    async add(entries, state, anew) {
      if (anew) kept.entries.clear()
      for (const entry of entries) kept.entries.set(entry.certificateId, entry)
      kept.state = state
    },
  }
  const source = {
    page: async (number: number) => {
      registry.asked.push(number)
      if (registry.lost) return null
      const entries = registry.entries.slice((number - 1) * PAGE_ENTRIES, number * PAGE_ENTRIES)
      if (number > Math.floor(registry.entries.length / PAGE_ENTRIES) + 1) return 'missing' as const
      return { jws: await page({ page: number, entries, publishedAt: registry.publishedAt }), registryTime: 2000 }
    },
    keys: async () => [published('ED25519')],
    now: () => 1000,
  }
  const update = (more: Partial<ListSource> = {}) => updateList(store, { ...source, ...more })
  return { registry, kept, update }
}
const many = (count: number, from = 0) => Array.from({ length: count }, (_, at) => revoked(String(from + at)))

describe('keeping it up to date', () => {
  test('an empty list has an age', async () => {
    const { kept, update } = setting()
    expect(await update()).toMatchObject({
      added: 0,
      kept: { age: { publishedAt: AT }, entries: 0, clockBehind: 1000 },
    })
    expect(kept.entries.size).toBe(0)
  })

  test('only new pages are downloaded, only new entries are written, a later one counts', async () => {
    const { registry, kept, update } = setting(many(PAGE_ENTRIES + 2))
    expect(await update()).toMatchObject({ added: PAGE_ENTRIES + 2 })
    expect(registry.asked).toEqual([1, 2])
    registry.entries = [...registry.entries, revoked('0', 'current'), revoked('new', 'superseded')]
    registry.publishedAt = '2026-11-21T09:00:00.000Z'
    registry.asked = []
    expect(await update()).toMatchObject({
      added: 2,
      kept: { entries: PAGE_ENTRIES + 4, age: { publishedAt: registry.publishedAt } },
    })
    expect(registry.asked).toEqual([2])
    expect(kept.entries.get('0')).toMatchObject({ state: 'current' })
    expect(kept.entries.get('new')).toMatchObject({ state: 'superseded' })
    registry.entries = [...registry.entries, ...many(PAGE_ENTRIES, 50_000)]
    registry.asked = []
    await update()
    expect(registry.asked).toEqual([2, 3])
    expect(kept.state).toMatchObject({ page: 3, entries: registry.entries.length })
  })

  test('a page that fills up exactly is followed by an empty one', async () => {
    const { kept, update } = setting(many(PAGE_ENTRIES))
    await update()
    expect(kept.state).toMatchObject({ page: 2, taken: 0, entries: PAGE_ENTRIES, age: { publishedAt: AT } })
  })

  test('a connection that breaks in the middle leaves no age, and the next time goes on from there', async () => {
    const { registry, kept, update } = setting(many(PAGE_ENTRIES + 1))
    let calls = 0
    const broken = async (number: number) =>
      ++calls > 1
        ? null
        : { jws: await page({ page: number, entries: registry.entries.slice(0, PAGE_ENTRIES) }), registryTime: null }
    expect(await update({ page: broken })).toEqual({ problem: 'unreachable' })
    expect(kept.state).toMatchObject({ age: null, page: 1, entries: PAGE_ENTRIES })
    expect(await update()).toMatchObject({ added: 1, kept: { age: { publishedAt: AT }, entries: PAGE_ENTRIES + 1 } })
  })

  test('without a connection what is kept stays', async () => {
    const { registry, kept, update } = setting(many(3))
    await update()
    registry.lost = true
    expect(await update()).toEqual({ problem: 'unreachable' })
    expect(kept.entries.size).toBe(3)
  })

  test('an older list never replaces a newer one', async () => {
    const { registry, kept, update } = setting(many(3))
    await update()
    registry.entries = many(1)
    registry.publishedAt = '2026-11-20T08:00:00.000Z'
    expect(await update()).toEqual({ problem: 'older' })
    expect(kept.entries.size).toBe(3)
  })

  test('a newer list with less in it (a registry that went back to a backup) starts anew', async () => {
    const { registry, kept, update } = setting(many(PAGE_ENTRIES + 5))
    await update()
    registry.entries = many(PAGE_ENTRIES + 1, 7)
    registry.publishedAt = '2026-11-21T09:00:00.000Z'
    await update()
    expect(kept.entries.size).toBe(PAGE_ENTRIES + 1)
    expect(kept.entries.has('0')).toBe(false)
    expect(kept.state).toMatchObject({ entries: PAGE_ENTRIES + 1, age: { publishedAt: registry.publishedAt } })
  })

  test('a page whose signature does not hold changes nothing', async () => {
    const { kept, update } = setting(many(2))
    await update()
    const forged = async () => {
      const [header, , signature] = (await page()).split('.')
      const payload = Buffer.from(JSON.stringify(facts({ entries: many(9) }))).toString('base64url')
      return { jws: `${header}.${payload}.${signature}`, registryTime: null }
    }
    expect(await update({ page: forged })).toEqual({ problem: 'wrong' })
    expect(kept.entries.size).toBe(2)
  })

  test('a key that is newer than the kept ones is asked for', async () => {
    const { update } = setting(many(2))
    const asked: boolean[] = []
    const keys = async (fresh?: boolean) => {
      asked.push(fresh ?? false)
      return [published(fresh ? 'ED25519' : 'RSA')]
    }
    expect(await update({ keys })).toMatchObject({ added: 2 })
    expect(asked).toEqual([false, true])
    expect(await update({ keys: async () => [published('RSA')] })).toEqual({ problem: 'wrong' })
  })
})
