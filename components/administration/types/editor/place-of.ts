/** Where in the editor something is that a check speaks of. */
import { fieldsIn, isJson, type DraftType } from '@/lib/certificate-types/draft'

export type Place =
  | { tab: 'fields'; path: string }
  | { tab: 'lists'; list: string }
  | { tab: 'rules' }
  /** `pointer`: of type.json. */
  | { tab: 'text'; file: string; pointer: string }

const RULES = /^\/(title|titles|alsoIn|updateLimit|approval|page\/logo)(\/|$)/

/** The field row, the list or the line of a JSON Pointer. */
export function placeOf(pointer: string, type: DraftType | null): Place {
  const [, file] = /^\/files\/([^/]+)/.exec(pointer) ?? []
  if (file !== undefined) return { tab: 'text', file, pointer: '' }
  if (type) {
    const path = fieldOf(pointer, type)
    if (path !== null) return { tab: 'fields', path }
    const [, list] = /^\/codeLists\/([^/]+)/.exec(pointer) ?? []
    if (list !== undefined && Object.hasOwn(type.codeLists, list)) return { tab: 'lists', list }
    if (RULES.test(pointer)) return { tab: 'rules' }
  }
  return { tab: 'text', file: 'type.json', pointer }
}

/** The field that a pointer leads into, also through its place in a credential. */
export function fieldOf(pointer: string, type: DraftType): string | null {
  const [, section, field] = /^\/sections\/(\d+)\/fields\/(\d+)/.exec(pointer) ?? []
  const found = type.sections[Number(section)]?.fields[Number(field)]
  if (found) return found.path
  const steps = pointer.split('/').slice(1)
  if (!['forms', 'credential2', 'verify'].includes(steps[0] ?? '')) return null
  // The leaf, or a member of it.
  const nodes = [nodeAt(type, steps), nodeAt(type, steps.slice(0, -1))]
  const from = nodes.flatMap((node) => (isJson(node) && typeof node.from === 'string' ? [node.from] : []))[0]
  return fieldsIn(type).find(({ path }) => path === from)?.path ?? null
}

function nodeAt(root: unknown, steps: string[]): unknown {
  return steps.reduce<unknown>((node, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return Array.isArray(node) ? node[Number(key)] : isJson(node) ? node[key] : undefined
  }, root)
}

/** What a pointer is about, in words: the label of the field, else the pointer itself. */
export function saidPlace(pointer: string, type: DraftType | null): string {
  const path = type && fieldOf(pointer, type)
  const field = path && type ? fieldsIn(type).find((one) => one.path === path) : undefined
  return field ? field.label : pointer.replace(/^\/files\//, '') || 'type.json'
}
