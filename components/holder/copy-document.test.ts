import { describe, expect, test } from 'vitest'
import type { HolderView } from '@/lib/holders/answers'
import { copyDocument, removedDocument } from './copy-document'
import { copyWorker } from './copy-worker'

const HOSTILE = `<img src=x onerror=alert(1)>"'&amp;</dd></script>`

const detail = (path: string, value: string, more = {}) => ({
  path,
  label: path,
  kind: 'text',
  value,
  masked: false,
  ltr: false,
  ...more,
})

const view: HolderView = {
  state: 'current',
  since: '2024-05-12T10:00:00.000Z',
  until: null,
  cause: null,
  pending: false,
  issuer: HOSTILE,
  facility: HOSTILE,
  timeZone: 'Asia/Colombo',
  title: 'Certificate of birth weight',
  titles: { ar: 'شهادة وزن المولود' },
  alsoIn: 'hi',
  certificateId: '448086902061',
  version: 2,
  opened: null,
  sections: [
    {
      id: 'recipient',
      title: 'Recipient',
      details: [
        detail('recipient.name', HOSTILE),
        detail('recipient.dob', '1957-01-30', { kind: 'date', labels: { hi: 'जन्म तिथि' } }),
        detail('recipient.weight', '3.2', { unit: 'kg' }),
        detail('recipient.identity', '571304456V', { masked: true }),
        detail('recipient.contact', 'tel:0771234567', { masked: true, kind: 'contacts' }),
        detail('recipient.gender', ''),
      ],
    },
  ],
  versions: [
    {
      version: 2,
      certificateId: '448086902061',
      state: 'current',
      issuedAt: '2024-05-12T20:00:00.000Z',
      endedAt: null,
      reissued: false,
      changes: [],
      requestedBy: null,
      cause: null,
      facility: 'x',
    },
  ],
  looks: [],
  reports: [],
  qr: '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
  secondsLeft: 900,
  linkExpiresAt: '2024-06-12T10:00:00.000Z',
}

const document = copyDocument(view, new Date('2024-05-20T20:46:00Z'), 'ar')

describe('a kept copy', () => {
  test('says when it was saved and what it was then, in both languages and the issuer’s time', () => {
    expect(document).toContain('Saved on 21 May 2024, 02:16, may have changed.')
    expect(document).toContain('This is your current certificate, updated 13 May 2024')
    expect(document).toContain('هذه شهادتك الحالية')
    expect(document).toContain('<p><strong>Certificate of birth weight</strong></p>')
    expect(document).toContain('<p><strong>شهادة وزن المولود</strong></p>')
    expect(document).toContain('lang="ar" dir="rtl"')
    expect(document).toContain('id="say-ar" checked')
    expect(document).toContain('30 Jan 1957')
    expect(document).toContain('30 يناير 1957')
    // The second language of the type beside each, and a unit behind its value.
    expect(document).toContain(' · <bdi lang="hi">जन्म तिथि</bdi></dt>')
    expect(document).toContain('3.2 kg</bdi>')
  })

  test('holds what was typed as text, never as markup', () => {
    expect(document).not.toContain('<img src=x')
    expect(document).not.toContain('</script>')
    expect(document).toContain('&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;amp;')
  })

  test('leaves out identity and contacts, runs no script and asks for nothing elsewhere', () => {
    for (const left of ['571304456V', '0771234567', '<script', 'http-equiv', '//']) {
      expect(document.replaceAll('http%3A%2F%2Fwww.w3.org', '')).not.toContain(left)
    }
  })

  test('has no QR code while the certificate is not valid', () => {
    const revoked = copyDocument({ ...view, state: 'revoked', qr: null }, new Date(), 'en')
    expect(revoked).not.toContain('<img')
    expect(revoked).toContain('Your certificate was cancelled on')
  })
})

test('the worker is a program that can be read, and what it says when a copy is gone is in both languages', () => {
  expect(() => new Function(copyWorker())).not.toThrow()
  expect(removedDocument()).toContain('The copy was removed from this phone.')
  expect(removedDocument()).toContain('حُذفت النسخة من هذا الهاتف.')
})
