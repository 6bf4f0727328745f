import { describe, expect, test } from 'vitest'
import { negotiate, splitEnding } from './representations'

describe('the form of a certificate by Accept', () => {
  test.each([
    [null, 'json'],
    ['*/*', 'json'],
    ['application/*', 'json'],
    ['application/pdf', 'pdf'],
    ['Application/PDF', 'pdf'],
    ['image/*', 'png'],
    ['image/svg+xml, image/png;q=0.5', 'svg'],
    ['application/vc+ld+json', 'jsonld'],
    ['application/vc', 'vc.json'],
    ['text/html, application/pdf;q=0.9, */*;q=0.1', 'pdf'],
    ['application/json;q=0, */*', 'jsonld'],
    ['application/*;q=0.2, application/pdf', 'pdf'],
    ['text/html', null],
    ['application/json;q=0', null],
    ['application/json;q=abc', null],
  ])('%s -> %s', (accept, form) => expect(negotiate(accept)).toBe(form))
})

describe('the form of a certificate by the ending of its address', () => {
  test.each([
    ['448086902', '448086902', undefined],
    ['448086902.pdf', '448086902', 'pdf'],
    ['448086902.PDF', '448086902', 'pdf'],
    ['448086902.page.svg', '448086902', 'page.svg'],
    ['448086902.vc.json', '448086902', 'vc.json'],
    ['448086902.exe', '448086902', null],
    ['448086902.', '448086902', null],
    ['448086902.constructor', '448086902', null],
  ])('%s', (segment, certificateId, form) => expect(splitEnding(segment)).toEqual({ certificateId, form }))
})
