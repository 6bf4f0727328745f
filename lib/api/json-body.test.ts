import { describe, expect, test } from 'vitest'
import { readJson } from './json-body'

const post = (body: BodyInit, type = 'application/json') =>
  new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' } as never)
const refusal = (body: BodyInit, type?: string) =>
  readJson(post(body, type)).then(
    (value) => expect.fail(`read: ${JSON.stringify(value)}`),
    (error) => error,
  )

describe('reading a JSON body', () => {
  test('UTF-8 of every script arrives as it was sent', async () => {
    expect(await readJson(post('{"name":"සිංහල 😀 \\u0041"}'))).toEqual({ name: 'සිංහල 😀 A' })
  })

  test('no byte is read after the limit is passed, whatever Content-Length says', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 64 * 1024
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    })
    expect(await refusal(endless as never)).toMatchObject({ code: 'TOO_LARGE', status: 413 })
    expect(sent).toBeLessThan(1.3 * 1024 * 1024)
  })

  test('says where JSON breaks, and repeats nothing of it', async () => {
    const error = await refusal('{\n  "name": "John Doe",\n  "dob": 1987-04-21\n}')
    expect(error).toMatchObject({ code: 'MALFORMED_JSON' })
    expect(error.message).toMatch(/line 3, column \d+/)
    expect(error.message).not.toContain('John')
  })

  test.each([
    ['nothing', '', 'MALFORMED_JSON'],
    ['an unfinished array', '[{"a": 1}', 'MALFORMED_JSON'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), 'MALFORMED_JSON'],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'MALFORMED_JSON'],
    ['a hundred thousand brackets', '['.repeat(100_000) + ']'.repeat(100_000), 'MALFORMED_REQUEST'],
    ['a hundred thousand objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), 'MALFORMED_REQUEST'],
    ['a key that rewrites objects', '[{"\\u005f_proto__": {"name": "x"}}]', 'MALFORMED_REQUEST'],
  ])('refuses %s', async (_what, body, code) => {
    expect(await refusal(body)).toMatchObject({ code })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', ''])(
    'refuses the media type "%s"',
    async (type) => {
      expect(await refusal('[]', type)).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415 })
    },
  )

  test('takes application/json with a charset', async () => {
    expect(await readJson(post('[1]', 'application/json; charset="UTF-8"'))).toEqual([1])
  })
})
