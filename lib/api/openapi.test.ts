import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { Validator } from '@seriousme/openapi-schema-validator'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { STATUS_OF } from '@/lib/errors'
import { ANSWER_EXAMPLES } from './answer-examples'
import { contract } from './contract'
import type { Endpoint } from './endpoint'
import { openApi } from './openapi'
import { MEANING_OF } from './refusal-meanings'
import { TOPICS } from './topics'

type Json = Record<string, unknown>

interface Operation {
  operationId: string
  tags: string[]
  responses: Record<string, { headers?: Json }>
}

const rows = Object.values(contract) as Endpoint[]

function operations(): Operation[] {
  const { paths } = openApi() as { paths: Record<string, Record<string, Operation>> }
  return Object.values(paths).flatMap((item) => Object.values(item))
}

describe('the description of the API', () => {
  // The whole document against the schema of schemas: seconds on a slow machine.
  test('is valid OpenAPI 3.1', { timeout: 60_000 }, async () => {
    const result = await new Validator().validate(structuredClone(openApi()))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  test('names every operation once', () => {
    const names = rows.map((row) => row.operation)
    expect(new Set(names).size).toBe(names.length)
    const addresses = rows.map((row) => `${row.method} ${row.path}`)
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  test('refers only to what is in it', () => {
    const document = openApi()
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!)
    expect(references.length).toBeGreaterThan(20)
    const found = (path: string) =>
      path.split('/').reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document)
    expect(references.filter((path) => found(path) === undefined)).toEqual([])
  })

  test('every answer says the id of its request, and every refusal that passes when to come back', () => {
    for (const operation of operations()) {
      for (const [status, { headers }] of Object.entries(operation.responses)) {
        expect(headers, `${operation.operationId} ${status}`).toHaveProperty('X-Request-Id')
        if (status === '429' || status === '503') expect(headers, operation.operationId).toHaveProperty('Retry-After')
      }
    }
  })

  test('the examples of answers are such answers', () => {
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    ajv.addSchema(openApi(), 'openapi')
    for (const [name, example] of Object.entries(ANSWER_EXAMPLES)) {
      const row = rows.find(({ operation }) => operation === name)
      expect(row, name).toBeDefined()
      const place = ['paths', row!.path, row!.method.toLowerCase(), 'responses', '200', 'content', 'application/json']
      const pointer = [...place, 'schema'].map((key) => encodeURIComponent(key.replaceAll('/', '~1'))).join('/')
      const validate = ajv.compile({ $ref: `openapi#/${pointer}` })
      expect([name, validate(example), ajv.errorsText(validate.errors)]).toEqual([name, true, 'No errors'])
    }
  })

  test('every refusal has a meaning', () => {
    const codes = [...Object.keys(STATUS_OF), 'INTERNAL_ERROR']
    expect(codes.filter((code) => !MEANING_OF[code as keyof typeof MEANING_OF])).toEqual([])
  })

  test('every endpoint stands under one topic', () => {
    const placed = TOPICS.flatMap((topic) => topic.rows.map((row) => row.operation))
    expect(rows.map((row) => row.operation).filter((name) => !placed.includes(name))).toEqual([])
    const topics = TOPICS.map(({ name }) => name)
    expect(operations().filter(({ tags }) => tags.length !== 1 || !topics.includes(tags[0]!))).toEqual([])
  })

  test('every endpoint has its route file', () => {
    const missing = rows.filter((row) => {
      const folder = row.path.replace('.{extension}', '').replace('/contexts/{path}', '/contexts/[...path]')
      return !existsSync(join('app', folder.replaceAll('{', '[').replaceAll('}', ']'), 'route.ts'))
    })
    expect(missing.map((row) => row.path)).toEqual([])
  })

  test("documents an optional request value as DIVOC's clients send it", () => {
    const { components } = openApi() as { components: { schemas: Record<string, { required: string[] }> } }
    expect(components.schemas.CertificationRequest!.required).toEqual(
      expect.arrayContaining(['preEnrollmentCode', 'recipient', 'vaccination', 'facility']),
    )
    expect(components.schemas.CertificationRequest!.required).not.toContain('vaccinator')
  })
})
