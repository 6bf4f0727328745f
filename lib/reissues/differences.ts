/** Where two credentials differ, leaf by leaf. Pure. */
import type { ReissueSample } from './answers'

export type Difference = ReissueSample['differences'][number]

/** What is made anew each time and says nothing of what changed. */
const OF_EACH = ['proof', 'credentialStatus']

/** The leaves in which two unsigned credentials differ, in the order of the second one, then those that are gone. */
export function differencesBetween(form: Difference['form'], before: object, after: object): Difference[] {
  const [was, is] = [leavesOf(before), leavesOf(after)]
  const added = [...is].flatMap(([path, text]): Difference[] => {
    const old = was.get(path) ?? null
    if (old === text) return []
    return [{ form, path, kind: old === null ? 'added' : 'changed', before: old, after: text }]
  })
  const gone = [...was].filter(([path]) => !is.has(path))
  return [
    ...added,
    ...gone.map(([path, text]): Difference => ({ form, path, kind: 'removed', before: text, after: null })),
  ]
}

/** Dotted path -> text; what is empty is as good as absent. */
function leavesOf(credential: object): Map<string, string> {
  const leaves = new Map<string, string>()
  const walk = (value: unknown, path: string[]) => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (path.length > 0 || !OF_EACH.includes(key)) walk(inner, [...path, key])
      }
    } else if (value !== '' && value !== null && value !== undefined) leaves.set(path.join('.'), String(value))
  }
  walk(credential, [])
  return leaves
}
