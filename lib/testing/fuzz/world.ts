/** What the random requests meet: people and systems of every kind, and one thing of each sort that an address can name. */
import { randomBytes } from 'node:crypto'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { liveContext } from '@/lib/certificates/context'
import { hashToken, makeToken } from '@/lib/auth/tokens'
import { ROLES } from '@/lib/auth/roles'
import { SCOPES } from '@/lib/auth/scopes'
import { SIGN_OLDER, signOlder } from '@/lib/certificates/form2'
import { issueNext, type Issuer } from '@/lib/certificates/issue'
import { runSigningJobs } from '@/lib/queue/signing-jobs'
import { publishLists } from '@/lib/status-lists/publish'
import { publishRevocationList } from '@/lib/status-lists/revocation-list'
import { SIGN_PREVIEW, signPreview } from '@/lib/type-checks/preview-signing'
import { SIGN_VC, signVcCredential } from '@/lib/vc-api/sign'
import { aFacility, anOperator, ask, aToken, cookieOf, type Asked, type Asking } from '../api'
import { anIssuer, aRequest } from '../builders'

export const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
export const PASSWORD = 'correct horse'

/** Everybody who may send a request; the first two may do most. */
export const CALLERS = [
  ...['person', 'client', 'nobody', 'stranger', 'clerk', 'newcomer', 'gone', 'clientOfAFacility'],
  ...['clientAtHome', 'clientWithoutScopes', 'sandboxClient', 'elsewhere', 'both'],
] as const
export type CallerKind = (typeof CALLERS)[number]

/** Members of answers whose values name something: the pools grow with them. */
const NAMES =
  /^(certificateId|transactionId|preEnrollmentCode|linkId|confirmationId|reportId|operatorId|clientId|recallId|sessionId|issuerId|[a-z]+Id)$/

export class World {
  /** Things that exist, by the name under which requests mention them. */
  readonly pools: Record<string, string[]> = {
    extension: ['json', 'jsonld', 'vc.json', 'pdf', 'png', 'svg', 'page.svg'],
    path: ['credentials/vaccination/v2', 'credentials/vaccination/v1'],
    purpose: ['revocation', 'suspension', 'message'],
    page: ['1'],
    facilityCode: ['MAH', 'GAL'],
    token: [],
  }
  private count = 0
  private stop = new AbortController()
  private signing: Promise<void> | undefined
  private people!: Record<'person' | 'second' | 'clerk' | 'newcomer' | 'gone', Awaited<ReturnType<typeof anOperator>>>
  private readonly tokens = new Map<string, string>()
  private readonly clientIds = new Map<string, string>()
  private issuer!: Issuer

  async begin(): Promise<void> {
    for (const code of ['MAH', 'GAL']) await aFacility(code)
    const everything = { roles: ROLES }
    this.people = {
      person: await anOperator(everything),
      second: await anOperator(everything),
      clerk: await anOperator({ facilityCode: 'MAH' }),
      newcomer: await anOperator(),
      gone: await anOperator(),
    }
    await liveContext().db.operator.update({
      where: { id: this.people.newcomer.id },
      data: { mustChangePassword: true },
    })
    const clients = {
      client: {},
      clientOfAFacility: { facilityCode: 'GAL', batch: 'each' },
      clientAtHome: { facilityCode: 'MAH' },
      clientWithoutScopes: { scopes: [] },
      sandboxClient: { sandbox: true },
    }
    const context = liveContext()
    for (const [kind, facts] of Object.entries(clients)) {
      const token = await aToken(facts)
      const row = await context.db.apiClient.findUniqueOrThrow({ where: { tokenHash: hashToken(token) } })
      this.tokens.set(kind, token)
      this.clientIds.set(kind, row.id)
    }
    this.issuer = await anIssuer(context)
    const jobs = {
      [SIGN_VC]: (payload: Parameters<typeof signVcCredential>[1]) => signVcCredential(this.issuer, payload),
      [SIGN_OLDER]: (payload: Parameters<typeof signOlder>[1]) => signOlder(this.issuer, payload),
      [SIGN_PREVIEW]: (payload: Parameters<typeof signPreview>[1]) => signPreview(this.issuer, payload),
    }
    this.signing = runSigningJobs(context, jobs, this.stop.signal)
    for (let n = 0; n < 5; n++) await this.aCertificate()
    await this.publish()
  }

  async end(): Promise<void> {
    this.stop.abort()
    await this.signing
  }

  /** Sends what has to succeed on the way to the request at hand. */
  async do(row: Endpoint, asking: Asking = {}, as: CallerKind | 'second' = 'person'): Promise<Asked> {
    const answer = await ask(row, { ...asking, headers: { ...(await this.headersOf(as)), ...asking.headers } })
    if (answer.status >= 300) {
      throw new Error(
        `${row.operation} was to prepare a request and answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      )
    }
    this.remember(answer.body)
    return answer
  }

  /** The headers that say who asks. Whoever was disabled or lost a token on the way has it again. */
  async headersOf(kind: CallerKind | 'second'): Promise<Record<string, string>> {
    if (kind === 'nobody') return {}
    if (kind === 'stranger') return { authorization: `Bearer ${makeToken()}` }
    const token = this.tokens.get(kind)
    if (token) return { authorization: `Bearer ${token}` }
    const who = kind === 'elsewhere' || kind === 'both' ? 'person' : (kind as keyof World['people'])
    const { secondsAgo = 0, ...headers } = {
      elsewhere: { 'sec-fetch-site': 'cross-site' },
      both: { ...OWN_PAGE, authorization: `Bearer ${this.tokens.get('client')}` },
      gone: { ...OWN_PAGE, secondsAgo: 13 * 60 * 60 },
    }[kind as 'gone'] ?? { ...OWN_PAGE }
    return { ...headers, cookie: await cookieOf(this.people[who], secondsAgo) }
  }

  /** Puts right what a request before may have done to those who ask. */
  async restore(): Promise<void> {
    const { db } = liveContext()
    const { person, second, clerk, newcomer } = this.people
    const everything = [person.id, second.id]
    await db.operator.updateMany({
      where: { id: { in: [...everything, clerk.id, newcomer.id] } },
      data: { disabled: false, passwordHash: person.passwordHash, secondFactorRequired: false },
    })
    await db.operator.updateMany({
      where: { id: { in: everything } },
      data: { roles: [...ROLES], facilityCode: null, mustChangePassword: false },
    })
    await db.operator.update({
      where: { id: clerk.id },
      data: { roles: ['operator'], facilityCode: 'MAH', district: null },
    })
    for (const one of [second, clerk, newcomer]) one.passwordHash = person.passwordHash
    await db.secondFactor.deleteMany({ where: { operatorId: { in: everything } } })
    await db.facility.updateMany({ where: { code: { in: ['MAH', 'GAL'] } }, data: { disabled: false } })
    for (const [kind, token] of this.tokens) {
      const scopes = kind === 'clientWithoutScopes' ? [] : [...SCOPES]
      const facts = { tokenHash: hashToken(token), tokenExpiresAt: null, disabled: false, ratePerMinute: null, scopes }
      const facilityCode = { clientOfAFacility: 'GAL', clientAtHome: 'MAH' }[kind] ?? null
      const reach = { facilityCode, district: null, programs: [] }
      await db.apiClient.updateMany({ where: { id: this.clientIds.get(kind)! }, data: { ...facts, ...reach } })
    }
    await db.signInThrottle.deleteMany()
  }

  /** A code nobody has yet. */
  aCode(): string {
    return `F${++this.count}-${randomBytes(3).toString('hex')}`
  }

  /** A request item with a code of its own. */
  anItem(changes: object = {}): Record<string, unknown> & { preEnrollmentCode: string } {
    return aRequest({ preEnrollmentCode: this.aCode(), ...changes }) as never
  }

  /** A certificate that is current. */
  async aCertificate(changes: object = {}, as: CallerKind = 'client') {
    const item = this.anItem(changes)
    const { body } = await this.do(contract.certify, { body: [item] }, as)
    await this.issue()
    const { certificateId, transactionId } = body.results[0] as { certificateId: string; transactionId: string }
    this.add('preEnrollmentCode', item.preEnrollmentCode)
    if (as === 'client') {
      this.add('ownCertificate', certificateId)
      this.add('ownTransaction', transactionId)
    }
    return { item, certificateId, transactionId, code: item.preEnrollmentCode }
  }

  async issue(): Promise<void> {
    while ((await issueNext(this.issuer, 16)) > 0);
  }

  async publish(): Promise<void> {
    await publishLists(this.issuer)
    await publishRevocationList(this.issuer)
    const places = await liveContext().db.certificate.findMany({ where: { statusListId: { not: null } }, take: 3 })
    for (const { statusListId } of places) this.add('listId', String(statusListId))
  }

  add(pool: string, ...values: string[]): void {
    const known = (this.pools[pool] ??= [])
    for (const value of values) if (!known.includes(value)) known.push(value)
    if (known.length > 60) known.splice(0, known.length - 60)
  }

  /** The n-th thing of a pool, the newest first. */
  pick(pool: string, n = 0): string {
    const known = this.pools[pool] ?? []
    return known.length === 0 ? 'nothing' : known[known.length - 1 - (n % known.length)]!
  }

  /** Takes from an answer what later requests may name. */
  remember(body: unknown): void {
    if (Array.isArray(body)) return body.forEach((inner) => this.remember(inner))
    if (typeof body !== 'object' || body === null) return
    for (const [key, value] of Object.entries(body)) {
      if (typeof value === 'string' && NAMES.test(key) && value.length < 200) this.add(key, value)
      else if (typeof value === 'object') this.remember(value)
    }
  }

  get operators() {
    return this.people
  }

  get keys() {
    return this.issuer
  }
}
