import { expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { aRequest } from '@/lib/testing/builders'
import type { Context } from './context'
import { issuedEvents } from './events'
import type { CertificateRecord } from './record'
import type { TransactionKind } from './rules'

const settings = readConfig({
  DATABASE_URL: 'postgresql://localhost/errata',
  DATA_DIR: '/tmp',
  KAFKA_BOOTSTRAP_SERVERS: 'broker:9092',
})
const context = { settings, uuid: () => 'id', now: () => new Date(0) } as unknown as Context

function told(kind: TransactionKind) {
  const record = aRequest() as unknown as CertificateRecord
  const ended = { type: 'VaccinationCertificate', lineageId: 'L', record, bulkRow: null, certificateId: '2' }
  return issuedEvents(context, { ...ended, form: 'certifyV3', kind }, '{}', kind === 'certify' ? null : '1')
}

test.each<[TransactionKind, RegExp]>([
  ['certify', /is ready/],
  ['update', /was corrected\. The new certificate replaces the earlier one/],
  ['reissue', /was issued anew; what it says is the same\. The new certificate replaces the earlier one/],
])('%s: other systems hear of the certificate, the holder in words of its own', (kind, words) => {
  const events = told(kind)
  expect(events.map(({ topic }) => topic)).toEqual(['certified', 'proc_status', 'notify'])
  expect(events[0]!.payload).toMatchObject({ certificateId: '2' })
  expect(events[2]!.payload).toMatchObject({ message: expect.stringMatching(words) as string })
})
