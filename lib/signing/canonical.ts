/** Writes the canonical N-Quads of a document straight from its values, along a shape that was compiled before. Runs in browsers too. */
import { escapeLiteral, isPlainIri, numberLiteral } from './nquads'

/** What one JSON object of the document says. Plain JSON, so that it can be kept in a file. */
export interface Shape {
  /** Members that must be there and be exactly this; what they say is `fixed`. */
  constants: { name: string; value: string | number | readonly string[] }[]
  /** The member that is the node's IRI and must be there; null for a node without. */
  id: string | null
  /** In order, which spares sorting what is said with different predicates. */
  predicates: Predicate[]
}

/** What is said with one predicate. All statements are complete from behind their subject. */
export type Predicate = Values | Nodes

export interface Values {
  is: 'values'
  /** Statements that come with the object itself, for example its type; in order. */
  fixed: string[]
  /** Members that share this meaning. */
  values: Value[]
}

export interface Nodes {
  is: 'nodes'
  before: string
  nodes: Below[]
}

export interface Value {
  name: string
  as: 'iri' | 'text' | 'text or number'
  before: string
  after: string
}

/** A member that is an object, or a list of exactly these objects. */
export interface Below {
  name: string
  shape: Shape | Shape[]
}

export interface Program {
  root: Shape
  /** All words of the contexts: an IRI that begins with one of them might be expanded. */
  words: ReadonlySet<string>
}

/** The hash of the place it runs in, and the parts that a test replaces by wrong ones to see that its comparison notices. */
export interface Rules {
  /** SHA-256 of the text in UTF-8, as hexadecimal digits. */
  hash: (text: string) => string
  escape: (value: string) => string
  /** Whether a statement stands before another (in the order of UTF-16 code units). */
  isBefore: (statement: string, other: string) => boolean
  /** What is said already is not said again, as two members of one meaning with one value would. */
  isSame: (statement: string, other: string) => boolean
}

/** The right rules, over a given SHA-256. */
export function rulesWith(hash: Rules['hash']): Rules {
  return {
    hash,
    escape: escapeLiteral,
    isBefore: (statement, other) => statement < other,
    isSame: (statement, other) => statement === other,
  }
}

/**
 * The canonical form of a document, or null when the program does not cover it: an unknown member, another type of value,
 * an IRI that needs more than copying, blank nodes that only the full algorithm tells apart. Null says nothing about
 * whether the document is valid. Never throws for JSON values.
 */
export function canonicalForm(program: Program, document: unknown, rules: Rules): string | null {
  const nodes: Node[] = []
  if (!visit({ program, rules, nodes }, program.root, document, null, '') || !nameBlankNodes(nodes, rules)) return null
  // No name but an equal one is the beginning of another with the space behind it: in the order of names, then of
  // what each node says, all statements are in order.
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1))
  let text = ''
  let before = ''
  for (const node of nodes) {
    // Objects of one IRI are one node, whose values the library puts together before it drops repeated ones.
    if (node.name === before) return null
    text += written(node, node.name, rules)
    before = node.name
  }
  // Half a character has no UTF-8 form: what would be hashed is not what was said.
  return text.isWellFormed() ? text : null
}

interface Node {
  /** As it stands in a statement; "" = blank and not named yet. */
  name: string
  /** In order, from behind the subject; a node stands for the statement that leads to it. */
  said: (string | Node)[]
  above: Node | null
  /** How the node above refers to this one. */
  link: string
  /** Several nodes below are referred to in one way: their names decide about the order. */
  hasList: boolean
}

interface Visit {
  program: Program
  rules: Rules
  nodes: Node[]
}

function visit(at: Visit, shape: Shape, value: unknown, above: Node | null, link: string): boolean {
  if (!isPlainObject(value)) return false
  let found = shape.constants.length
  for (const one of shape.constants) if (!isConstant(one.value, value[one.name])) return false
  const node: Node = { name: '', said: [], above, link, hasList: false }
  if (shape.id !== null) {
    const id = value[shape.id]
    if (typeof id !== 'string' || !isPlainIri(id, at.program.words)) return false
    node.name = `<${id}>`
    found++
  }
  at.nodes.push(node)
  above?.said.push(node)
  for (const predicate of shape.predicates) {
    const read =
      predicate.is === 'values' ? readValues(at, predicate, value, node) : readNodes(at, predicate, value, node)
    if (read < 0) return false
    found += read
  }
  return found === Object.keys(value).length
}

/** How many of the members are there, -1 when one cannot be said. */
function readValues(
  { program, rules }: Visit,
  { fixed, values }: Values,
  object: Record<string, unknown>,
  { said }: Node,
): number {
  const from = said.length
  for (const statement of fixed) said.push(statement)
  let found = 0
  for (const member of values) {
    const value = object[member.name]
    // A member that is there and undefined is none of JSON, and is missing among those found.
    if (value === undefined) continue
    const statement = statementOf(member, value, program, rules)
    if (statement === null) return -1
    found++
    place(said as string[], from, statement, rules)
  }
  return found
}

function statementOf({ as, before, after }: Value, value: unknown, { words }: Program, rules: Rules): string | null {
  if (as === 'iri') return typeof value === 'string' && isPlainIri(value, words) ? before + value + after : null
  if (typeof value === 'string') return before + rules.escape(value) + after
  const number = as === 'text or number' && typeof value === 'number' ? numberLiteral(value) : null
  // `before` ends with the quotation mark that a number brings along.
  return number === null ? null : `${before.slice(0, -1)}${number} .\n`
}

/** Puts a statement in order among those from `from` on, unless it is there. */
function place(said: string[], from: number, statement: string, rules: Rules): void {
  let at = said.length
  while (at > from && rules.isBefore(statement, said[at - 1]!)) at--
  if (at > from && rules.isSame(statement, said[at - 1]!)) return
  // Moved up one by one: most come last anyway.
  for (let moved = said.length; moved > at; moved--) said[moved] = said[moved - 1]!
  said[at] = statement
}

/** As `readValues`. */
function readNodes(at: Visit, { before, nodes }: Nodes, object: Record<string, unknown>, node: Node): number {
  const from = node.said.length
  let found = 0
  for (const { name, shape } of nodes) {
    const value = object[name]
    if (value === undefined) continue
    found++
    if (!Array.isArray(shape)) {
      if (!visit(at, shape, value, node, before)) return -1
    } else {
      if (!Array.isArray(value) || value.length !== shape.length) return -1
      if (!shape.every((one, index) => visit(at, one, value[index], node, before))) return -1
    }
  }
  node.hasList ||= node.said.length > from + 1
  return found
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function isConstant(expected: string | number | readonly string[], value: unknown): boolean {
  if (typeof expected !== 'object') return value === expected
  return (
    Array.isArray(value) && value.length === expected.length && expected.every((item, index) => item === value[index])
  )
}

/** Names blank nodes in the order of their first-degree hashes. False when two hashes are the same. */
function nameBlankNodes(nodes: Node[], rules: Rules): boolean {
  const blank = nodes.filter(({ name }) => name === '')
  if (blank.length === 1) {
    blank[0]!.name = '_:c14n0'
    return true
  }
  const hashed = blank.map((node) => ({ node, hash: firstDegreeHash(node, rules) }))
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1))
  if (hashed.some(({ hash }, index) => hash === hashed[index + 1]?.hash)) return false
  hashed.forEach(({ node }, index) => (node.name = `_:c14n${index}`))
  return true
}

/** The hash over all statements about a node, in order, with itself as _:a and every other blank node as _:z. */
function firstDegreeHash(node: Node, rules: Rules): string {
  const own = written(node, '_:a', rules)
  if (!node.above) return rules.hash(own)
  // `<` stands before `_:a` and `_:z` behind it.
  const { name } = node.above
  return rules.hash(name ? `${name}${node.link}_:a .\n${own}` : `${own}_:z${node.link}_:a .\n`)
}

/** All that a node says, in order. Nodes below that have no name yet are _:z, so that two of them may read the same. */
function written({ said, hasList }: Node, subject: string, rules: Rules): string {
  let statements = said
  if (hasList) {
    statements = said.map(spelled).sort((a, b) => (rules.isBefore(a, b) ? -1 : 1))
  }
  let text = ''
  for (const one of statements) text += subject + spelled(one)
  return text
}

function spelled(one: string | Node): string {
  return typeof one === 'string' ? one : `${one.link}${one.name || '_:z'} .\n`
}
