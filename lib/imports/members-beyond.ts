/** What a certificate says that its type does not know: a deployment may have added to its template and its words. Pure. */
import { isObject } from './rows'

/** JSON Pointers of members that the template has not. The proof is not the template's. */
export function membersBeyond(template: unknown, credential: unknown, place = ''): string[] {
  if (Array.isArray(credential)) {
    const templates: unknown[] = Array.isArray(template) ? template : [template]
    return credential.flatMap((one, at) => membersBeyond(templates[at], one, `${place}/${at}`))
  }
  if (!isObject(credential)) return []
  const known = isObject(template) && !isLeaf(template) ? template : {}
  return Object.entries(credential).flatMap(([key, inner]) => {
    if (place === '' && key === 'proof') return []
    const here = `${place}/${key}`
    return Object.hasOwn(known, key) ? membersBeyond(known[key], inner, here) : [here.slice(0, 200)]
  })
}

function isLeaf(node: Record<string, unknown>): boolean {
  return ['from', 'setting', 'derive'].some((word) => typeof node[word] === 'string')
}
