/** Settings of next-auth: one way in (username and password), sessions as encrypted cookies, nothing personal in its log. */
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { config } from '@/lib/config'
import { database } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { log, traceOf } from '@/lib/log'
import { passwordMark } from './operator'
import { decodeSession, IDLE_SECONDS, secureCookies, sessionSecret } from './session-cookie'
import { signIn } from './sign-in'

declare module 'next-auth' {
  interface User {
    passwordMark?: string
  }
}

/** The options for a request to `origin` (scheme and host as the browser sees them). `address` is where it came from, if known. */
export function authOptions(origin: string, address: string | null): NextAuthOptions {
  return {
    secret: sessionSecret(),
    useSecureCookies: secureCookies(),
    session: { strategy: 'jwt', maxAge: IDLE_SECONDS },
    jwt: { maxAge: IDLE_SECONDS, decode: async ({ token }) => (token ? decodeSession(token) : null) },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { username: { type: 'text' }, password: { type: 'password' } },
        authorize: (given) => authorize(String(given?.username ?? ''), String(given?.password ?? ''), address),
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (!user) return token
        return { ...token, signedInAt: Math.floor(Date.now() / 1000), passwordMark: user.passwordMark }
      },
      session({ session, token }) {
        return { ...session, user: { id: token.sub, name: token.name } }
      },
      redirect: ({ url }) => ownAddress(url, origin),
    },
    logger: {
      error: (code, metadata) => log().error({ event: 'next-auth', code, ...traceOf(metadata) }),
      warn: (code) => log().debug({ event: 'next-auth', code }),
      debug: () => {},
    },
  }
}

/** The sentence of what is thrown here is shown to the person who signs in. */
async function authorize(username: string, password: string, address: string | null) {
  const context = { db: database(), secret: sessionSecret(), now: new Date(), timeZone: config().issuer.timeZone }
  try {
    const operator = await signIn(context, { username, password, address })
    return { id: operator.id, name: operator.name, passwordMark: passwordMark(operator.passwordHash) }
  } catch (error) {
    if (error instanceof Refusal) throw new Error(error.message)
    log().error({ event: 'sign-in', ...traceOf(error) })
    throw new Error('We cannot sign you in now. Try again in a minute.')
  }
}

/** Where to go afterwards: only to pages of ours. */
function ownAddress(url: string, origin: string): string {
  const target = URL.canParse(url, origin) ? new URL(url, origin) : null
  const ours = target?.origin === origin || target?.origin === new URL(config().publicUrl).origin
  return target && ours ? target.href : origin
}
