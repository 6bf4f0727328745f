/** What an own password must be. Length is what protects; the rest keeps out the first guesses. */

const SHORTEST = 12
/** As much as the check of a password looks at. */
const LONGEST = 1024
const FEWEST_DIFFERENT = 5

/** What is wrong with a password that somebody chose, as a sentence; null when it is good. */
export function wrongWithPassword(password: string, { username, name }: { username: string; name: string }) {
  const characters = Array.from(password)
  if (characters.length < SHORTEST) return `Use at least ${SHORTEST} characters. Several words are easy to remember.`
  if (password.length > LONGEST) return `Use at most ${LONGEST} characters.`
  if (new Set(characters).size < FEWEST_DIFFERENT) return 'Use more different characters.'
  if (isMostly(password, username) || isMostly(password, name)) {
    return 'Do not use your name or username as the password.'
  }
  return null
}

/** Whether a password is little more than a name: what is left without it would be too short. */
function isMostly(password: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '')
  const [whole, part] = [plain(password), plain(name)]
  if (part.length < 3 || !whole.includes(part)) return false
  return Array.from(whole.replaceAll(part, '')).length < SHORTEST / 2
}
