/** What is copied does what it says: run by a real shell and a real JavaScript engine, with values made to hurt. */
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runShell } from '@/lib/testing/shell'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { asCurl, asFetch, type PlainRequest } from './as-code'

const folder = temporaryFolder('errata-curl-')

/** The words that curl is called with, as a shell reads the command. */
async function wordsOf(command: string, env: Record<string, string> = {}): Promise<string[]> {
  const script = `set -u\ncurl() { printf '%s\\0' "$@"; }\n${command}`
  const { output, errors, code } = await runShell(script, { folder, env })
  expect([errors, code]).toEqual(['', 0])
  return output.split('\0').slice(0, -1)
}

const request = (more: Partial<PlainRequest> = {}): PlainRequest => ({
  method: 'PUT',
  url: 'https://example.org/v3/certificate?dryRun=true',
  headers: [['Content-Type', 'application/json']],
  authorized: true,
  body: '{}',
  saveAs: null,
  ...more,
})

const HOSTILE = [
  `O'Brien's "quotes" $HOME \`id\` $(id) \\ ! # ; & | > < * ? ~ {a,b} [x]`,
  `line\nbreak\tand\r\n`,
  `''''`,
  `'; rm -rf / #`,
  `@/etc/passwd`,
  `-o surprise`,
  `සරස්වතී ناصر 😀 \u202e \u0001`,
]

test.each(HOSTILE)('%j arrives at curl as it is', async (text) => {
  const { url } = request()
  const words = await wordsOf(asCurl(request({ body: text, headers: [['X-Test', text]] }), { value: 'token' }))
  expect(words).toEqual([
    ...['-sS', '-X', 'PUT', url, '-H', 'Authorization: Bearer token', '-H', `X-Test: ${text}`],
    ...['--data-raw', text],
  ])
})

test('so does any text', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 }).map((made) => made.toWellFormed().replaceAll('\0', ''))
  const bodies = fc.sample(text, 60)
  const script = bodies.map((body) => asCurl(request({ body }), { value: 't' })).join('\n')
  const words = await wordsOf(script)
  expect(words.filter((_word, at) => words[at - 1] === '--data-raw')).toEqual(bodies)
})

test('the token stands under a name, or itself where that was chosen', async () => {
  const named = asCurl(request(), { name: 'ERRATA_TOKEN' })
  expect(named).not.toContain('secret')
  expect(await wordsOf(named, { ERRATA_TOKEN: 'secret$1' })).toContain('Authorization: Bearer secret$1')
  expect(asCurl(request({ authorized: false }), { value: 'secret' })).not.toContain('secret')
})

test('methods and files are asked for as curl wants it', () => {
  const get = request({ method: 'GET', body: null, headers: [] })
  expect(asCurl({ ...get, saveAs: 'page.pdf' }, { name: 'T' })).toBe(
    `curl -sS '${get.url}' \\\n  -H "Authorization: Bearer $T" \\\n  -o 'page.pdf'`,
  )
  expect(asCurl({ ...get, method: 'HEAD' }, { name: 'T' })).toMatch(/^curl -sS -I '/)
  expect(asCurl(request({ method: 'POST' }), { name: 'T' })).not.toContain('-X')
})

test.each(HOSTILE)('%j arrives through fetch as it is', async (text) => {
  const seen: { method?: string; body: string; token?: string }[] = []
  const server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.setEncoding('utf8').on('data', (chunk) => (body += chunk))
    incoming.on('end', () => {
      seen.push({ method: incoming.method, body, token: incoming.headers.authorization })
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const code = asFetch(request({ url: `http://127.0.0.1:${port}/x`, body: text }), { name: 'ERRATA_TOKEN' })
  const node = `'${process.execPath}' --input-type=module`
  const { output } = await runShell(`${node} <<'END_OF_CODE'\n${code}\nEND_OF_CODE\n`, {
    folder: fileURLToPath(new URL('.', import.meta.url)),
    env: { ERRATA_TOKEN: 'secret' },
  })
  await new Promise((resolve) => server.close(resolve))
  expect(output).toBe('200 { ok: true }\n')
  expect(seen).toEqual([{ method: 'PUT', body: text, token: 'Bearer secret' }])
})
