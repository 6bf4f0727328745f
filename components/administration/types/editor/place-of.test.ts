import { expect, test } from 'vitest'
import { declaredIn } from '@/lib/certificate-types/draft'
import { placeOf, saidPlace } from './place-of'

const type = declaredIn({
  document: JSON.stringify({
    title: 'A',
    sections: [{ id: 'recipient', title: 'R', fields: [{ path: 'recipient.name', kind: 'text', label: 'Name' }] }],
    codeLists: { vaccines: [{ label: 'X' }] },
    forms: { certifyV3: { credential: { credentialSubject: [{ name: { from: 'recipient.name' } }] } } },
  }),
  files: {},
})

test.each([
  ['/sections/0/fields/0/label', { tab: 'fields', path: 'recipient.name' }],
  ['/forms/certifyV3/credential/credentialSubject/0/name', { tab: 'fields', path: 'recipient.name' }],
  ['/forms/certifyV3/credential/credentialSubject/0/name/from', { tab: 'fields', path: 'recipient.name' }],
  ['/codeLists/vaccines/0/label', { tab: 'lists', list: 'vaccines' }],
  ['/codeLists/nowhere', { tab: 'text', file: 'type.json', pointer: '/codeLists/nowhere' }],
  ['/title', { tab: 'rules' }],
  ['/page/logo', { tab: 'rules' }],
  ['/page/template', { tab: 'text', file: 'type.json', pointer: '/page/template' }],
  ['/files/context.json', { tab: 'text', file: 'context.json', pointer: '' }],
  ['/sections/4', { tab: 'text', file: 'type.json', pointer: '/sections/4' }],
  ['', { tab: 'text', file: 'type.json', pointer: '' }],
])('%s is found where it can be mended', (pointer, place) => {
  expect(placeOf(pointer, type)).toEqual(place)
})

test('while the text has not the shape of a type everything is in the text', () => {
  expect(placeOf('/sections/0/fields/0', null)).toEqual({
    tab: 'text',
    file: 'type.json',
    pointer: '/sections/0/fields/0',
  })
  expect(saidPlace('/files/logo.svg', null)).toBe('logo.svg')
  expect(saidPlace('', null)).toBe('type.json')
  expect(saidPlace('/sections/0/fields/0/kind', type)).toBe('Name')
})
