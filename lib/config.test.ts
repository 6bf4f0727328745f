import { rootCertificates } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config'

const HERE = { DATABASE_URL: 'postgresql://errata@127.0.0.1:5432/errata' }
const ELSEWHERE = 'postgresql://errata:x@db.example:5432/errata'
const read = (more: Record<string, string>) => readConfig({ ...HERE, ...more })

describe('settings that keep connections closed to others', () => {
  test('a database on another machine says how it is encrypted; one on this machine need not', () => {
    expect(() => read({ DATABASE_URL: ELSEWHERE })).toThrow(/DATABASE_URL: .*sslmode/)
    expect(read({ DATABASE_URL: `${ELSEWHERE}?sslmode=verify-full` }).database.url).toContain('verify-full')
    expect(read({ DATABASE_URL: 'postgresql://errata@x/errata?host=/tmp/socket' }).database.url).toContain('socket')
  })

  test('whose answers are believed, or who gets a token, is asked over https, or on this machine', () => {
    const oidc = { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }
    const jwt = { JWT_ISSUER: 'http://keycloak.example', JWT_AUDIENCES: 'x' }
    expect(() => read({ ...oidc, OIDC_ISSUER: 'http://login.example' })).toThrow(/OIDC_ISSUER: must be https/)
    expect(() => read({ ...jwt, JWT_JWKS_URL: 'http://login.example/keys' })).toThrow(/JWT_JWKS_URL: must be https/)
    expect(() => read({ SIGNER_URL: 'http://signer.example', SIGNER_TOKEN: 'x'.repeat(16) })).toThrow(/SIGNER_URL/)
    expect(read({ ...oidc, OIDC_ISSUER: 'https://login.example' }).oidc?.issuer).toBe('https://login.example')
    expect(read({ ...oidc, OIDC_ISSUER: 'http://localhost:9000' }).oidc?.issuer).toBe('http://localhost:9000')
  })

  test('a password goes to a broker on another machine over TLS alone', () => {
    const account = { KAFKA_USERNAME: 'errata', KAFKA_PASSWORD: 'x' }
    const broker = { KAFKA_BOOTSTRAP_SERVERS: 'localhost:9092,broker.example:9092' }
    expect(() => read({ ...account, ...broker })).toThrow(/KAFKA_TLS: must be on/)
    expect(() => read({ ...broker, KAFKA_USERNAME: 'errata' })).toThrow(/KAFKA_PASSWORD: must be set/)
    const { tls, account: known } = read({ ...account, ...broker, KAFKA_TLS: 'on' }).kafka
    expect([tls, known?.mechanism]).toEqual([true, 'scram-sha-512'])
  })

  test('whom to trust for brokers is certificates, whole ones, and goes with TLS alone', () => {
    const line = (name: string) => `-----${name} CERTIFICATE-----`
    const broken = [line('BEGIN'), 'QUJD', line('END')].join('\n')
    for (const KAFKA_CA of ['/etc/ca.pem', broken, rootCertificates[0] + broken]) {
      expect(() => read({ KAFKA_TLS: 'on', KAFKA_CA })).toThrow(/KAFKA_CA: must be certificates/)
    }
    const two = `${rootCertificates[0]}\n${rootCertificates[1]}`
    expect(() => read({ KAFKA_CA: two })).toThrow(/KAFKA_TLS: must be on with KAFKA_CA/)
    for (const KAFKA_CA of [two, two.replaceAll('\n', '\\n')]) {
      expect(read({ KAFKA_TLS: 'on', KAFKA_CA }).kafka.authority).toBe(two)
    }
  })
})

describe('who needs a second factor', () => {
  test('is everybody where people come over https, nobody where the product is tried out, and whom the setting names', () => {
    const required = (more: Record<string, string>) => read(more).secondFactor.required
    expect(required({ PUBLIC_URL: 'https://errata.example' })).toBe('everybody')
    expect(required({})).toBe('nobody')
    expect(required({ PUBLIC_URL: 'https://errata.example', REQUIRE_SECOND_FACTOR: 'administrators' })).toBe(
      'administrators',
    )
  })
})

test('one connection is too few: who starts holds a lock on one and asks through another', () => {
  expect(() => read({ DATABASE_POOL_SIZE: '1' })).toThrow(/DATABASE_POOL_SIZE/)
  expect(read({ DATABASE_POOL_SIZE: '2' }).database.poolSize).toBe(2)
})

test('nothing runs as in development unless somebody says so', () => {
  expect([read({}).development, read({ NODE_ENV: 'development' }).development]).toEqual([false, true])
})

test('secrets are long, and no setting is believed that is wrong', () => {
  for (const name of ['NEXTAUTH_SECRET', 'SECOND_FACTOR_SECRET', 'DRAFT_SECRET', 'BOOTSTRAP_API_TOKEN']) {
    expect(() => read({ [name]: 'short' }), name).toThrow(new RegExp(name))
  }
  expect(() => readConfig({ PORT: 'http', LOG_LEVEL: 'everything' })).toThrow(/DATABASE_URL[\s\S]*|PORT/)
})

test('a process has roles that there are, and says how it is where nobody else listens', () => {
  expect(read({})).toMatchObject({ roles: ['web', 'worker', 'relay'], healthPort: null })
  expect(read({ ROLES: 'worker', PORT: '3100' })).toMatchObject({ roles: ['worker'], healthPort: 3100 })
  expect(read({ HEALTH_PORT: '9000' }).healthPort).toBe(9000)
  expect(() => read({ ROLES: 'web,server' })).toThrow(/ROLES: must be web, worker, relay/)
  expect(() => read({ ROLES: 'relay' })).toThrow(/KAFKA_BOOTSTRAP_SERVERS: must be set/)
})
