/** The wish of somebody who is signed in to connect the account with the sign-in service, kept while they are there. */
import type { SealedCookie } from './sealed-cookie'

/** Carries the session (sid) that it was asked in: of another session it says nothing. */
export const CONNECTING: SealedCookie = { name: 'errata-connecting', path: '/api/auth', afterOtherSites: true }

export const CONNECTING_SECONDS = 10 * 60
