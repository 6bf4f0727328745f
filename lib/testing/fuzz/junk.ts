/** What nobody in good faith sends: texts, values, bodies and headers made to hurt. */
import fc from 'fast-check'

/** Texts that mean something to one of the parts a request passes through. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'a\udc00b', '\u202e', '\u200b', '\ufeff', '\uffff', '\u{10ffff}'],
  ...[
    "' or 1=1 --",
    "'; drop table lineage; --",
    '\\',
    '"',
    '%',
    '_',
    '%00',
    '%2e%2e%2f',
    '../../etc/passwd',
    '..',
    '.',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', '0'],
  ...['-1', '1e999', '9'.repeat(40), '0x10', '1.5', '-0', '٤٥', '2026-02-30', '0000-00-00', '+275760-09-13T00:00:00Z'],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '{{name}}', '${7*7}', '#{7*7}'],
  ...['<script>alert(1)</script>', '=1+1', '@SUM(A1)', '\r\nx-injected: 1', '\n{"level":60}', 'x'.repeat(5000)],
  ...['e\u0301'.repeat(500), '👩‍⚕️'.repeat(50), 'javascript:alert(1)', 'did:web:localhost%3A1', 'http://127.0.0.1:1/'],
]

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
)

const NUMBERS = [0, -0, 1, -1, 0.1, 1.5, 500, 501, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e21, 1e308, 5e-324]
const KEYS = ['__proto__', 'constructor', 'toJSON', 'then', 'a\u0000b', '\ud83d', '', '@context', 'id', 'x'.repeat(300)]

/** A JSON value of any type, with the keys that hurt JavaScript. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'hostile' },
    { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], ...NUMBERS) },
    { weight: 3, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), hostileText), tie('value')), { maxLength: 3 })
        .map((members) => withMembers(members)),
    },
  ),
})).value

/** An object with these members, `__proto__` among them, as JSON.parse would make it. */
export function withMembers(members: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const made = {}
  for (const [key, value] of members) {
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return made
}

/** What can be done to the text of a body once it is JSON. */
export const BODY_TRICKS = {
  asItIs: (json: string) => json,
  truncated: (json: string) => json.slice(0, Math.floor(json.length * 0.7)),
  twiceTheKeys: (json: string) =>
    json.replace(/\{(.+)\}/s, (whole, inner: string) => `{${inner},${whole.slice(1, -1)}}`),
  prototypeFirst: (json: string) => json.replace('{', '{"__proto__":{"administrator":true,"roles":["administrator"]},'),
  behindAMark: (json: string) => `\ufeff${json}`,
  withGarbageBehind: (json: string) => `${json}]}`,
  twoDocuments: (json: string) => `${json}\n${json}`,
  withComment: (json: string) => `/* x */${json}`,
  notANumber: (json: string) => json.replace(/:\s*("[^"]*"|\d+)/, ':NaN'),
  hugeNumber: (json: string) => json.replace(/:\s*("[^"]*"|\d+)/, `:${'9'.repeat(400)}e${'9'.repeat(5)}`),
  loneSurrogate: (json: string) => json.replace(/:\s*"[^"]*"/, ':"\\ud800"'),
  badEscape: (json: string) => json.replace(/:\s*"[^"]*"/, ':"\\u12"'),
  rawNul: (json: string) => json.replace(/:\s*"[^"]*"/, ':"a\u0000b"'),
  deep: (json: string) => json.replace(/:\s*("[^"]*"|\d+)/, `:${'['.repeat(5000)}${']'.repeat(5000)}`),
  deepObjects: () => `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  onlyOpening: () => '['.repeat(100_000),
  manyKeys: () => `{${Array.from({ length: 5000 }, (_, at) => `"k${at}":${at}`).join(',')}}`,
  long: (json: string) => json.replace(/:\s*"[^"]*"/, `:"${'y'.repeat(200_000)}"`),
  notUtf8: (json: string) => Buffer.concat([Buffer.from(json.slice(0, -2)), Buffer.from([0xc3, 0x28, 0xff, 0xfe])]),
  overlong: (json: string) => Buffer.concat([Buffer.from([0xc0, 0xaf]), Buffer.from(json)]),
  utf16: (json: string) => Buffer.from(`\ufeff${json}`, 'utf16le'),
  multipart: () => '--x\r\nContent-Disposition: form-data; name="f"; filename="../../a"\r\n\r\n\u0000\r\n--x',
  form: () => 'a=b&__proto__[x]=1&a[]=%ff',
  empty: () => '',
  blank: () => ' \n\t',
} satisfies Record<string, (json: string) => string | Uint8Array>

export type BodyTrick = keyof typeof BODY_TRICKS

export const CONTENT_TYPES = [
  ...['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;charset=latin1', 'text/plain', ''],
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json, text/html', '*/*'],
  ...['application/ld+json', 'application/vc', 'application/xml', 'application/json;'.repeat(200), 'a/b;=;;=;"'],
]

/** Header values that fetch lets through. */
const HEADER_VALUES = [
  ...[
    '',
    '*',
    '"',
    '"x", "y"',
    'W/"x"',
    '"' + 'x'.repeat(2000) + '"',
    'a'.repeat(4000),
    'wait=0',
    'wait=-1',
    'wait=1e1',
  ],
  ...[
    'wait=0;foo="',
    'respond-async, wait=0',
    "' or 1=1",
    '${jndi:ldap://x}',
    '\u00ff\u00fe',
    'text/html',
    'image/*;q=9',
  ],
  ...[
    'application/json;q=0',
    '*/*;q=NaN',
    'application/pdf',
    'image/png',
    'image/svg+xml',
    'application/vc',
    ',,,',
    '0',
  ],
  ...['__proto__', 'unix', '127.0.0.1', 'null', 'http://localhost:3000', 'same-origin', 'cross-site', 'en;q=1', 'gzip'],
]

/** Names of headers that some code reads. */
const HEADER_NAMES = [
  ...['accept', 'accept-language', 'if-none-match', 'if-match', 'prefer', 'idempotency-key', 'holder-confirmation'],
  ...['x-request-id', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-unattended', 'origin', 'referer'],
  ...['sec-fetch-site', 'host', 'range', 'traceparent', 'x-http-method-override', 'content-encoding', 'forwarded'],
  ...['authorization', 'cookie', 'x-middleware-subrequest', 'x-nonce', 'if-modified-since', 'expect', 'te'],
]

export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(...HEADER_NAMES),
  fc.constantFrom(...HEADER_VALUES),
  { maxKeys: 3, noNullPrototype: true },
)

/** Parts of an address as they stand in it, encoded or not. */
export const RAW_PATH_PARTS = [
  ...['%00', '%ff', '%zz', '%', '%C3%28', '%ED%A0%80', '%c0%ae%c0%ae', '%252e%252e', '%2e%2e%2f', '%2F', '%5c..%5c'],
  ...[
    'a%20b',
    '%E2%80%AE',
    'x'.repeat(3000),
    '%F0%9F%98%80'.repeat(50),
    ';a=b',
    '%0d%0aset-cookie:x=1',
    '~',
    '*',
    '%7b',
  ],
  ...[
    '.json',
    '.pdf',
    '.page.svg',
    '1.jsonld',
    'x.vc.json.pdf',
    '__proto__',
    'constructor.json',
    '%27',
    '1e3',
    '-1',
    '0',
  ],
]
