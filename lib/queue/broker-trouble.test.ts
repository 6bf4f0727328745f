import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { brokerTrouble } from './broker-trouble'

const { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError, KafkaJSSASLAuthenticationError } =
  kafkajs

/** As kafkajs gives errors on: wrapped, with what was wrong as the cause. */
const wrapped = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1 })
const unreachable = (code: string) => wrapped(new KafkaJSConnectionError('Connection error: x', { broker: 'b', code }))

test.each([
  [
    Reflect.construct(KafkaJSSASLAuthenticationError, ['Authentication failed']) as Error,
    /KAFKA_USERNAME with this KAFKA_PASSWORD/,
  ],
  [new KafkaJSProtocolError({ type: 'UNSUPPORTED_SASL_MECHANISM', code: 33 } as never), /KAFKA_SASL_MECHANISM/],
  [unreachable('SELF_SIGNED_CERT_IN_CHAIN'), /KAFKA_CA/],
  [unreachable('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /KAFKA_CA/],
  [unreachable('DEPTH_ZERO_SELF_SIGNED_CERT'), /KAFKA_CA/],
  [unreachable('CERT_HAS_EXPIRED'), /expired/],
  [unreachable('ERR_TLS_CERT_ALTNAME_INVALID'), /another name/],
  [unreachable('ERR_SSL_WRONG_VERSION_NUMBER'), /do not speak TLS/],
  [unreachable('ECONNREFUSED'), /no broker answers/],
  [wrapped(new KafkaJSProtocolError({ type: 'TOPIC_AUTHORIZATION_FAILED', code: 29 } as never)), /do not let/],
  [wrapped(new KafkaJSProtocolError({ type: 'NOT_ENOUGH_REPLICAS', code: 19 } as never)), /too few brokers/],
])('%s: the log says what to mend', (error, reason) => {
  expect(brokerTrouble(error).reason).toMatch(reason)
})

test('an error that is none of the brokers’ has its kind alone, never its sentence', () => {
  const error = Object.assign(new Error('duplicate key (name)=(Neha)'), { code: '23505' })
  expect(brokerTrouble(error)).toEqual({ error: 'Error', code: '23505' })
  expect(brokerTrouble('text')).toEqual({ error: 'string' })
})
