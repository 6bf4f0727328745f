/** Compiles a shape of documents once: what the reference library says about marked documents becomes a program that writes it. */
import { isDeepStrictEqual } from 'node:util'
import {
  canonicalForm,
  type Below,
  type Nodes,
  type Predicate,
  type Program,
  type Shape,
  type Value,
  type Values,
} from './canonical'
import { RULES } from './rules'
import { filled, isLeaf, isNode, join, markedDocument, type Marked } from './template'

/** What the compiler asks: the canonical N-Quads of any document, and every word that its contexts define. */
export interface Reference {
  canonize(document: object): Promise<string>
  words: ReadonlySet<string>
}

/**
 * Derives the program of a shape from the reference library's answers; nothing about the vocabulary is known here.
 * `template` is a JSON object whose values are fixed, or leaves ({from}, {setting} or {derive}) that differ from document
 * to document. Throws an Error when the shape says something that the program cannot express (lists, graphs, languages
 * in numbers ...), or when the program's answer for a number of trial documents is not the library's: such documents
 * keep the general path.
 */
export async function compileShape(template: object, reference: Reference): Promise<Program> {
  const marked = markedDocument(template)
  const statements = parse(await reference.canonize(marked.document))
  const compilation = new Compilation(marked, statements, template)
  const program = { root: compilation.shape('', template), words: reference.words }
  if (canonicalForm(program, marked.document, RULES) === null)
    throw new Error('A program does not cover its own shape.')
  for (const trial of [marked.document, ...trialsOf(template, compilation.kinds)]) {
    const form = canonicalForm(program, trial, RULES)
    // Null is an answer: blank nodes that say the same are left to the library.
    if (form !== null && form !== (await reference.canonize(trial))) {
      throw new Error('A program compiled from a certificate type does not write what the library writes.')
    }
  }
  return program
}

interface Statement {
  subject: string
  predicate: string
  /** As it stands in the statement. */
  object: string
}

/** Markers contain nothing that N-Quads escape, so lines can be taken apart at their spaces. */
function parse(nquads: string): Statement[] {
  return nquads
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, subject, predicate, object] = /^(\S+) (<[^>]+>) (<[^>]*>|_:\S+|"[^"]*"\S*) \.$/.exec(line) ?? []
      if (!subject || !predicate || !object) throw new Error('A statement is of a form that cannot be compiled.')
      return { subject, predicate, object }
    })
}

/** Finds out which object of the template is which node of the graph, then writes down what each says. */
class Compilation {
  /** Subject as it stands in statements -> path of the object. */
  private readonly objectOf = new Map<string, string>()
  /** Path of a leaf -> what stands there. */
  readonly kinds = new Map<string, 'id' | Value['as']>()

  constructor(
    private readonly marked: Marked,
    private readonly statements: Statement[],
    template: object,
  ) {
    for (const { subject, object } of statements) {
      const id = marked.leaves.get(inner(subject))
      if (id !== undefined) this.place(subject, marked.around.get(id))
      const leaf = marked.leaves.get(inner(object))
      if (leaf !== undefined && !this.isSubject(object)) this.place(subject, marked.around.get(leaf))
    }
    // A node that is the same in every document is known by what it says.
    for (const [path, texts] of constantNodes(template)) {
      const same = this.unplaced().filter((subject) => isDeepStrictEqual(this.textsOf(subject), texts))
      if (same.length !== 1) throw new Error('An object that never changes is not exactly one node.')
      this.place(same[0]!, path)
    }
    // A node that holds nothing but nodes is known by them.
    for (let known = -1; known < this.objectOf.size;) {
      known = this.objectOf.size
      for (const { subject, object } of statements) {
        const below = this.objectOf.get(object)
        if (below !== undefined && below !== '') this.place(subject, marked.around.get(below))
      }
    }
  }

  shape(path: string, template: object): Shape {
    const constants: Shape['constants'] = []
    let id: Shape['id'] = null
    const said = new Map<string, Predicate>()
    const values = (predicate: string) => saidWith<Values>(said, predicate, { is: 'values', fixed: [], values: [] })
    for (const { predicate, object } of this.fixedOf(path)) {
      values(predicate).fixed.push(` ${predicate} ${object} .\n`)
    }
    for (const [name, value] of Object.entries(template)) {
      const at = join(path, name)
      if (isLeaf(value)) {
        const leaf = this.leaf(at)
        if (leaf) values(leaf.predicate).values.push({ name, ...leaf.value })
        else id = name
      } else if (isConstant(value)) {
        constants.push({ name, value })
      } else {
        const { predicate, shape } = this.below(at, value)
        saidWith<Nodes>(said, predicate, { is: 'nodes', before: ` ${predicate} `, nodes: [] }).nodes.push({
          name,
          shape,
        })
      }
    }
    const ordered = [...said].sort(([one], [other]) => (one < other ? -1 : 1))
    return { constants, id, predicates: ordered.map(([, predicate]) => predicate) }
  }

  /** An object, or a list of objects. */
  private below(path: string, template: unknown): { predicate: string; shape: Below['shape'] } {
    if (isNode(template)) return this.node(path, template)
    if (!Array.isArray(template)) throw new Error('A fixed value is neither text, nor a number, nor an object.')
    if (template.some((item) => !isNode(item))) throw new Error('A list mixes values and objects.')
    const items = template.map((item, index) => this.node(`${path}/${index}`, item as object))
    return { predicate: items[0]!.predicate, shape: items.map(({ shape }) => shape) }
  }

  private node(path: string, template: object): { predicate: string; shape: Shape } {
    const above = this.marked.around.get(path)
    const links = this.statements.filter(
      ({ subject, object }) => this.objectOf.get(object) === path && this.objectOf.get(subject) === above,
    )
    if (links.length !== 1) throw new Error('An object of the shape is not exactly one node.')
    return { predicate: links[0]!.predicate, shape: this.shape(path, template) }
  }

  /** How a value is said; null for the IRI of the object itself. */
  private leaf(path: string): { predicate: string; value: Omit<Value, 'name'> } | null {
    const marker = [...this.marked.leaves].find(([, leaf]) => leaf === path)![0]
    if (this.isSubject(`<${marker}>`)) {
      this.kinds.set(path, 'id')
      return null
    }
    const uses = this.statements.filter(({ object }) => inner(object) === marker)
    const [use] = uses
    if (!use || uses.length > 1) throw new Error('A value of the shape is not said exactly once.')
    const type = use.object.slice(marker.length + 2)
    // A number of one of these types and its text would be two values and one statement.
    if (/#(integer|double|boolean)>$/.test(type)) throw new Error('A value has the type of a number.')
    const as = use.object.startsWith('<') ? 'iri' : type === '' ? 'text or number' : 'text'
    const [open, close] = as === 'iri' ? ['<', '>'] : ['"', `"${type}`]
    this.kinds.set(path, as)
    return { predicate: use.predicate, value: { as, before: ` ${use.predicate} ${open}`, after: `${close} .\n` } }
  }

  /** What an object says whatever its values are. */
  private fixedOf(path: string): Statement[] {
    return this.statements.filter(({ subject, object }) => {
      if (!this.objectOf.has(subject)) throw new Error('A statement belongs to no object of the shape.')
      const varies = this.marked.leaves.has(inner(object)) || this.objectOf.has(object)
      return this.objectOf.get(subject) === path && !varies
    })
  }

  private unplaced(): string[] {
    return [...new Set(this.statements.map(({ subject }) => subject))].filter((term) => !this.objectOf.has(term))
  }

  /** The literals that a subject says, in order. */
  private textsOf(subject: string): string[] {
    const said = this.statements.filter(
      (statement) => statement.subject === subject && statement.object.startsWith('"'),
    )
    return said.map(({ object }) => inner(object)).sort()
  }

  private isSubject(term: string): boolean {
    return this.statements.some(({ subject }) => subject === term)
  }

  private place(subject: string, path: string | undefined): void {
    const placed = this.objectOf.get(subject)
    if (path === undefined || (placed !== undefined && placed !== path)) throw new Error('A node is in two places.')
    this.objectOf.set(subject, path)
  }
}

/** The objects without any leaf or object below, with the texts in them: path -> texts in order. */
function* constantNodes(node: unknown, path = ''): Generator<[path: string, texts: string[]]> {
  if (isLeaf(node) || typeof node !== 'object' || node === null) return
  const members = Object.entries(node)
  if (isNode(node) && members.every(([, value]) => typeof value === 'string')) {
    yield [path, members.flatMap(([key, value]) => (key === 'type' ? [] : String(value))).sort()]
  }
  for (const [key, child] of members)
    yield* constantNodes(child, Array.isArray(node) ? `${path}/${key}` : join(path, key))
}

/** What is said with a predicate so far, begun where there is nothing. */
function saidWith<One extends Predicate>(said: Map<string, Predicate>, predicate: string, begun: One): One {
  const known = said.get(predicate) ?? begun
  if (known.is !== begun.is) throw new Error('Values and objects of the shape have one meaning.')
  said.set(predicate, known)
  return known as One
}

function isConstant(value: unknown): value is Shape['constants'][number]['value'] {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return typeof value === 'string' || typeof value === 'number'
}

/** Documents in which values are absent, shared, empty or numbers, and in which whole objects are absent. */
function* trialsOf(template: object, kinds: Compilation['kinds']): Generator<object> {
  const fill = (value: (path: string, index: number) => unknown, withObjects = true) => {
    let index = 0
    return filled(
      template,
      (path) => {
        const kind = kinds.get(path)
        const given = value(path, ++index)
        return kind === 'id' || (kind === 'iri' && given !== undefined) ? `urn:trial:${index}` : given
      },
      withObjects,
    )
  }
  yield fill((path) => `value of ${path}`)
  yield fill((_path, index) => `"shared\\${'\n'}${index % 2}`)
  yield fill(() => '')
  yield fill((path, index) => (kinds.get(path) === 'text or number' ? [7, -1, 1.5, 1e21][index % 4] : 'text'))
  yield fill((_path, index) => (index % 2 === 0 ? undefined : `odd ${index}`))
  yield fill((_path, index) => (index % 2 === 1 ? undefined : `even ${index}`))
  yield fill(() => undefined)
  yield fill((path) => `value of ${path}`, false)
}

/** The text inside a term's brackets or quotation marks. */
function inner(term: string): string {
  return /^[<"]([^">]*)[>"]/.exec(term)?.[1] ?? ''
}
