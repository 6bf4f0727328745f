/** Documents made from a credential template: a JSON tree whose leaves ({from}, {setting} or {derive}) differ from document to document. */

export interface Marked {
  document: object
  /** Marker -> path of the leaf it stands for. Paths are member names and indexes joined by "/". */
  leaves: Map<string, string>
  /** Path of a leaf or object -> path of the object around it. */
  around: Map<string, string>
}

/** A document with a different absolute IRI in the place of every leaf: valid as a value and as an id. */
export function markedDocument(template: object): Marked {
  const leaves = new Map<string, string>()
  const around = new Map<string, string>()
  const document = filled(template, (path, parent) => {
    const marker = `urn:marked-place:${leaves.size}`
    leaves.set(marker, path)
    around.set(path, parent)
    return marker
  })
  const objects = (node: unknown, path: string, parent: string): void => {
    if (Array.isArray(node)) return node.forEach((item, index) => objects(item, `${path}/${index}`, parent))
    if (typeof node !== 'object' || node === null || isLeaf(node)) return
    if (path !== '') around.set(path, parent)
    for (const [key, child] of Object.entries(node)) objects(child, join(path, key), path)
  }
  objects(template, '', '')
  return { document, leaves, around }
}

/** The template with values in the place of its leaves; undefined leaves a member out. */
export function filled(template: object, value: (path: string, parent: string) => unknown, withObjects = true): object {
  const fill = (node: unknown, path: string, parent: string): unknown => {
    if (isLeaf(node)) return value(path, parent)
    if (Array.isArray(node)) return node.map((item, index) => fill(item, `${path}/${index}`, parent))
    if (!isNode(node)) return node
    const members = Object.entries(node)
      .filter(([, child]) => withObjects || !hasObject(child))
      .map(([key, child]) => [key, fill(child, join(path, key), path)] as const)
    return Object.fromEntries(members.filter(([, child]) => child !== undefined))
  }
  return fill(template, '', '') as object
}

/** An object of the shape. */
export function isNode(node: unknown): node is object {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !isLeaf(node)
}

function hasObject(node: unknown): boolean {
  return isNode(node) || (Array.isArray(node) && node.some(isNode))
}

/** A place for a value. */
export function isLeaf(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  return ['from', 'setting', 'derive'].some((word) => typeof (node as Record<string, unknown>)[word] === 'string')
}

/** The path of a member. Throws for a name that would make paths ambiguous. */
export function join(path: string, key: string): string {
  if (key.includes('/')) throw new Error('A member of the shape has a slash in its name.')
  return path === '' ? key : `${path}/${key}`
}
