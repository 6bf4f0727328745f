/** Where the values of fields stand in the credentials: found, proposed, put and taken away. Pure. */
import { fieldsIn, isJson, templateIn, TEMPLATES, type DraftType, type Json, type Template } from './draft'

/** Dotted places, "credentialSubject.parentName"; of a list the first item is meant. */
export type Places = Partial<Record<Template, string>>

const LEAF = ['from', 'setting', 'derive']

/** Whether a node of a template stands for a value. */
export function isLeaf(node: unknown): node is Json {
  return isJson(node) && LEAF.some((word) => typeof node[word] === 'string')
}

/** All places of a template whose value is of this field alone, or also of it. */
export function placesOf(type: DraftType, template: Template, path: string): string[] {
  return leavesOf(templateIn(type, template)).flatMap(({ place, leaf }) => (takes(leaf, path) ? [place] : []))
}

/** The first place of a field in each template. */
export function firstPlaces(type: DraftType, path: string): Places {
  return Object.fromEntries(
    TEMPLATES.flatMap((template) => {
      const [place] = placesOf(type, template, path)
      return place === undefined ? [] : [[template, place]]
    }),
  )
}

/** Beside the fields that it belongs to, under its own name; in a new section in the subject. */
export function proposedPlaces(type: DraftType, path: string): Places {
  const name = path.split('.').at(-1)!
  const present = TEMPLATES.filter((template) => templateIn(type, template))
  const parents = present.map((template) => [template, parentFor(type, template, path)] as const)
  // The same name everywhere, if it takes a number.
  let free = name
  const isTaken = () =>
    parents.some(([template, parent]) => nodeAt(templateIn(type, template), `${parent}.${free}`) !== undefined)
  for (let number = 2; isTaken(); number++) free = `${name}${number}`
  return Object.fromEntries(parents.map(([template, parent]) => [template, `${parent}.${free}`]))
}

function parentFor(type: DraftType, template: Template, path: string): string {
  const steps = path.split('.')
  const near = fieldsIn(type)
    .filter((field) => field.path !== path)
    .flatMap((field) => placesOf(type, template, field.path).map((place) => ({ other: field.path.split('.'), place })))
    .map(({ other, place }) => ({
      shared: sharedSteps(steps, other),
      further: Math.abs(other.length - steps.length),
      parent: parentOf(place),
    }))
    .filter(({ shared }) => shared > 0)
  const often = (parent: string) => near.filter((one) => one.parent === parent).length
  near.sort((a, b) => b.shared - a.shared || a.further - b.further || often(b.parent) - often(a.parent))
  return near[0]?.parent ?? 'credentialSubject'
}

/** How many steps two paths have in common, their last ones apart. */
function sharedSteps(one: string[], other: string[]): number {
  let shared = 0
  while (shared < Math.min(one.length, other.length) - 1 && one[shared] === other[shared]) shared += 1
  return shared
}

/** Puts the value of a field at a place, making the objects on the way. */
export function putLeaf(
  type: DraftType,
  template: Template,
  place: string,
  field: { path: string; kind: string },
): void {
  const steps = place.split('.')
  let node = templateIn(type, template)!
  for (const step of steps.slice(0, -1)) {
    const inner = firstOf(node[step])
    node = isJson(inner) && !isLeaf(inner) ? inner : ((node[step] = {}) as Json)
  }
  node[steps.at(-1)!] = field.kind === 'instant' ? { derive: 'timestamp', from: field.path } : { from: field.path }
}

/** Takes every value away that is made of a field, and objects that say nothing then but what they are. */
export function dropLeaves(type: DraftType, template: Template, path: string): void {
  const root = templateIn(type, template)
  if (root) prune(root, path)
}

function prune(node: unknown, path: string): void {
  if (Array.isArray(node)) return node.forEach((item) => prune(item, path))
  if (!isJson(node)) return
  for (const [key, child] of Object.entries(node)) {
    if (isLeaf(child)) {
      if (takes(child, path)) delete node[key]
      continue
    }
    const had = leavesOf(child).length > 0
    prune(child, path)
    if (had && isJson(child) && Object.keys(child).every((name) => name === 'type')) delete node[key]
  }
}

/** The node at a dotted place; undefined where there is none. */
export function nodeAt(root: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((node, step) => {
    const inner = firstOf(node)
    return isJson(inner) ? inner[step] : undefined
  }, root)
}

export function parentOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('.')))
}

function firstOf(node: unknown): unknown {
  return Array.isArray(node) ? node[0] : node
}

/** "from", or what else a function takes. */
function takes(leaf: Json, path: string): boolean {
  return Object.entries(leaf).some(([name, value]) => name !== 'setting' && name !== 'derive' && value === path)
}

function leavesOf(node: unknown, place: string[] = []): { place: string; leaf: Json }[] {
  if (Array.isArray(node)) return node.slice(0, 1).flatMap((item) => leavesOf(item, place))
  if (isLeaf(node)) return [{ place: place.join('.'), leaf: node }]
  return isJson(node) ? Object.entries(node).flatMap(([key, child]) => leavesOf(child, [...place, key])) : []
}
