/**
 * A browser in which somebody signed in before keeps a sealed note of that. Failures in their name from anywhere else do
 * not lock them out here; it opens nothing by itself.
 */
import { createHmac } from 'node:crypto'
import { readSealedCookie, sealedCookie, type SealedCookie } from './sealed-cookie'
import { sessionSecret } from './session-cookie'

const NOTE: SealedCookie = { name: 'errata-known', path: '/api/auth' }
const SECONDS = 180 * 24 * 60 * 60
/** People who share a computer. The one who was here longest ago is forgotten first. */
const MOST_PEOPLE = 12

export interface KnownBrowser {
  id: string
  /** Whether somebody with this username signed in here. */
  knows(username: string): boolean
}

/** What the browser that sent these cookies knows; null = nothing, or the note is forged or old. */
export async function knownBrowser(cookies: string | null): Promise<KnownBrowser | null> {
  const note = await readSealedCookie(NOTE, cookies)
  const [id, people] = [note?.jti, peopleIn(note)]
  return typeof id === 'string' ? { id, knows: (username) => people.includes(markOf(username)) } : null
}

/** A Set-Cookie value after this username signed in, in the browser that sent these cookies. The note is a new one each time. */
export async function rememberedIn(cookies: string | null, username: string): Promise<string> {
  const before = peopleIn(await readSealedCookie(NOTE, cookies))
  const mark = markOf(username)
  const people = [mark, ...before.filter((one) => one !== mark)].slice(0, MOST_PEOPLE)
  return sealedCookie(NOTE, { people }, SECONDS)
}

function peopleIn(note: Record<string, unknown> | null): string[] {
  return Array.isArray(note?.people) ? note.people.filter((one): one is string => typeof one === 'string') : []
}

function markOf(username: string): string {
  return createHmac('sha256', sessionSecret()).update(`known\n${username}`).digest('base64url').slice(0, 22)
}
