/** Names for what comes into a type, made of the words people gave it. Pure. */
import { fieldsIn, type DraftType } from './draft'

/** "Parent name" in recipient: "recipient.parentName", with a number where that is taken. */
export function proposedPath(type: DraftType, section: string, label: string): string {
  const taken = fieldsIn(type).map(({ path }) => path)
  return free(`${section}.${nameOf(label, 'field')}`, (path) =>
    taken.some((other) => other === path || other.startsWith(`${path}.`)),
  )
}

/** "School health" is "schoolHealth". */
export function proposedSection(type: DraftType, title: string): string {
  return free(nameOf(title, 'section'), (id) => type.sections.some((section) => section.id === id))
}

/** Letters and digits in one word that begins with a small letter; other scripts have no such letters. */
function nameOf(words: string, otherwise: string): string {
  const plain = words.normalize('NFKD').replace(/\p{M}/gu, '')
  const parts = (plain.match(/[A-Za-z0-9]+/g) ?? [])
    .join(' ')
    .replace(/^[0-9 ]+/, '')
    .split(' ')
    .filter(Boolean)
  const joined = parts.map((part, at) => (at === 0 ? part[0]!.toLowerCase() : part[0]!.toUpperCase()) + part.slice(1))
  return joined.join('') || otherwise
}

function free(name: string, isTaken: (name: string) => boolean): string {
  let next = name
  for (let number = 2; isTaken(next); number++) next = `${name}${number}`
  return next
}
