import { describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { openApi } from '@/lib/api/openapi'
import { referenceOf } from './reference'

const { topics, shapes, headers } = referenceOf(openApi())
const endpoints = topics.flatMap((topic) => topic.endpoints)
const find = (id: string) => endpoints.find((endpoint) => endpoint.id === id)!

describe('the reference of the API', () => {
  test('holds every endpoint once, under anchors of their own', () => {
    const wanted = (Object.values(contract) as Endpoint[]).map((row) => row.operation).sort()
    expect(endpoints.map(({ id }) => id).sort()).toEqual(wanted)
    const anchors = [...topics, ...shapes].map(({ id }) => id)
    expect(new Set([...anchors, ...wanted]).size).toBe(anchors.length + wanted.length)
  })

  test('says of every field of a request what it is, with an example where the sample has one', () => {
    const { body } = find('certify')
    const row = (path: string) => body!.fields.find((field) => field.path === path)
    expect(body).toMatchObject({ isArray: true, limits: 'At most 500 items' })
    expect(row('recipient.dob')).toMatchObject({ depth: 1, type: 'day', required: false, example: '"1990-09-14"' })
    expect(row('recipient.address.state')).toMatchObject({ depth: 2, required: true, description: 'State or province' })
    expect(row('recipient.age')).toMatchObject({ type: 'text or number', example: '"31"' })
    expect(row('vaccination.dose')).toMatchObject({ type: 'whole number, 1 to 1000', required: true, example: '2' })
    const mute = body!.fields.filter(({ description }) => description === '')
    expect(mute.map(({ path }) => path)).toEqual([])
  })

  test('lists every refusal with its status and what it means', () => {
    const { answers } = find('updateCertificates')
    const at = (status: string) => answers.find((answer) => answer.status === status)!.refusals
    expect(at('412').map(({ code }) => code)).toContain('UPDATE_LIMIT_REACHED')
    const late = (code: string) => ({ code, meaning: expect.stringContaining('Retry-After') })
    expect(at('429')).toEqual([late('TOO_MANY_LOOK_UPS'), late('TOO_MANY_REQUESTS')])
    const without = endpoints.flatMap((endpoint) =>
      endpoint.answers.flatMap(({ refusals }) => refusals.filter(({ meaning }) => meaning === '')),
    )
    expect(without).toEqual([])
  })

  test('lists them also where an answer has no body', () => {
    const { answers } = find('latestPdfHead')
    expect(answers.find(({ status }) => status === '404')!.refusals).toMatchObject([{ code: 'NOT_FOUND' }])
    const bare = endpoints.flatMap((endpoint) =>
      endpoint.answers.filter(
        ({ status, forms, refusals }) => Number(status) >= 400 && forms.length + refusals.length === 0,
      ),
    )
    expect(bare).toEqual([])
  })

  test('names the shapes of answers and describes each of them', () => {
    const ok = find('transaction').answers.find(({ status }) => status === '200')!
    expect(ok.forms).toMatchObject([{ type: 'application/json', shape: 'Transaction' }])
    const rows = [...endpoints.flatMap(({ answers }) => answers.flatMap(({ forms }) => forms)), ...shapes]
    const spoken = rows.flatMap(({ fields }) => fields.flatMap(({ shape }) => shape ?? []))
    const known = shapes.map(({ name }) => name)
    expect(spoken.filter((name) => !known.includes(name))).toEqual([])
    expect(shapes.find(({ name }) => name === 'Lineage')!.fields.length).toBeGreaterThan(10)
  })

  test('sends the addresses of DIVOC to their twins', () => {
    expect(find('divocCertify').twin).toEqual({
      topic: 'certify-and-update',
      id: 'certify',
      method: 'POST',
      path: '/v3/certify',
    })
    expect(find('certify').twin).toBeNull()
  })

  test('knows who may call, and the headers of answers', () => {
    expect([find('certify').who, find('revoked').who, find('preview').who]).toEqual(['caller', 'anyone', 'person'])
    expect(find('clientCalls')).toMatchObject({ who: 'person', roles: ['administrator'] })
    expect(headers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['X-Request-Id', 'RateLimit', 'Retry-After', 'Preference-Applied']),
    )
  })
})
