/** Random documents over the shape of a template: every script and character, odd numbers and ids, absent and broken members. */
import fc from 'fast-check'
import { isLeaf } from '@/lib/signing/template'

/** A random document. `clean` = it has the shape, so that a compiled program has to cover it. */
export interface RandomDocument {
  document: Record<string, unknown>
  clean: boolean
}

const WORDS = [
  'නිමල් පෙරේරා',
  'शिवाजी नगर, १२३',
  'محمد بن سلمان',
  'თბილისი',
  '東京都',
  'អង្គរ',
  'ኢትዮጵያ',
  'தமிழ் நாடு',
  '👩‍⚕️🇱🇰',
  '\ufffd\uffff\u{10000}\u{10ffff}',
  'Côte d’Ivoire',
  'e\u0301\u200d\u202e',
]
const PIECES = [
  ...['"', '\\', '\n', '\r', '\t', '\b', '\f', '\0', '\u0001', '\u001f', '\u007f', '\u0080', '\u0085', '\u2028'],
  ...[' ', '<', '>', '@en', '^^<urn:x>', ' .\n', '_:c14n0', '{}', '\\u0041', '\\n', "'", 'z'],
]
const TROUBLESOME = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''))

/** Well-formed text. The first few repeat themselves, so that members of one meaning often share a value. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'same', '2022-02-28', 'x', '\uffff', '\u{10000}') },
  { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 3, arbitrary: TROUBLESOME },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
)

const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 2, -1, 1.5, 1e21, -1e21, 1e20, 1.5e300, 0.1, 2 ** 53, 123456.789),
  fc.integer(),
)

const iri = (index: number) =>
  fc
    .constantFrom('did:in.gov.aadhaar:234', 'https://divoc.dev/?', 'urn:uuid:', 'tel:+31-6', 'http://නම.lk/ප/', 'x:')
    .map((start) => `${start}${index}`)

const ODD_VALUES: unknown[] = [
  ...[null, true, false, NaN, Infinity, 1e-7, 5e-324, 0.1 + 0.2, [], {}, [''], ['a', 'b'], [[]], { '@value': 'x' }],
  ...['\ud800', 'a\udc00b', { name: 'x' }, { '@id': 'urn:x' }, { '@context': {}, name: 'x' }, [{}], [null], undefined],
]
const ODD_IRIS = [
  ...['', 'relative', '872550100V', 'schema:name', 'vac:x', 'cred:issuer', 'sec:proof', 'id:x', 'type:x', '_:b0'],
  ...['_:c14n0', 'a b:c', 'urn:x y', 'urn:<x>', 'urn:"', 'urn:{x}', 'urn:\\', 'urn:`|^', '@id', '@none', '//x', ':x'],
  ...[
    'schema://x',
    'https://schema.org/',
    'assertionMethod',
    'urn:\ud800',
    'urn:x\n',
    'urn:\u00a0',
    'urn:\u007f',
    '?x',
  ],
]
const ODD_MEMBERS = ['@context', '@id', '@type', '@graph', 'extra', 'uhid', 'type', 'id', '__proto__', 'constructor']

/** Which members are IRIs, and which have a type of their own, so that they are always written as text. */
export interface Kinds {
  iris: readonly string[]
  texts: readonly string[]
}

/** Credentials of VC Data Model 1. */
export const FIRST_MODEL: Kinds = {
  iris: ['id', 'issuer', 'verificationMethod'],
  texts: ['issuanceDate', 'validFrom', 'expirationDate', 'created'],
}

/** Documents of a template, whose leaves are {from}, {setting} or {derive}; a quarter of them is broken somewhere. */
export function documentsOf(template: object, kinds: Kinds = FIRST_MODEL): fc.Arbitrary<RandomDocument> {
  let index = 0
  const whole = membersOf(template, () => index++, kinds) as fc.Arbitrary<Record<string, unknown>>
  const broken = fc
    .tuple(whole, fc.array(fault, { minLength: 1, maxLength: 2 }))
    .map(([document, faults]) => ({ document: faults.reduce(damaged, document), clean: false }))
  return fc.oneof(
    { weight: 3, arbitrary: whole.map((document) => ({ document, clean: true })) },
    { weight: 1, arbitrary: broken },
  )
}

function membersOf(node: unknown, next: () => number, kinds: Kinds): fc.Arbitrary<unknown> {
  if (Array.isArray(node)) return fc.tuple(...node.map((item) => membersOf(item, next, kinds)))
  if (typeof node !== 'object' || node === null) return fc.constant(node)
  const members: Record<string, fc.Arbitrary<unknown>> = {}
  const required: string[] = []
  for (const [key, child] of Object.entries(node)) {
    const isIri = kinds.iris.includes(key) && isLeaf(child)
    members[key] = isIri ? iri(next()) : isLeaf(child) ? valueOf(key, kinds) : membersOf(child, next, kinds)
    // Fixed members and ids belong to the shape; every other member, whole objects too, is sometimes absent.
    if (key === 'id' || typeof child !== 'object' || (Array.isArray(child) && typeof child[0] === 'string')) {
      required.push(key)
    }
  }
  const record = fc.record(members, { requiredKeys: required, noNullPrototype: true })
  return fc.oneof(
    { weight: 2, arbitrary: fc.record(members, { noNullPrototype: true }) },
    { weight: 1, arbitrary: record },
  )
}

function valueOf(key: string, { texts }: Kinds): fc.Arbitrary<unknown> {
  if (texts.includes(key)) return text
  return fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: number })
}

interface Fault {
  where: number
  what: number
  how: 'value' | 'iri' | 'extra' | 'absent' | 'sameId'
}

const fault: fc.Arbitrary<Fault> = fc.record({
  where: fc.nat(200),
  what: fc.nat(200),
  how: fc.constantFrom('value', 'iri', 'iri', 'extra', 'absent', 'sameId'),
})

function damaged(document: Record<string, unknown>, { where, what, how }: Fault): Record<string, unknown> {
  const copy = cloned(document) as Record<string, unknown>
  const places: { parent: Record<string, unknown>; key: string }[] = []
  collect(copy, places)
  const ids = places.filter(({ key }) => ['id', 'issuer', 'verificationMethod', 'proofPurpose'].includes(key))
  const among = (how === 'iri' || how === 'sameId') && ids.length > 0 ? ids : places
  const { parent, key } = among[where % among.length]!
  if (how === 'value') parent[key] = cloned(ODD_VALUES[what % ODD_VALUES.length])
  if (how === 'iri') parent[key] = ODD_IRIS[what % ODD_IRIS.length]
  if (how === 'absent') delete parent[key]
  if (how === 'sameId') parent[key] = ids[what % ids.length]?.parent.id ?? 'urn:same'
  if (how === 'extra' && !Array.isArray(parent)) {
    define(parent, ODD_MEMBERS[what % ODD_MEMBERS.length]!, cloned(ODD_VALUES[where % ODD_VALUES.length]))
  }
  return copy
}

function collect(node: unknown, places: { parent: Record<string, unknown>; key: string }[]): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, child] of Object.entries(node)) {
    places.push({ parent: node as Record<string, unknown>, key })
    collect(child, places)
  }
}

/** As JSON.parse would: `__proto__` becomes a member like any other. */
function define(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
}

function cloned(node: unknown): unknown {
  if (Array.isArray(node)) return Array.from(node, cloned)
  if (typeof node !== 'object' || node === null) return node
  const copy = {}
  for (const [key, child] of Object.entries(node)) define(copy, key, cloned(child))
  return copy
}
