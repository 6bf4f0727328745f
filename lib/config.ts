/** The settings of the product: read once from the environment, checked as a whole, every wrong name reported at once. */
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'

const wholeNumber = (low: number, high: number) => z.coerce.number().int().min(low).max(high)
const iri = z.string().regex(/^[a-z][a-z0-9+.-]*:[^\s<>"]+$/i, 'must be an absolute IRI')
const words = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
const secureUrl = z.url().refine(isSecure, 'must be https, or http on this machine (localhost)')
const topic = (name: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,249}$/, 'must be a name that Kafka takes: letters, digits, ".", "_" and "-"')
    .default(name)

/** What a process may be there for: pages and API, issuing, the messages of the broker. */
const ROLES = ['web', 'worker', 'relay'] as const
type ProcessRole = (typeof ROLES)[number]

const environment = z.object({
  NODE_ENV: z.string().default('production'),
  ROLES: words(ROLES.join(',')).refine(
    (roles): roles is ProcessRole[] => roles.length > 0 && roles.every((role) => ROLES.some((known) => known === role)),
    'must be web, worker, relay or several of them with commas between',
  ),
  PORT: wholeNumber(1, 65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  HEALTH_PORT: wholeNumber(1, 65535).optional(),
  DRAIN_SECONDS: wholeNumber(0, 300).default(0),
  PUBLIC_URL: z.url().optional(),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  DATA_DIR: z.string().default('.data'),
  CERTIFICATE_TYPES_DIR: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .min(1, 'must name the database (npm start sets it for the embedded one)')
    .refine(saysHowItIsSecured, 'of another machine must say sslmode, for example ?sslmode=verify-full'),
  // A worker that starts holds a lock on one connection and asks through another.
  DATABASE_POOL_SIZE: wholeNumber(2, 200).default(10),
  DATABASE_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be the name of a role: small letters, digits and "_"')
    .optional(),
  RATE_LIMIT_PER_MINUTE: wholeNumber(0, 10_000_000).default(6000),
  RATE_LIMIT_FACILITY_PER_MINUTE: wholeNumber(0, 10_000_000).default(12_000),
  RATE_LIMIT_SEARCHES_PER_MINUTE: wholeNumber(0, 10_000_000).default(60),
  RATE_LIMIT_ADDRESS_PER_MINUTE: wholeNumber(0, 10_000_000).default(600),
  LOOK_UPS_PER_PERSON_HOUR: wholeNumber(0, 10_000_000).default(100),
  LOOK_UPS_PER_PERSON_DAY: wholeNumber(0, 10_000_000).default(400),
  LOOK_UPS_PER_CLIENT_HOUR: wholeNumber(0, 10_000_000).default(20_000),
  LOOK_UPS_PER_CLIENT_DAY: wholeNumber(0, 10_000_000).default(200_000),
  OPENING_MINUTES: wholeNumber(1, 480).default(30),
  REVEAL_MINUTES: wholeNumber(1, 120).default(15),
  METRICS_TOKEN: z.string().min(16).max(512).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),

  CERTIFICATE_UPDATE_LIMIT: wholeNumber(0, 1000).default(5),
  CERTIFICATE_ID_DIGITS: wholeNumber(9, 18).default(12),
  ISSUER_TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'must be an IANA time zone, for example Asia/Colombo'),
  ISSUER_NAME: z.string().min(1).max(120).default('Ministry of Health'),
  ISSUER_LOGO: z.string().optional(),
  DEFAULT_PAPER: z.enum(['a4', 'us-letter']).default('a4'),

  SAMPLE_CHECK_HOUR: wholeNumber(0, 23).default(2),
  SAMPLE_CHECK_SIZE: wholeNumber(0, 100_000).default(500),

  HOLDER_LINK_DAYS: wholeNumber(1, 365).default(30),
  HOLDER_ANSWER_DAYS: wholeNumber(1, 90).default(7),

  SIGNING_KEY_TYPE: z.enum(['RSA', 'ED25519']).default('RSA'),
  CERTIFICATE_PRIVATE_KEY: z.string().optional(),
  CERTIFICATE_PUBLIC_KEY: z.string().optional(),
  CERTIFICATE_ED25519_PRIVATE_KEY: z.string().optional(),
  CERTIFICATE_ED25519_PUBLIC_KEY: z.string().optional(),
  SIGNER_URL: secureUrl.optional(),
  SIGNER_TOKEN: z.string().min(16).optional(),
  CERTIFICATE_NAMESPACE: iri.default('https://divoc.dev/credentials/vaccination/v1'),
  CERTIFICATE_NAMESPACE_V2: iri.default('https://divoc.dev/credentials/vaccination/v2'),
  CERTIFICATE_DID: iri
    .refine((did) => !/[#-]sandbox$/.test(did), 'must not end like the name of a test key')
    .default('did:india'),
  CERTIFICATE_CONTROLLER_ID: iri.default('https://divoc.dev/'),
  CERTIFICATE_PUBKEY_ID: iri.default('https://example.com/i/india'),
  CERTIFICATE_ISSUER: iri.default('https://divoc.dev/'),
  CERTIFICATE_BASE_URL: iri.default('https://divoc.dev/vaccine/'),
  CERTIFICATE_FEEDBACK_BASE_URL: iri.default('https://divoc.dev/?'),
  CERTIFICATE_INFO_BASE_URL: iri.default('https://divoc.dev/?'),
  FACILITY_COUNTRY_CODE: z.string().max(3).default(''),
  IDENTITY_REJECTION_PATTERN: z.string().default('^NA$|^.?$').refine(isPattern, 'must be a regular expression'),

  NEXTAUTH_SECRET: z.string().min(16).optional(),
  DRAFT_SECRET: z.string().min(16).optional(),
  WEBHOOKS_SECRET: z.string().min(16).optional(),
  WEBHOOKS_ALLOW_PRIVATE: words('').refine(
    (networks) => networks.every(isNetwork),
    'must be networks separated by commas, for example 10.20.0.0/16,fd00:12::/32',
  ),
  SECOND_FACTOR_SECRET: z.string().min(16).optional(),
  SECOND_FACTOR_SECRET_BEFORE: z.string().min(16).optional(),
  REQUIRE_SECOND_FACTOR: z.enum(['nobody', 'administrators', 'everybody']).optional(),
  ONE_TIME_PASSWORD_HOURS: wholeNumber(1, 720).default(72),

  OIDC_ISSUER: secureUrl.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().min(1).max(60).default('single sign-on'),
  OIDC_SCOPE: z
    .string()
    .regex(/(^|\s)openid(\s|$)/, 'must contain openid')
    .default('openid profile'),
  OIDC_ACR_VALUES: words(''),
  OIDC_PROMPT: z.enum(['login', 'select_account', 'none']).default('login'),
  JWT_ISSUER: z.url().optional(),
  JWT_AUDIENCES: words(''),
  JWT_JWKS_URL: secureUrl.optional(),
  JWT_PUBLIC_KEY: z.string().optional(),
  // As DIVOC's realm has them.
  ROLES_CLAIMS: words('resource_access.facility-admin-portal.roles,realm_access.roles'),
  FACILITY_CLAIM: z.string().min(1).default('facility_code'),
  DISTRICT_CLAIM: z.string().min(1).optional(),
  OPERATOR_ROLES: words('facility-staff'),
  SUPERVISOR_ROLES: words('facility-admin,controller'),
  AUDITOR_ROLES: words('monitoring'),
  ADMINISTRATOR_ROLES: words('admin'),
  ALL_FACILITIES_ROLES: words('controller'),
  BOOTSTRAP_OPERATOR: z
    .string()
    .regex(/^[^:\s]{1,60}:.{8,}$/, 'must be name:password, with a password of at least 8 characters')
    .optional(),
  BOOTSTRAP_API_TOKEN: z
    .string()
    .min(16)
    .max(512)
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII')
    .optional(),
  KAFKA_BOOTSTRAP_SERVERS: z
    .string()
    .regex(/^\s*[^\s,:]+:\d{1,5}(\s*,\s*[^\s,:]+:\d{1,5})*\s*$/, 'must be host:port,host:port')
    .optional(),
  KAFKA_TLS: z.enum(['on', 'off']).default('off'),
  KAFKA_CA: z.string().refine(areCertificates, 'must be certificates (PEM)').optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).default('scram-sha-512'),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  // DIVOC's signer reads in this group: in the same one we go on where it was stopped.
  KAFKA_CONSUMER_GROUP: topic('certificate_signer'),
  KAFKA_CONSUMER_SESSION_TIMEOUT: wholeNumber(6000, 1_800_000).default(30_000),
  CERTIFY_TOPIC: topic('certify'),
  CERTIFIED_TOPIC: topic('certified'),
  CERTIFICATE_ACK_TOPIC: topic('certify_ack'),
  DUPLICATE_CERTIFICATE_TOPIC: topic('duplicate_certificate'),
  ERROR_CERTIFICATE_TOPIC: topic('error_certificate'),
  PROC_STATUS_TOPIC: topic('proc_status'),
  REVOKE_CERT_TOPIC: topic('revoke_cert'),
  SIGNED_NOTIFY: topic('notify'),
  VC_CERTIFY_TOPIC: topic('vc-certify'),
  POST_VC_CERTIFY_TOPIC: topic('post-vc-certify'),
})

export type Config = ReturnType<typeof readConfig>

let cached: Config | undefined

/** The settings of this process, parsed on first use (a build needs none of them). Throws one error naming every wrong setting. */
export function config(): Config {
  cached ??= readConfig(process.env)
  return cached
}

/** Parses an environment into the nested, frozen settings. Throws an Error that lists every bad name with its reason. */
export function readConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = environment.superRefine(refineServices).safeParse(given)
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These settings are wrong:\n${lines.join('\n')}`)
  }
  const e = result.data
  const publicUrl = e.PUBLIC_URL ?? `http://localhost:${e.PORT}`
  return deepFreeze({
    development: e.NODE_ENV === 'development',
    /** What this installation runs; the others' processes run elsewhere on the same database. */
    roles: e.ROLES,
    port: e.PORT,
    host: e.HOST,
    /** Where workers and relays say how they are; null = nowhere. Where no web server has it, PORT. */
    healthPort: e.HEALTH_PORT ?? (e.ROLES.includes('web') ? null : e.PORT),
    publicUrl,
    /** Whoever has it may read /metrics; null = only who asks from this machine. */
    metricsToken: e.METRICS_TOKEN ?? null,
    /**
     * Whether traces are made, and of how many of those that begin here (0-1); null = none. The packages read the endpoint
     * and the exporter's other OTEL_ names themselves.
     */
    traces:
      e.OTEL_EXPORTER_OTLP_ENDPOINT && e.OTEL_SDK_DISABLED !== 'true' ? { share: e.OTEL_TRACES_SAMPLER_ARG } : null,
    /** How many proxies in front add to X-Forwarded-For; 0: nobody does, and what it says is the client's own claim. */
    trustedProxies: e.TRUSTED_PROXIES,
    /** Requests a minute; 0 = as many as somebody likes. */
    rateLimits: {
      /** Of one source system, unless its row says otherwise. */
      client: e.RATE_LIMIT_PER_MINUTE,
      /** Of one facility: all its source systems and people together. */
      facility: e.RATE_LIMIT_FACILITY_PER_MINUTE,
      /** Searches of one operator. */
      searches: e.RATE_LIMIT_SEARCHES_PER_MINUTE,
      /** Of one address to what anyone may ask; only where a proxy of ours tells the address. */
      address: e.RATE_LIMIT_ADDRESS_PER_MINUTE,
    },
    /** Different records that may be asked for, found or not, in an hour and in a day (UTC); 0 = as many as somebody likes. */
    lookUps: {
      /** Of one signed-in person. */
      person: { hour: e.LOOK_UPS_PER_PERSON_HOUR, day: e.LOOK_UPS_PER_PERSON_DAY },
      /** Of one source system. */
      client: { hour: e.LOOK_UPS_PER_CLIENT_HOUR, day: e.LOOK_UPS_PER_CLIENT_DAY },
    },
    openings: {
      /** How long another facility's record stays open to whoever opened it with a reason. */
      minutes: e.OPENING_MINUTES,
      /** How long hidden values of a record are shown to whoever revealed them with a reason. */
      revealMinutes: e.REVEAL_MINUTES,
    },
    dataDir: e.DATA_DIR,
    /** A folder of certificate types instead of those that come with the product; undefined = those. */
    certificateTypesDir: e.CERTIFICATE_TYPES_DIR,
    logLevel: e.LOG_LEVEL,
    /** `role`: what our connections act as; it can add to the audit log and change nothing in it. */
    database: { url: e.DATABASE_URL, poolSize: e.DATABASE_POOL_SIZE, role: e.DATABASE_ROLE },
    /** Of certificates for which nobody says which. */
    paper: e.DEFAULT_PAPER,
    updateLimit: e.CERTIFICATE_UPDATE_LIMIT,
    certificateIdDigits: e.CERTIFICATE_ID_DIGITS,
    issuer: {
      name: e.ISSUER_NAME,
      logo: e.ISSUER_LOGO,
      timeZone: e.ISSUER_TIME_ZONE,
    },
    /** Every night from this hour on (where the issuer is) so many certificates are checked; 0 = none. */
    sampleCheck: { hour: e.SAMPLE_CHECK_HOUR, size: e.SAMPLE_CHECK_SIZE },
    /** Days that a holder's link works unless said otherwise, and days in which a facility means to answer a report. */
    holders: { linkDays: e.HOLDER_LINK_DAYS, answerDays: e.HOLDER_ANSWER_DAYS },
    signing: {
      keyType: e.SIGNING_KEY_TYPE,
      privateKey: e.CERTIFICATE_PRIVATE_KEY,
      publicKey: e.CERTIFICATE_PUBLIC_KEY,
      /** The Ed25519 pair of the form of VC Data Model 2.0; with ED25519 as keyType the pair above is that one too. */
      ed25519: { privateKey: e.CERTIFICATE_ED25519_PRIVATE_KEY, publicKey: e.CERTIFICATE_ED25519_PUBLIC_KEY },
      /** A service that keeps the private keys whose public ones are set here. */
      signer: e.SIGNER_URL ? { url: e.SIGNER_URL, token: e.SIGNER_TOKEN } : undefined,
      did: e.CERTIFICATE_DID,
      controller: e.CERTIFICATE_CONTROLLER_ID,
      publicKeyId: e.CERTIFICATE_PUBKEY_ID,
    },
    credential: {
      /** The vocabulary of certifyV3. */
      namespace: e.CERTIFICATE_NAMESPACE_V2,
      /** The vocabulary of certifyV2. */
      namespaceV1: e.CERTIFICATE_NAMESPACE,
      did: e.CERTIFICATE_DID,
      issuer: e.CERTIFICATE_ISSUER,
      baseUrl: e.CERTIFICATE_BASE_URL,
      feedbackBaseUrl: e.CERTIFICATE_FEEDBACK_BASE_URL,
      infoBaseUrl: e.CERTIFICATE_INFO_BASE_URL,
      facilityCountryCode: e.FACILITY_COUNTRY_CODE,
      identityRejectionPattern: e.IDENTITY_REJECTION_PATTERN,
    },
    auth: { secret: e.NEXTAUTH_SECRET },
    secondFactor: {
      /** Encrypts the secrets of the authenticator apps and keys the hashes of recovery codes. */
      secret: e.SECOND_FACTOR_SECRET ?? e.NEXTAUTH_SECRET,
      /** The one before it: what it encrypted is encrypted anew when it is used. */
      secretBefore: e.SECOND_FACTOR_SECRET_BEFORE,
      /** Who has to have one, besides those of whom an administrator wants it; everybody where people come over https. */
      required: e.REQUIRE_SECOND_FACTOR ?? (publicUrl.startsWith('https://') ? 'everybody' : 'nobody'),
    },
    /** How long a one-time password can be used. */
    oneTimePasswordHours: e.ONE_TIME_PASSWORD_HOURS,
    /** The sign-in service for people (OpenID Connect); null = none. */
    oidc: e.OIDC_ISSUER
      ? {
          issuer: e.OIDC_ISSUER,
          clientId: e.OIDC_CLIENT_ID ?? '',
          clientSecret: e.OIDC_CLIENT_SECRET ?? '',
          name: e.OIDC_NAME,
          scope: e.OIDC_SCOPE,
          /** "login": the service asks for the password each time; on shared computers nothing else is safe. */
          prompt: e.OIDC_PROMPT,
          /** What it calls a sign-in with a second factor (acr): asked for, and needed of whoever has to have one. */
          acrValues: e.OIDC_ACR_VALUES,
        }
      : null,
    /** Tokens of a sign-in service that source systems send (DIVOC's way); null = not taken. */
    jwt: e.JWT_ISSUER
      ? { issuer: e.JWT_ISSUER, audiences: e.JWT_AUDIENCES, jwksUrl: e.JWT_JWKS_URL, publicKey: e.JWT_PUBLIC_KEY }
      : null,
    /** What the claims of a sign-in service mean here. */
    claims: {
      /** Where roles stand: names with dots between, each a list of words. */
      roles: e.ROLES_CLAIMS,
      facility: e.FACILITY_CLAIM,
      /** Where a supervisor's district stands; null = nowhere: whatever a token says of districts counts for nothing. */
      district: e.DISTRICT_CLAIM ?? null,
      operatorRoles: e.OPERATOR_ROLES,
      supervisorRoles: e.SUPERVISOR_ROLES,
      auditorRoles: e.AUDITOR_ROLES,
      administratorRoles: e.ADMINISTRATOR_ROLES,
      /** Operators and supervisors with one of these need no facility: they act for all. */
      allFacilitiesRoles: e.ALL_FACILITIES_ROLES,
    },
    /** Encrypts the drafts of operators. */
    drafts: { secret: e.DRAFT_SECRET ?? e.NEXTAUTH_SECRET },
    webhooks: {
      /** Encrypts the secrets that messages to source systems are signed with. */
      secret: e.WEBHOOKS_SECRET ?? e.NEXTAUTH_SECRET,
      /** Networks that are not public and may be sent to all the same. */
      allowed: e.WEBHOOKS_ALLOW_PRIVATE,
    },
    bootstrap: { operator: e.BOOTSTRAP_OPERATOR, apiToken: e.BOOTSTRAP_API_TOKEN },
    kafka: {
      /** None: no broker, everything stays in this program and its database. */
      brokers: e.KAFKA_BOOTSTRAP_SERVERS?.split(',').map((broker) => broker.trim()) ?? [],
      tls: e.KAFKA_TLS === 'on',
      /** The certificates (PEM) that brokers' certificates are signed with; null = whom Node trusts. */
      authority: e.KAFKA_CA ? pem(e.KAFKA_CA) : null,
      /** Who we are to the broker; null = it does not ask. */
      account:
        e.KAFKA_USERNAME && e.KAFKA_PASSWORD
          ? { mechanism: e.KAFKA_SASL_MECHANISM, username: e.KAFKA_USERNAME, password: e.KAFKA_PASSWORD }
          : null,
      group: e.KAFKA_CONSUMER_GROUP,
      sessionTimeoutMs: e.KAFKA_CONSUMER_SESSION_TIMEOUT,
      /** What we call a topic -> what it is called on the broker. */
      topics: {
        certify: e.CERTIFY_TOPIC,
        certified: e.CERTIFIED_TOPIC,
        certify_ack: e.CERTIFICATE_ACK_TOPIC,
        duplicate_certificate: e.DUPLICATE_CERTIFICATE_TOPIC,
        error_certificate: e.ERROR_CERTIFICATE_TOPIC,
        proc_status: e.PROC_STATUS_TOPIC,
        revoke_cert: e.REVOKE_CERT_TOPIC,
        notify: e.SIGNED_NOTIFY,
        vc_certify: e.VC_CERTIFY_TOPIC,
        post_vc_certify: e.POST_VC_CERTIFY_TOPIC,
      },
    },
  })
}

/** Settings of sign-in services that only make sense together. */
function refineServices(e: z.output<typeof environment>, context: z.RefinementCtx): void {
  const wrong = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  if (String(e.ROLES) === 'relay' && !e.KAFKA_BOOTSTRAP_SERVERS)
    wrong('KAFKA_BOOTSTRAP_SERVERS', 'must be set where a process is a relay and nothing else')
  if (e.OIDC_ISSUER && !e.OIDC_CLIENT_ID) wrong('OIDC_CLIENT_ID', 'must be set with OIDC_ISSUER')
  if (e.OIDC_ISSUER && !e.OIDC_CLIENT_SECRET) wrong('OIDC_CLIENT_SECRET', 'must be set with OIDC_ISSUER')
  if (!e.KAFKA_USERNAME !== !e.KAFKA_PASSWORD) wrong('KAFKA_PASSWORD', 'must be set with KAFKA_USERNAME')
  if (e.KAFKA_PASSWORD && e.KAFKA_TLS === 'off' && isElsewhere(e.KAFKA_BOOTSTRAP_SERVERS ?? ''))
    wrong('KAFKA_TLS', 'must be on: a password must not cross a network in the open')
  if (e.KAFKA_CA && e.KAFKA_TLS === 'off') wrong('KAFKA_TLS', 'must be on with KAFKA_CA')
  if (!e.JWT_ISSUER) return
  if (e.JWT_AUDIENCES.length === 0) wrong('JWT_AUDIENCES', 'must name whom tokens are for (aud or azp)')
  if (!e.JWT_JWKS_URL === !e.JWT_PUBLIC_KEY)
    wrong('JWT_JWKS_URL', 'either this or JWT_PUBLIC_KEY must be set with JWT_ISSUER')
}

/** Whose answer is believed, and what carries a token: it must not cross a network in the open. */
function isSecure(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && isHere(hostname))
}

function isHere(hostname: string): boolean {
  return ['', 'localhost', '127.0.0.1', '::1', '[::1]'].includes(hostname)
}

/** Line ends as environments write them. */
function pem(text: string): string {
  return text.trim().replaceAll('\\n', '\n')
}

/** One certificate after the other, each whole. */
function areCertificates(text: string): boolean {
  const certificates = pem(text).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  try {
    return certificates !== null && certificates.every((one) => new X509Certificate(one).raw.length > 0)
  } catch {
    return false
  }
}

/** A connection to another machine is encrypted, or somebody decided and wrote down that it is not. */
function saysHowItIsSecured(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { hostname, searchParams } = new URL(url)
  return isHere(searchParams.get('host')?.startsWith('/') ? '' : hostname) || searchParams.has('sslmode')
}

/** Whether a broker of this list is on another machine. */
function isElsewhere(brokers: string): boolean {
  return brokers.split(',').some((broker) => !isHere(broker.trim().replace(/:\d+$/, '')))
}

/** An address and how many of its bits count: 10.20.0.0/16. */
function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/')
  const family = isIP(address)
  return more.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

function deepFreeze<T extends object>(value: T): Readonly<T> {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner)
  }
  return Object.freeze(value)
}
