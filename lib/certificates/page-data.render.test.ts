import { afterAll, expect, test } from 'vitest'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { createPdfRenderer } from '@/lib/rendering/pdf'
import { qrContent } from '@/lib/testing/certificate-page'
import { drawQr, qrSvg } from '@/lib/rendering/qr'
import { readPdf } from '@/lib/testing/read-pdf'
import { aRequest } from '@/lib/testing/builders'
import { pageOf } from './page-data'
import { requestSchema } from './schema'

const renderer = createPdfRenderer({ workers: 1 })
afterAll(() => renderer.close())

test.each(['W', 'W W', 'ක්‍ෂූ'].flatMap((letters) => [[letters, 'normal'] as const, [letters, 'large'] as const]))(
  'the longest record that is accepted still fits on its pages, in "%s", %s',
  async (letters, variant) => {
    const longest = letters.repeat(300).slice(0, 300)
    const rest = letters.repeat(100).slice(0, 60)
    const schema = requestSchema(VACCINATION, { now: () => new Date('2026-05-12'), timeZone: 'UTC' })
    const record = schema.parse(
      aRequest({
        recipient: { name: longest, nationality: longest, identity: longest },
        vaccination: { name: longest, manufacturer: rest, batch: rest, dose: 20, totalDoses: 20 },
        facility: { name: rest },
        vaccinator: { name: rest },
      }),
    )
    const qr = drawQr(qrContent)
    const pdf = await renderer.render(
      pageOf({
        type: VACCINATION,
        record,
        certificateId: '448086902061',
        issuedAt: new Date('2026-05-12T10:30:00.000Z'),
        revision: 3,
        predecessorId: '731204558190',
        previousDoses: Array.from({ length: 19 }, () => ({ certificateId: '448086902061', record })),
        issuer: { name: 'Ministry of Health', logo: null },
        timeZone: 'UTC',
        qr: { svg: qrSvg(qr), millimetres: 63 },
        paper: 'us-letter',
        variant,
        printed: { facility: longest, name: longest, at: new Date('2026-05-12T10:30:00.000Z') },
      }),
    )
    expect((await readPdf(pdf)).tagged).toBe(true)
  },
)
