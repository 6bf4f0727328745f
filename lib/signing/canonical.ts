/** Writes the canonical N-Quads of a document straight from its values, along a shape that was compiled before. Runs in browsers too. */
import { escapeLiteral, isPlainIri, numberLiteral } from './nquads'

/** What one JSON object of the document says. All statements are complete from behind their subject. */
export interface Shape {
  /** In the order of their predicates, which spares most of the sorting. */
  members: Map<string, Member>
  /** Statements that come with the object itself, for example its type. */
  fixed: string[]
}

export type Member =
  /** Must be there and be exactly this; what it says is in `fixed`. */
  | { is: 'constant'; value: string | number | readonly string[] }
  /** The node's IRI, which must be there. */
  | { is: 'id' }
  | { is: 'iri'; before: string }
  | { is: 'literal'; before: string; after: string; numbers: boolean }
  | { is: 'node'; predicate: string; shape: Shape }
  | { is: 'nodes'; items: { predicate: string; shape: Shape }[] }

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
  /** Puts statements into order (of UTF-16 code units). */
  sort: (statements: string[]) => string[]
  /** Drops what one node says twice, as two members of one meaning with one value do. */
  distinct: (sorted: string[]) => string[]
}

/** The right rules, over a given SHA-256. */
export function rulesWith(hash: Rules['hash']): Rules {
  return {
    hash,
    escape: escapeLiteral,
    sort: (statements) => statements.sort(),
    distinct: (sorted) => sorted.filter((statement, index) => statement !== sorted[index - 1]),
  }
}

/**
 * The canonical form of a document, or null when the program does not cover it: an unknown member, another type of value,
 * an IRI that needs more than copying, blank nodes that only the full algorithm tells apart. Null says nothing about
 * whether the document is valid. Never throws for JSON values.
 */
export function canonicalForm(program: Program, document: unknown, rules: Rules): string | null {
  const nodes: Node[] = []
  if (!visit({ program, rules, nodes }, program.root, document, null, '')) return null
  if (!nameBlankNodes(nodes, rules) || !areDistinct(nodes)) return null
  // No name but an equal one is the beginning of another with the space behind it: in the order of names, then of
  // what each node says, all statements are in order.
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1))
  let text = ''
  for (const node of nodes) {
    for (const statement of saidBy(node, rules)) text += node.name + statement
  }
  // Half a character has no UTF-8 form: what would be hashed is not what was said.
  return text.isWellFormed() ? text : null
}

interface Node {
  /** As it stands in a statement; "" = blank and not named yet. */
  name: string
  /** Statements from behind their subject, those about nodes below apart. */
  said: string[]
  above: Node | null
  /** How the node above refers to this one. */
  predicate: string
  below: Node[]
}

interface Visit {
  program: Program
  rules: Rules
  nodes: Node[]
}

function visit(at: Visit, shape: Shape, value: unknown, above: Node | null, predicate: string): boolean {
  if (!isPlainObject(value)) return false
  const node: Node = { name: '', said: [...shape.fixed], above, predicate, below: [] }
  at.nodes.push(node)
  above?.below.push(node)
  let found = 0
  for (const [key, member] of shape.members) {
    if (!Object.hasOwn(value, key)) {
      if (member.is === 'constant' || member.is === 'id') return false
      continue
    }
    found++
    if (!read(at, member, value[key], node)) return false
  }
  if (found < Object.keys(value).length) return false
  node.said = at.rules.distinct(at.rules.sort(node.said))
  return true
}

function read(at: Visit, member: Member, value: unknown, node: Node): boolean {
  switch (member.is) {
    case 'literal': {
      if (typeof value === 'string') {
        node.said.push(member.before + at.rules.escape(value) + member.after)
        return true
      }
      const number = member.numbers && typeof value === 'number' ? numberLiteral(value) : null
      if (number === null) return false
      // `before` ends with the quotation mark that a number brings along.
      node.said.push(`${member.before.slice(0, -1)}${number} .\n`)
      return true
    }
    case 'iri':
    case 'id':
      if (typeof value !== 'string' || !isPlainIri(value, at.program.words)) return false
      if (member.is === 'id') node.name = `<${value}>`
      else node.said.push(`${member.before}${value}> .\n`)
      return true
    case 'constant':
      return isConstant(member.value, value)
    case 'node':
      return visit(at, member.shape, value, node, member.predicate)
    case 'nodes':
      return (
        Array.isArray(value) &&
        value.length === member.items.length &&
        member.items.every((item, index) => visit(at, item.shape, value[index], node, item.predicate))
      )
  }
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
  let text = ''
  for (const statement of saidBy(node, rules)) text += `_:a${statement}`
  // `<` stands before `_:a` and `_:z` behind it.
  if (node.above?.name) text = `${node.above.name}${node.predicate}_:a .\n${text}`
  else if (node.above) text += `_:z${node.predicate}_:a .\n`
  return rules.hash(text)
}

/** All that a node says, in order. Nodes below that have no name yet are _:z, so that two of them may read the same. */
function saidBy({ said, below }: Node, rules: Rules): string[] {
  if (below.length === 0) return said
  return rules.sort([...said, ...below.map(({ predicate, name }) => `${predicate}${name || '_:z'} .\n`)])
}

/** Objects of one IRI are one node, whose values the library puts together before it drops repeated ones. */
function areDistinct(nodes: Node[]): boolean {
  return new Set(nodes.map(({ name }) => name)).size === nodes.length
}
