import { expect, test } from 'vitest'
import { MOST_ATTEMPTS, nextAttempt } from './back-off'
import { bodyOf } from './message'
import { makeSecret, signedHeaders } from './signature'

/** The example of the reference libraries of Standard Webhooks (their tests for Python, Go and JavaScript). */
const EXAMPLE = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

test('signatures are those of Standard Webhooks', () => {
  expect(signedHeaders([EXAMPLE.secret], EXAMPLE)).toEqual({
    'webhook-id': EXAMPLE.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': EXAMPLE.signature,
  })
})

test('while a secret is replaced there is a signature with each of the two', () => {
  const other = makeSecret(() => new Uint8Array(32).fill(7))
  const signatures = signedHeaders([other, EXAMPLE.secret], EXAMPLE)['webhook-signature']!.split(' ')
  expect(signatures).toHaveLength(2)
  expect(signatures[1]).toBe(EXAMPLE.signature)
  expect(other).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})

test('a message is tried soon, then ever later, for about a day', () => {
  const start = new Date('2026-05-12T10:00:00Z')
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_all, n) => nextAttempt(n + 1, start, 0.5)!)
  const seconds = waits.map((at) => (at.getTime() - start.getTime()) / 1000)
  expect(seconds.slice(0, 4)).toEqual([5, 15, 45, 135])
  expect(seconds.reduce((sum, wait) => sum + wait, 0) / 3600).toBeCloseTo(23.7, 1)
  expect(nextAttempt(MOST_ATTEMPTS, start, 0.5)).toBeNull()
  expect(nextAttempt(1, start, 0)!.getTime()).toBe(start.getTime() + 4000)
  expect(nextAttempt(1, start, 1)!.getTime()).toBe(start.getTime() + 6000)
})

test('a body is the same at every attempt; DIVOC’s record stands at its top where a callback token is set', () => {
  const data = {
    transactionId: 't',
    certificateId: '1',
    previousCertificateId: null,
    entityType: 'X',
    status: 'SUCCESSFUL',
  }
  const message = { n: 7n, type: 'certificate.issued', at: new Date('2026-05-12T10:00:00Z'), data }
  const own = { type: 'certificate.issued', timestamp: '2026-05-12T10:00:00.000Z', sequence: 7, data }
  expect(JSON.parse(bodyOf(message, false))).toEqual(own)
  const record = { transactionId: 't', certificateId: '1', entityType: 'X', status: 'SUCCESSFUL' }
  expect(JSON.parse(bodyOf(message, true))).toEqual({ ...record, ...own })
})
