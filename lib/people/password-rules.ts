/** What an own password must be. Length is what protects; the rest keeps out the first guesses. Any characters do. */
import { isLeaked } from './leaked-passwords'

const SHORTEST = 12
/** As much as the check of a password looks at. */
const LONGEST = 1024
const FEWEST_DIFFERENT = 5

/** What everybody here thinks of first: the product, the work, and the parts that people play in it. */
export const WORDS_OF_THE_PLACE: readonly string[] = [
  ...['errata', 'divoc', 'vaccination', 'vaccine', 'certificate', 'correction', 'covid'],
  ...['ministry', 'health', 'hospital', 'clinic', 'facility', 'password', 'welcome'],
  ...['operator', 'supervisor', 'auditor', 'administrator', 'admin', 'staff'],
]

export interface Owner {
  username: string
  name: string
  /** Name of the issuer, and of the facility if there is one: everybody knows them. */
  places: readonly string[]
}

/** What is wrong with a password that somebody chose, as a sentence; null when it is good. */
export function wrongWithPassword(password: string, { username, name, places }: Owner): string | null {
  const characters = Array.from(password)
  if (characters.length < SHORTEST) return `Use at least ${SHORTEST} characters. Several words are easy to remember.`
  if (password.length > LONGEST) return `Use at most ${LONGEST} characters.`
  if (new Set(characters).size < FEWEST_DIFFERENT) return 'Use more different characters.'
  if (isMostly(password, [username]) || isMostly(password, [name])) {
    return 'Do not use your name or username as the password.'
  }
  if (isLeaked(password)) return 'This password is in lists that attackers try first. Choose another one.'
  const known = [
    ...WORDS_OF_THE_PLACE,
    ...[username, name, ...places].flatMap((text) => [text, ...text.split(/\P{L}+/u)]),
  ]
  if (isMostly(password, known)) {
    return 'Do not make the password of words that everybody here knows. Add words that do not belong together.'
  }
  return null
}

/** Whether a password is little more than these words: what is left without them would be too short. */
function isMostly(password: string, words: readonly string[]): boolean {
  const whole = plain(password)
  // Longest first: else "admin" would leave the end of "administrator" behind.
  const parts = words.map(plain).filter((part) => part.length >= 3 && whole.includes(part))
  const left = parts.sort((a, b) => b.length - a.length).reduce((text, part) => text.replaceAll(part, ''), whole)
  return left !== whole && Array.from(left).length < SHORTEST / 2
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '')
}
