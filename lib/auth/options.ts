/** Settings of next-auth: a username and a password, or the sign-in service; sessions as encrypted cookies, nothing personal in its log. */
import { randomUUID } from 'node:crypto'
import type { CookiesOptions, NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { writeRefusedSignIn } from '@/lib/audit/sign-ins'
import { config } from '@/lib/config'
import { database } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { log, traceOf } from '@/lib/log'
import type { KnownBrowser } from './known-browser'
import { passwordMark } from './operator'
import { serviceProvider } from './service-provider'
import { enterByService, type EnteredOperator } from './service-sign-in'
import { decodeSession, IDLE_SECONDS, ownCookieName, secureCookies, sessionSecret } from './session-cookie'
import { endSession, signOut } from './sessions'
import { AddressLocked, normalUsername, SecondFactorNeeded, signIn } from './sign-in'

declare module 'next-auth' {
  interface User {
    passwordMark?: string
    sid?: string
  }
}

/** What one request to next-auth says about who sent it. */
export interface AuthRequest {
  /** Scheme and host as the browser sees them. */
  origin: string
  /** Where it came from, if known. */
  address: string | null
  userAgent: string | null
  /** The session that the browser has already. */
  present: { operatorId: string; sessionId: string } | null
  /** Whether whoever has it asked to connect it with the sign-in service. */
  connecting: boolean
  /** What the browser knows of sign-ins before. */
  browser: KnownBrowser | null
  /** Is told who signed in with a password. */
  onSignIn(username: string): void
}

/** The options for one request. */
export function authOptions(from: AuthRequest): NextAuthOptions {
  const { oidc } = config()
  let entered: EnteredOperator | null = null
  return {
    secret: sessionSecret(),
    useSecureCookies: secureCookies(),
    cookies: cookieNames(),
    session: { strategy: 'jwt', maxAge: IDLE_SECONDS },
    jwt: { maxAge: IDLE_SECONDS, decode: async ({ token }) => (token ? decodeSession(token) : null) },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { username: { type: 'text' }, password: { type: 'password' }, code: { type: 'text' } },
        authorize: (given) => authorize({ username: '', password: '', ...given }, from),
      }),
      ...(oidc ? [serviceProvider(oidc)] : []),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type !== 'oauth') return true
        const outcome = await enter(account.id_token ?? null, { ...profile }, from)
        if (typeof outcome === 'string') {
          const refused = {
            username: `service ${profile?.sub ?? ''}`,
            lockedAddress: null,
            secret: sessionSecret(),
            code: outcome,
            how: 'oidc',
          }
          await writeRefusedSignIn(database(), new Date(), refused)
          return `${from.origin}/sign-in?refused=${outcome}`
        }
        entered = outcome
        return true
      },
      async jwt({ token, user }) {
        if (!user) return token
        // Whoever signs in again in a browser leaves no session behind in it.
        if (from.present) await endSession(database(), from.present.operatorId, from.present.sessionId, new Date())
        const signedInAt = Math.floor(Date.now() / 1000)
        if (!entered) return { ...token, signedInAt, sid: user.sid, passwordMark: user.passwordMark }
        const { id, name, sessionId, passwordHash } = entered
        return { sub: id, name, signedInAt, sid: sessionId, passwordMark: passwordMark(passwordHash) }
      },
      session({ session, token }) {
        return { ...session, user: { id: token.sub, name: token.name } }
      },
      redirect: ({ url }) => ownAddress(url, from.origin),
    },
    events: {
      async signOut({ token }) {
        const { sub, sid } = token ?? {}
        if (typeof sub === 'string' && typeof sid === 'string') await signOut(database(), sub, sid, new Date())
      },
    },
    logger: {
      error: (code, metadata) => log().error({ event: 'next-auth', code, ...traceOf(metadata) }),
      warn: (code) => log().debug({ event: 'next-auth', code }),
      debug: () => {},
    },
  }
}

/** The sentence of what is thrown here is shown to the person who signs in; SECOND_FACTOR asks the page for a code. */
async function authorize(typed: { username: string; password: string; code?: string }, from: AuthRequest) {
  const settings = config()
  const context = {
    db: database(),
    secret: sessionSecret(),
    now: new Date(),
    uuid: randomUUID,
    timeZone: settings.issuer.timeZone,
  }
  const [username, password, code] = [typed.username, typed.password, typed.code ?? ''].map(String)
  const { address, userAgent, browser } = from
  try {
    const given = { username: username!, password: password!, code, address, userAgent, browser }
    const operator = await signIn(context, given)
    from.onSignIn(operator.username)
    const { id, name, passwordHash, sessionId } = operator
    return { id, name, passwordMark: passwordMark(passwordHash), sid: sessionId }
  } catch (error) {
    if (error instanceof SecondFactorNeeded) throw new Error('SECOND_FACTOR')
    if (error instanceof Refusal) {
      const refused = {
        username: normalUsername(username!),
        lockedAddress: error instanceof AddressLocked ? address : null,
        secret: context.secret,
        code: error.code,
        how: 'password',
      }
      await writeRefusedSignIn(context.db, context.now, refused)
      throw new Error(error.message)
    }
    log().error({ event: 'sign-in', ...traceOf(error) })
    throw new Error('We cannot sign you in now. Try again in a minute.')
  }
}

async function enter(idToken: string | null, claims: Record<string, unknown>, from: AuthRequest) {
  const { oidc, claims: rules } = config()
  const context = {
    db: database(),
    oidc: oidc!,
    claims: rules,
    secret: sessionSecret(),
    now: new Date(),
    uuid: randomUUID,
  }
  const { address, userAgent, present, connecting } = from
  const linkTo = connecting && present ? present.operatorId : null
  return enterByService(context, { issuer: oidc!.issuer, claims, idToken, address, userAgent, linkTo })
}

/** next-auth's cookies, each of this host alone; those of a walk to the sign-in service for a quarter of an hour. */
function cookieNames(): CookiesOptions {
  const cookie = (name: string, maxAge?: number) => ({
    name: ownCookieName(`next-auth.${name}`),
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: secureCookies(), maxAge },
  })
  const WALK = 15 * 60
  return {
    sessionToken: cookie('session-token'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce.code_verifier', WALK),
    state: cookie('state', WALK),
    nonce: cookie('nonce', WALK),
  }
}

/** Where to go afterwards: only to pages of ours. */
function ownAddress(url: string, origin: string): string {
  const target = URL.canParse(url, origin) ? new URL(url, origin) : null
  const ours = target?.origin === origin || target?.origin === new URL(config().publicUrl).origin
  return target && ours ? target.href : origin
}
