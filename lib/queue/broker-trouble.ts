/** What keeps us from the brokers, in words of whoever has to mend it. */
import { traceOf } from '@/lib/log'

const REASONS: [name: RegExp, reason: string][] = [
  [/^UNSUPPORTED_SASL_MECHANISM$/, 'the brokers do not know KAFKA_SASL_MECHANISM'],
  [/^KafkaJSSASLAuthenticationError$/, 'the brokers do not take KAFKA_USERNAME with this KAFKA_PASSWORD'],
  [/^CERT_HAS_EXPIRED$/, 'the certificate of a broker has expired'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'the certificate of a broker has another name than KAFKA_BOOTSTRAP_SERVERS says'],
  [
    /^SELF_SIGNED_CERT|_SELF_SIGNED_CERT$|^UNABLE_TO_|^CERT_/,
    'the certificate of a broker is not trusted: see KAFKA_CA',
  ],
  [/^ERR_SSL_|^EPROTO$/, 'the brokers do not speak TLS at KAFKA_BOOTSTRAP_SERVERS'],
  [/_AUTHORIZATION_FAILED$/, 'the brokers do not let this account read or write a topic, or read in this group'],
  [/^UNKNOWN_TOPIC_OR_PARTITION$/, 'a topic is not there'],
  [/^NOT_ENOUGH_REPLICAS/, 'too few brokers have a copy of a topic'],
  [/^KafkaJSNotImplemented$/, 'messages are compressed as this program cannot read them: it reads gzip, or none'],
  [/^ECONN|^EHOST|^ENET|^ENOTFOUND$|^EAI_AGAIN$|^ETIMEDOUT$|^KafkaJSConnection/, 'no broker answers as one'],
]

/** Kind of an error, and the reason where it is known. No sentence of an error: those of databases may repeat values. */
export function brokerTrouble(error: unknown): { error: string; code?: string; reason?: string } {
  const names = namesIn(error)
  const reason = REASONS.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1]
  const code = typeOf(error) ?? traceOf(error).code
  return { error: traceOf(error).name, ...(code ? { code } : {}), ...(reason ? { reason } : {}) }
}

/** The broker's name of an error, wherever kafkajs wrapped it. */
export function typeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { type, cause } = error as { type?: unknown; cause?: unknown }
  return typeof type === 'string' ? type : typeOf(cause)
}

/** Names, types and codes of an error and of what caused it, the innermost first: it says most. */
function namesIn(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const { name, type, code, cause } = error as { name: string; type?: unknown; code?: unknown; cause?: unknown }
  return [...namesIn(cause), ...[type, code, name].filter((one) => typeof one === 'string')]
}
