/** Every two values of a certificate swapped: no such text is ever valid, whatever the vocabulary of its signature lets pass. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { packCredential, qrValue } from '@/lib/rendering/zip'
import { signCredential } from '@/lib/signing/sign'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { keySettings, vector } from '@/lib/testing/vectors'
import { contextDocument } from '@/lib/signing/contexts'
import { testIssuer } from '@/lib/testing/issuer-keys'
import { verify, type Sources } from './verify'

type Credential = ReturnType<typeof JSON.parse>

const OWN = keySettings('ED25519').credential
const AT = '2026-11-21T08:35:00.000Z'

/** A certificate with a value of its own in every field that there is. */
async function issued(): Promise<string> {
  const credential = JSON.parse(vector('ascii.divocdev.ed25519').unsigned)
  const address = (mark: string) => ({
    streetAddress: `${mark} 1`,
    streetAddress2: `${mark} 2`,
    district: `${mark} 3`,
    city: `${mark} 4`,
    addressRegion: `${mark} 5`,
    addressCountry: `${mark} 6`,
    postalCode: `${mark} 7`,
  })
  Object.assign(credential.credentialSubject, {
    age: '32',
    gender: 'Male',
    nationality: 'Indian',
    address: address('home'),
  })
  const [event] = credential.evidence
  Object.assign(event, {
    certificateId: '448086902061',
    batch: '987654321012',
    vaccine: '111111111111',
    manufacturer: 'Bharat Biotech',
    icd11Code: 'XM1NL1',
    prophylaxis: 'COVID-19 vaccine',
    date: '2021-07-12T19:21:19.646Z',
    effectiveStart: '2021-07-13',
    effectiveUntil: '2022-07-12',
    dose: 1,
    totalDoses: 2,
    infoUrl: 'https://divoc.dev/info/448086902061',
    feedbackUrl: 'https://divoc.dev/feedback?448086902061',
    verifier: { name: 'Sooraj Singh' },
    facility: { name: 'ABCD Medical Center', address: address('facility') },
  })
  return JSON.stringify(await signCredential(credential, await loadSigningKey(keySettings('ED25519')), new Date(AT)))
}

/** Where texts and numbers stand, in what is signed. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, child]) =>
    leaves(child, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

const at = (root: Credential, path: (string | number)[]) => path.reduce((value, name) => value[name], root)
function swapped(text: string, first: (string | number)[], second: (string | number)[]): string {
  const credential = JSON.parse(text)
  const [a, b] = [at(credential, first), at(credential, second)]
  at(credential, first.slice(0, -1))[first.at(-1)!] = b
  at(credential, second.slice(0, -1))[second.at(-1)!] = a
  return JSON.stringify(credential)
}

async function online(text: string): Promise<Sources> {
  const credentialHash = createHash('sha256').update(text).digest('hex')
  const own = testIssuer('ED25519')
  return {
    own: OWN,
    now: () => new Date(AT),
    keys: async () => [own],
    status: async (certificateId) =>
      certificateId === '448086902061'
        ? { certificateId, state: 'current', since: AT, until: null, cause: null, credentialHash }
        : 'unknown',
  }
}

const code = (text: string) => qrValue(packCredential(text))
const isSigned = (path: (string | number)[]) => path[0] !== 'proof' && path[0] !== '@context'

describe('every swap', () => {
  test('of any two values is told as altered where the signature holds, and as not genuine where it does not', async () => {
    const text = await issued()
    const sources = await online(text)
    expect(await verify(code(text), sources)).toMatchObject({ state: 'valid' })
    const paths = leaves(JSON.parse(text)).filter(isSigned)
    const verdicts = new Map<string, string>()
    for (const [index, first] of paths.entries()) {
      for (const second of paths.slice(index + 1)) {
        const changed = swapped(text, first, second)
        if (changed === text) continue
        verdicts.set(`${first.join('.')} ${second.join('.')}`, (await verify(code(changed), sources)).state)
      }
    }
    expect(verdicts.size).toBeGreaterThan(500)
    const states = new Set(verdicts.values())
    expect([...states].sort()).toEqual(['altered', 'not_genuine'])
    // What credential.md names, and nothing that it does not.
    const altered = [...verdicts].filter(([, state]) => state === 'altered').map(([pair]) => pair)
    const event = (pairs: string[]) =>
      pairs.map((pair) =>
        pair
          .split(' ')
          .map((name) => `evidence.0.${name}`)
          .join(' '),
      )
    // Types are a set: their order says nothing, and yet it is another text than the one that was issued.
    expect(altered.sort()).toEqual([...event(SHARED), 'type.0 type.1'].sort())
  }, 60_000)

  test('that the signature cannot see is one of two words with one meaning in the vocabulary, and of no others', () => {
    const { '@context': context } = contextDocument(OWN.namespace, OWN) as { '@context': Credential }
    const terms = context.Vaccination['@context'] as Record<string, string | { '@id': string }>
    const meaning = (name: string) => {
      const term = terms[name]
      return typeof term === 'string' ? term : term?.['@id']
    }
    const names = Object.keys(terms).filter((name) => !name.startsWith('@') && meaning(name))
    const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b] as const))
    const shared = pairs.filter(
      ([a, b]) => meaning(a) === meaning(b) && !/^(@|schema$|vac$|id$|type$)/.test(meaning(a)!),
    )
    expect(shared.map((pair) => [...pair].sort().join(' ')).sort()).toEqual(
      SHARED.map((pair) => pair.split(' ').sort().join(' ')).sort(),
    )
  })

  test('without the registry is never called valid, and is called altered where the list has the number elsewhere', async () => {
    const text = await issued()
    const own = testIssuer('ED25519')
    const list = { publishedAt: AT, nextUpdate: '2026-11-22T08:35:00.000Z' }
    const offline: Sources = {
      own: OWN,
      now: () => new Date(AT),
      keys: async () => [own],
      status: async () => null,
      listed: async (certificateId) => ({
        entry:
          certificateId === '448086902061'
            ? { certificateId, state: 'superseded', since: AT, until: null, cause: null }
            : null,
        list,
      }),
    }
    expect(await verify(code(text), offline)).toMatchObject({ state: 'replaced', list })
    for (const pair of SHARED) {
      const [a, b] = pair.split(' ').map((name) => ['evidence', 0, name])
      const { state } = await verify(code(swapped(text, a!, b!)), offline)
      expect(state, pair).toBe(pair.includes('certificateId') ? 'altered' : 'replaced')
    }
    const notListed: Sources = { ...offline, listed: async () => ({ entry: null, list }) }
    for (const pair of SHARED) {
      const [a, b] = pair.split(' ').map((name) => ['evidence', 0, name])
      expect(await verify(code(swapped(text, a!, b!)), notListed), pair).toMatchObject({
        state: 'could_not_check',
        obstacle: 'status',
        list,
      })
    }
  })
})

/** The pairs that share a meaning, in the order in which they stand in a certificate. */
const SHARED = [
  'infoUrl feedbackUrl',
  'certificateId batch',
  'certificateId vaccine',
  'certificateId manufacturer',
  'certificateId icd11Code',
  'batch vaccine',
  'batch manufacturer',
  'batch icd11Code',
  'vaccine manufacturer',
  'vaccine icd11Code',
  'manufacturer icd11Code',
  'date effectiveStart',
  'date effectiveUntil',
  'effectiveStart effectiveUntil',
  'dose totalDoses',
]
