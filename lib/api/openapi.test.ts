import { Validator } from '@seriousme/openapi-schema-validator'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from './contract'
import type { Endpoint } from './endpoint'
import { openApi } from './openapi'

const rows = Object.values(contract) as Endpoint[]

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
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

  test('refers only to schemas that are in it', () => {
    const { components } = openApi() as { components: { schemas: Record<string, unknown> } }
    const references = [...JSON.stringify(openApi()).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!)
    expect(references.length).toBeGreaterThan(20)
    const missing = references.filter((ref) => !components.schemas[ref.replace('#/components/schemas/', '')])
    expect(missing).toEqual([])
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
